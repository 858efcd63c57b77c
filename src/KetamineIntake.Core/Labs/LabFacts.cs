using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs;

/// <summary>What rules of the labs stage may look at, from results and judged requirements.</summary>
public static class LabFacts
{
    private const string WhiteCells = "wbc";

    // Worst first.
    private static readonly string[] Words = ["ischaemia", "new-block", LabWords.Other, "normal", "positive", "negative"];

    /// <summary>
    /// The newest readable value of each quantity, by the protocol's codes, and the standing of each required test. Of several on one day the worst: nobody
    /// can say which of them is the patient. An old value still stands until there is a newer one. A value that cannot be read is left out;
    /// <see cref="Unreadable"/> names it.
    /// </summary>
    /// <param name="results">The versions that hold.</param>
    /// <param name="content">The protocol's: what lies outside a value's content is not read.</param>
    /// <param name="highest">White cells are bad at both ends: of several on one day the highest instead of the lowest.</param>
    public static IReadOnlyDictionary<string, Answer> Of(
        IReadOnlyList<LabResult> results, IReadOnlyList<LabStatus> statuses, LabContent content, bool highest = false)
    {
        var facts = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var quantity in Readings(results, content).Where(r => r.Answer is not null && LabReadings.IsFact(r.Quantity)).GroupBy(r => r.Quantity, StringComparer.Ordinal))
        {
            var day = quantity.Max(r => r.Day);
            facts[quantity.Key] = quantity.Where(r => r.Day == day).Select(r => r.Answer!).OrderBy(a => Badness(quantity.Key, a, highest)).First();
        }

        foreach (var status in statuses)
        {
            facts[status.Test + ".status"] = new Answer.Choice(Word(status.Standing));
        }

        return facts;
    }

    /// <summary>
    /// Values of quantities that rules look at but that cannot be read, and ECGs that are neither clearly normal nor anything that a rule knows: a clinician has
    /// to look at them, until the quantity has a newer value that can be read.
    /// </summary>
    /// <param name="results">The versions that hold.</param>
    /// <param name="content">As for <see cref="Of"/>.</param>
    public static IEnumerable<LabValue> Unreadable(IReadOnlyList<LabResult> results, LabContent content) =>
        Newest(results, content).Where(r => r.Answer is null or Answer.Choice { Code: LabWords.Other }).Select(r => r.Value);

    /// <summary>
    /// Tests that a value keeps from being valid because nobody can read it, each with the day of that value: what was collected until then counts for them only where a person has seen
    /// it. An ECG in words that no rule knows was read, and is for the clinician.
    /// </summary>
    public static IReadOnlyDictionary<string, LocalDate> Doubts(IReadOnlyList<LabResult> results, LabContent content) =>
        Newest(results, content).Where(r => r.Answer is null)
            .SelectMany(r => LabKinds.Find(r.Value.Code)!.Tests.Select(test => (test, r.Day)))
            .GroupBy(d => d.test, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(d => d.Day), StringComparer.Ordinal);

    /// <summary>What the facts of these codes rest on, so that another value or another day shows as another one.</summary>
    internal static IEnumerable<string> Basis(IReadOnlyList<LabResult> results, LabContent content, IReadOnlyCollection<string> quantities) =>
        Newest(results, content).Where(r => quantities.Contains(r.Quantity, StringComparer.Ordinal))
            .Select(r => FormattableString.Invariant($"{r.Quantity} {LocalDatePattern.Iso.Format(r.Day)} {r.Value.Code} {r.Value.Number} {r.Value.Text}")).Order(StringComparer.Ordinal);

    /// <summary>Each thing that the newest values can be which cannot be read and are of no required test, with the facts as they would be then.</summary>
    internal static IEnumerable<(string Quantity, IReadOnlyDictionary<string, Answer> Facts)> Supposed(
        IReadOnlyList<LabResult> results, LabContent content, IReadOnlyDictionary<string, Answer> facts) =>
        from unread in Newest(results, content).Where(r => r.Answer is null && LabKinds.Find(r.Value.Code) is { Tests.Count: 0 }).DistinctBy(r => r.Quantity)
        from code in content.Values.FirstOrDefault(v => v.Code == unread.Quantity)?.Codes ?? []
        select (unread.Quantity, (IReadOnlyDictionary<string, Answer>)new Dictionary<string, Answer>(facts, StringComparer.Ordinal) { [unread.Quantity] = new Answer.Choice(code) });

    /// <summary>The newest values that only say "less than" or "more than", each with the facts as they would be at its other end.</summary>
    internal static IEnumerable<(LabValue Value, IReadOnlyDictionary<string, Answer> Facts)> OpenEnded(
        IReadOnlyList<LabResult> results, LabContent content, IReadOnlyDictionary<string, Answer> facts) =>
        Newest(results, content).Where(r => r.FarEnd is not null)
            .Select(r => (r.Value, (IReadOnlyDictionary<string, Answer>)new Dictionary<string, Answer>(facts, StringComparer.Ordinal) { [r.Quantity] = r.FarEnd! }));

    /// <summary>As in the HTTP contract.</summary>
    public static string Word(LabStanding standing) => standing switch
    {
        LabStanding.Valid => "valid",
        LabStanding.Missing => "missing",
        LabStanding.Expired => "expired",
        LabStanding.ExpiresBeforeVisit => "expires-before-visit",
        _ => throw new ArgumentOutOfRangeException(nameof(standing)),
    };

    // A panel has no value that could be newer than one that was not understood; another panel can, or what a person has seen.
    private static IEnumerable<LabReading> Newest(IReadOnlyList<LabResult> results, LabContent content) =>
        Readings(results, content).GroupBy(r => r.Quantity, StringComparer.Ordinal).SelectMany(g => g.Where(r => r.Day == g.Max(o => o.Day)))
            .Where(r => r.Answer is not null || LabKinds.Find(r.Value.Code) is not { IsMeasured: false } kind || !LabPanels.IsOvertaken(kind, r.Day, results));

    private static IEnumerable<LabReading> Readings(IReadOnlyList<LabResult> results, LabContent content) =>
        LabParts.Standing(results).Select(p => LabReadings.Of(p.Value, p.Day, content)).OfType<LabReading>();

    // The smaller, the worse.
    private static decimal Badness(string quantity, Answer answer, bool highest) => answer switch
    {
        Answer.Number number when quantity is "ecg.qtc" or "alt.uln" or "ast.uln" || (highest && quantity == WhiteCells) => -number.Value,
        Answer.Number number => number.Value,
        Answer.Choice choice => Array.IndexOf(Words, choice.Code),
        _ => 0,
    };
}
