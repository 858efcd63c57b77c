using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Judges required tests against results and booked infusions. Seeds S4:31 (F30, F31): within the months before treatment, not before today.</summary>
public static class LabJudgement
{
    /// <summary>
    /// Each requirement on the day of every booked infusion, and today. A result satisfies a requirement when its codes hold one of the requirement's sets whole,
    /// together with other results or alone; a set is as old as its oldest part. The newest result that counts decides, in whatever order they came.
    /// </summary>
    /// <param name="results">The versions that hold; those that do not count are passed over, and those collected after today.</param>
    /// <param name="visits">Booked infusions; those before today are passed over.</param>
    /// <param name="today">The clinic's day.</param>
    /// <param name="doubts">As <see cref="LabFacts.Doubts"/> gives them; null: none.</param>
    /// <returns>One status for each requirement, in their order.</returns>
    public static IReadOnlyList<LabStatus> Judge(
        IReadOnlyList<LabRequirement> requirements, IReadOnlyList<LabResult> results, IReadOnlyList<LabVisit> visits, LocalDate today,
        IReadOnlyDictionary<string, LocalDate>? doubts = null)
    {
        var collected = NewestByCode(results, today);
        var ahead = visits.Where(v => v.Date >= today).OrderBy(v => v.Date).ThenBy(v => v.Id, StringComparer.Ordinal).ToList();
        return [.. requirements.Select(r => Judge(r, doubts is not null && doubts.TryGetValue(r.Test, out var day) ? NewestByCode(Beyond(results, r.Test, day), today) : collected, ahead, today))];
    }

    /// <summary>The last day, inclusive: calendar months, the end of a shorter month clamped (30 November plus three is 28 or 29 February).</summary>
    public static LocalDate ExpiresOn(LocalDate collectedOn, int validMonths) => collectedOn.PlusMonths(validMonths);

    /// <summary>Tests that these codes satisfy all by themselves.</summary>
    public static IEnumerable<string> SatisfiedBy(IEnumerable<LabRequirement> requirements, IReadOnlyCollection<string> codes) =>
        requirements.Where(r => CodeSets(r).Any(set => set.All(code => codes.Any(c => LabKinds.Canonical(c) == code)))).Select(r => r.Test);

    internal static IEnumerable<IReadOnlyList<string>> CodeSets(LabRequirement requirement) =>
        requirement.AnyOf.Select(set => (IReadOnlyList<string>)[.. set.AllOf.Select(c => LabKinds.Canonical(c.Code))]).Append([requirement.Test]);

    // What staff have seen on paper counts on the day of a value that nobody can read, too: they have seen it.
    private static List<LabResult> Beyond(IReadOnlyList<LabResult> results, string test, LocalDate doubt) =>
        [.. results.Where(r => r.CollectedOn > doubt || (r.CollectedOn == doubt && r.Codes.Contains(test, StringComparer.Ordinal)))];

    private static LabStatus Judge(LabRequirement requirement, Dictionary<string, LocalDate> collected, List<LabVisit> ahead, LocalDate today)
    {
        if (Newest(requirement, collected) is not { } date)
        {
            return new LabStatus(requirement.Test, LabStanding.Missing, null, null, ahead.FirstOrDefault());
        }

        var last = ExpiresOn(date, requirement.ValidMonths);
        var failing = ahead.FirstOrDefault(v => v.Date > last);
        var standing = today > last ? LabStanding.Expired : failing is null ? LabStanding.Valid : LabStanding.ExpiresBeforeVisit;
        return new LabStatus(requirement.Test, standing, date, last, failing);
    }

    // A set counts from its oldest part: all of them have to be good on the day.
    private static LocalDate? Newest(LabRequirement requirement, Dictionary<string, LocalDate> collected)
    {
        LocalDate? newest = null;
        foreach (var set in CodeSets(requirement).Where(set => set.Count > 0 && set.All(collected.ContainsKey)))
        {
            var oldest = set.Min(code => collected[code]);
            newest = newest is null || oldest > newest ? oldest : newest;
        }

        return newest;
    }

    private static Dictionary<string, LocalDate> NewestByCode(IReadOnlyList<LabResult> results, LocalDate today)
    {
        var newest = new Dictionary<string, LocalDate>(StringComparer.Ordinal);
        foreach (var result in results.Where(r => r.Counts && r.CollectedOn <= today))
        {
            foreach (var code in result.Attested.Select(LabKinds.Canonical).Where(c => !newest.TryGetValue(c, out var known) || known < result.CollectedOn))
            {
                newest[code] = result.CollectedOn!.Value;
            }
        }

        return newest;
    }
}
