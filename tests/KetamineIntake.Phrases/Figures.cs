using System.Globalization;

namespace KetamineIntake.Phrases;

/// <summary>How much is heard and how much mistaken, by list.</summary>
internal static class Figures
{
    // What ordinary lines may cost; see the README of the protocol.
    private static readonly double[] Shares = [0.02, 0.03, 0.04, 0.05, 0.06, 0.07];

    /// <summary>The least score above which at most this share of ordinary lines stands.</summary>
    public static double Threshold(IReadOnlyList<(Lesson.Line Line, double Score)> scored, double share)
    {
        var ordinary = scored.Where(s => !s.Line.Example.IsDanger).Select(s => s.Score).OrderDescending().ToList();
        return Math.Round(ordinary[(int)(share * ordinary.Count)], 2);
    }

    public static void Print(string title, IReadOnlyList<(Lesson.Line Line, double Score)> scored, double? threshold)
    {
        Console.WriteLine(title);
        foreach (var share in Shares)
        {
            Row(scored, Threshold(scored, share), "");
        }

        if (threshold is { } chosen)
        {
            Row(scored, chosen, " <- chosen");
        }
    }

    private static void Row(IReadOnlyList<(Lesson.Line Line, double Score)> scored, double threshold, string mark)
    {
        var byList = scored.GroupBy(s => s.Line.Example.Kind, StringComparer.Ordinal).Select(g => Text($"{g.Key} {Share(g, s => s.Score > threshold)} (with clear phrases {Share(g, s => s.Score > threshold || s.Line.IsClear)})"));
        Console.WriteLine(Text($"  above {threshold:0.00}: {string.Join(", ", byList)}{mark}"));
    }

    private static string Share(IEnumerable<(Lesson.Line Line, double Score)> scored, Func<(Lesson.Line Line, double Score), bool> alarms) => Text($"{scored.Average(s => alarms(s) ? 100.0 : 0):0.0} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
