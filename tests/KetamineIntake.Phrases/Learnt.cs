using KetamineIntake.Core.Reminders.Replies.Words;

namespace KetamineIntake.Phrases;

/// <summary>Points that were learnt, as they stand in the document.</summary>
internal sealed record Learnt(double Base, IReadOnlyDictionary<string, double> Points)
{
    // What fewer lines hold says more about a line than about danger.
    private const int FewestLines = 3;

    // Half as many hear a point less in a hundred, twice as many no more.
    private const int MostRows = 20_000;

    // Of four tried; half and twice as much change no figure by two points.
    private const double Penalty = 1 / 128.0;

    // Tenths: what is finer changes no figure, and rows of the same points can be read together.
    private const int Digits = 1;

    // What was seen once or twice says little for sure.
    private const double Prior = 1;
    private const double LeastEvidence = 0.05;

    public static Learnt From(IReadOnlyList<(HashSet<string> Features, bool IsDanger)> examples)
    {
        var common = examples.SelectMany(e => e.Features).GroupBy(f => f, StringComparer.Ordinal).Where(g => g.Count() >= FewestLines)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var first = Fit(examples, [.. common.Keys.Order(StringComparer.Ordinal)]);
        var kept = first.Points.OrderByDescending(p => Math.Abs(p.Value) * Math.Sqrt(common[p.Key])).ThenBy(p => p.Key, StringComparer.Ordinal).Take(MostRows).Select(p => p.Key);
        return Fit(examples, [.. kept.Order(StringComparer.Ordinal)]);
    }

    public double Score(HashSet<string> features) => CrisisWeights.Sum(Base, Points, features);

    private static Learnt Fit(IReadOnlyList<(HashSet<string> Features, bool IsDanger)> examples, string[] names)
    {
        var places = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
        var rows = examples.Select(e => e.Features.Where(places.ContainsKey).Select(f => places[f]).Order().ToArray()).ToList();
        bool[] truth = [.. examples.Select(e => e.IsDanger)];
        var points = new LogisticRegression(Penalty).Fit(rows, truth, Evidence(rows, truth, names.Length));
        return new Learnt(
            Math.Round(points[^1], Digits), names.Select((name, i) => (name, Points: Math.Round(points[i], Digits))).Where(p => p.Points != 0).ToDictionary(p => p.name, p => p.Points, StringComparer.Ordinal));
    }

    /// <summary>How much more often each stands in lines of danger than in others, or the other way round: the root of the logarithm's size (Wang and Manning 2012, "Baselines and bigrams", tempered).</summary>
    private static double[] Evidence(IReadOnlyList<int[]> rows, bool[] truth, int columns)
    {
        var (danger, ordinary) = (new double[columns], new double[columns]);
        foreach (var (row, isDanger) in rows.Zip(truth))
        {
            foreach (var column in row)
            {
                (isDanger ? danger : ordinary)[column]++;
            }
        }

        var (dangers, ordinaries) = (truth.Count(t => t) + (2 * Prior), truth.Count(t => !t) + (2 * Prior));
        return [.. danger.Zip(ordinary, (d, o) => Math.Sqrt(Math.Abs(Math.Log((d + Prior) / dangers / ((o + Prior) / ordinaries))) + LeastEvidence))];
    }
}
