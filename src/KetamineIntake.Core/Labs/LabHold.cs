using KetamineIntake.Core.Screenings;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs;

/// <summary>That somebody lets visits go ahead in spite of a finding. It contraindicates, so it takes two people, like the override of a referral.</summary>
/// <param name="By">Id of the first one's staff key.</param>
/// <param name="SecondBy">Of another one; null while nobody has confirmed.</param>
public sealed record LabRelease(string By, Instant At, string Reason, string? SecondBy = null, Instant? SecondAt = null, string? SecondReason = null);

/// <summary>What one person decided about a hold, kept for good.</summary>
/// <param name="Basis">Of the hold that they saw.</param>
/// <param name="By">Id of their staff key.</param>
public sealed record LabHoldDecision(string Rule, string Basis, string By, Instant At, string Reason);

/// <summary>A finding from values that keeps every infusion ahead waiting, until the values clear it or two people let them go ahead.</summary>
/// <param name="Rule">Id of the rule: absolute, and so a hold where it may clear.</param>
/// <param name="Basis">What the finding rests on: a decision counts for that alone.</param>
/// <param name="Told">Ids of the visits that staff were told of with it.</param>
/// <param name="Release">Null while nobody has decided.</param>
public sealed record LabHold(string Rule, string Basis, IReadOnlyList<string> Told, LabRelease? Release = null)
{
    public bool Stands => Release?.SecondBy is null;

    public bool Equals(LabHold? other) =>
        other is not null && (Rule, Basis, Release) == (other.Rule, other.Basis, other.Release) && Told.SequenceEqual(other.Told, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Rule, Basis, Told.Count);
}

/// <summary>Which findings hold visits, and what staff have to hear of it.</summary>
internal static class LabHolds
{
    /// <summary>
    /// Of each absolute finding that is not ruled out. What was told and decided before stays as long as the finding rests on the same values; on others nobody has decided.
    /// </summary>
    public static IReadOnlyList<LabHold> Of(IReadOnlyList<LabHold> before, IEnumerable<Finding> findings, Func<Finding, string> basisOf, IEnumerable<LabVisit> ahead)
    {
        var visits = ahead.Select(v => v.Id).ToList();
        var holds = new List<LabHold>();
        foreach (var finding in findings.Where(f => f is { Severity: Severity.Absolute, Verdict: not Verdict.False }))
        {
            var (basis, known) = (basisOf(finding), before.FirstOrDefault(h => h.Rule == finding.Rule));
            holds.Add(new LabHold(finding.Rule, basis, [.. (known?.Told ?? []).Union(visits, StringComparer.Ordinal)], known?.Basis == basis ? known.Release : null));
        }

        return holds;
    }

    /// <summary>Begins the reason of a finding that a value may raise which nobody can read.</summary>
    public const string CannotBeRead = "A value cannot be read, and may mean";

    /// <summary>What the finding rests on, hashed: it stands in a row that names nothing clinical but the rule.</summary>
    public static string Basis(Finding finding, IEnumerable<string> facts) =>
        LabIds.Of(["lab-hold", finding.Rule, finding.Verdict.ToString(), .. finding.Inputs.Select(i => $"{i.Name}={i.Value}"), .. facts]);

    /// <summary>The sentence that tells staff of holds that are new, rest on other values, or hold a visit that they were not told of; null when there is none.</summary>
    public static string? Words(IReadOnlyList<LabHold> before, IReadOnlyList<LabHold> after, IReadOnlyList<Finding> findings, IReadOnlyList<LabVisit> ahead)
    {
        var news = after.Where(h => h.Stands && !before.Any(b => b.Rule == h.Rule && b.Basis == h.Basis && h.Told.All(v => b.Told.Contains(v, StringComparer.Ordinal)))).ToList();
        if (news.Count == 0)
        {
            return null;
        }

        var told = news.ConvertAll(h => findings.First(f => f.Rule == h.Rule));
        var reasons = told.Select(f => $"{f.Rule}: {f.Reason.TrimEnd('.')}");
        var what = told.Exists(f => f.Verdict == Verdict.True) ? "A laboratory value contraindicates" : "A laboratory value cannot be read and may contraindicate";
        var visits = ahead.Count == 0
            ? "No infusion is booked ahead"
            : $"On hold: {string.Join(", ", ahead.OrderBy(v => v.Date).Select(v => LocalDatePattern.Iso.Format(v.Date)))}. Until you decide, no text names times for food and water, and the patient is asked to call";
        return $"{what}. {string.Join("; ", reasons)}. {visits}. The patient is told nothing of the value by text. Please look at the lab tests, call, and cancel or let the visits go ahead.";
    }
}
