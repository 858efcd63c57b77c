namespace KetamineIntake.Phrases;

/// <summary>
/// Logistic regression with an L2 penalty, column by column; each step is the least of a bound of the loss, so that the loss never grows. One thread, one order, no chance: the same rows give
/// the same points.
/// </summary>
internal sealed class LogisticRegression(double penalty)
{
    private const int Rounds = 60;

    /// <param name="rows">Columns that a row has; each counts one over the square root of their number.</param>
    /// <param name="evidence">How much each column says alone: what says more is held back less.</param>
    /// <returns>Points by column, and the base behind the last.</returns>
    public double[] Fit(IReadOnlyList<int[]> rows, IReadOnlyList<bool> truth, double[] evidence)
    {
        var columns = evidence.Length;
        var share = 2.0 / rows.Count;
        var positives = truth.Count(t => t) / (double)rows.Count;

        // Both kinds weigh the same, however many lines the lists hold.
        var cost = truth.Select(t => t ? 1 / (2 * positives) : 1 / (2 * (1 - positives))).ToArray();
        var entries = Entries(rows, columns);
        var values = rows.Select(r => 1 / Math.Sqrt(Math.Max(1, r.Length))).ToArray();
        var points = new double[columns + 1];
        var margins = new double[rows.Count];
        for (var round = 0; round < Rounds; round++)
        {
            Step(columns, Enumerable.Range(0, rows.Count), _ => 1, share);
            for (var column = 0; column < columns; column++)
            {
                Step(column, entries[column], row => values[row] * evidence[column], penalty);
            }
        }

        return [.. points.Select((p, column) => column < columns ? p * evidence[column] : p)];

        void Step(int column, IEnumerable<int> of, Func<int, double> value, double pull)
        {
            var (slope, bend) = (pull * points[column], pull);
            foreach (var row in of)
            {
                var rate = 1 / (1 + Math.Exp(-margins[row]));
                slope += cost[row] * value(row) * (rate - (truth[row] ? 1 : 0));
                bend += cost[row] * value(row) * value(row) / 4;
            }

            var step = -slope / bend;
            points[column] += step;
            foreach (var row in of)
            {
                margins[row] += step * value(row);
            }
        }
    }

    private static List<int>[] Entries(IReadOnlyList<int[]> rows, int columns)
    {
        var entries = new List<int>[columns];
        for (var column = 0; column < columns; column++)
        {
            entries[column] = [];
        }

        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var column in rows[row])
            {
                entries[column].Add(row);
            }
        }

        return entries;
    }
}
