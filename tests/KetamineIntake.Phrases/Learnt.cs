using KetamineIntake.Core.Reminders.Replies.Words;

namespace KetamineIntake.Phrases;

/// <summary>Points that were learnt, as they stand in the document.</summary>
internal sealed record Learnt(double Base, IReadOnlyDictionary<string, double> Points)
{
    // What fewer lines hold says more about a line than about danger.
    private const int FewestLines = 3;

    // As many as a person can look through; more hears hardly more.
    private const int MostRows = 4500;

    // Of three tried by the blocks; half and twice as much change no figure by two points.
    private const double Penalty = 1 / 32.0;
    private const int Digits = 3;

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
        var points = new LogisticRegression(Penalty).Fit(rows, [.. examples.Select(e => e.IsDanger)], names.Length);
        return new Learnt(
            Math.Round(points[^1], Digits), names.Select((name, i) => (name, Points: Math.Round(points[i], Digits))).Where(p => p.Points != 0).ToDictionary(p => p.name, p => p.Points, StringComparer.Ordinal));
    }
}
