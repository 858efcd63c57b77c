using System.Globalization;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>A text that tells the patient that something is needed before a visit. It never says what.</summary>
/// <param name="Id">The same visit, date and step make the same id, however many tests are behind it and however often it is planned.</param>
/// <param name="DaysBefore">The step it stands for, one of the protocol's.</param>
/// <param name="Stands">False once no open flag names the visit any more: what has not gone out by then must not go.</param>
public sealed record LabNotice(string Id, LabVisit Visit, int DaysBefore, Instant AskedAt, bool Stands)
{
    /// <summary>Another visit's text of the same moment says the same: this one never goes out, and the visit's next step does.</summary>
    public bool IsSaidByAnother { get; init; }
}

/// <summary>When to look at a patient again, and when to tell them.</summary>
public static class LabSchedule
{
    // Three texts a visit: far more visits than one result can be about.
    private const int KeptNotices = 60;

    /// <summary>
    /// The texts that are due today: one for each visit that open flags name, for the nearest step that has come. A step that was slept through is not
    /// made up for, because the later one says the same. On the day itself it is too late for a text: the clinic calls.
    /// </summary>
    public static IReadOnlyList<LabNotice> DueTexts(string patientId, IEnumerable<LabFlag> flags, LocalDate today, Instant now, IReadOnlyList<int> leadDays) =>
        [.. VisitsOf(flags)
            .Select(v => (Visit: v, Step: StepAt(Period.DaysBetween(today, v.Date), leadDays)))
            .Where(s => s.Step is not null)
            .Select(s => new LabNotice(IdOf(patientId, s.Visit, s.Step!.Value), s.Visit, s.Step.Value, now, true))];

    /// <summary>
    /// The notices of before, each standing as long as an open flag names its visit on its date, and the new ones. Of several new ones the nearest visit's
    /// is the text: the others would say the same at the same moment. Once that one is withdrawn nobody speaks for them any more, and while their step
    /// lasts they are new again: the patient has heard nothing, or believes that all is done.
    /// </summary>
    public static IReadOnlyList<LabNotice> Keep(IReadOnlyList<LabNotice> before, IReadOnlyList<LabNotice> due, IEnumerable<LabFlag> flags)
    {
        var visits = VisitsOf(flags).ToHashSet();
        var spoken = before.Where(n => !n.IsSaidByAnother && visits.Contains(n.Visit)).Select(n => n.AskedAt).ToHashSet();
        var kept = before.Where(n => !n.IsSaidByAnother || spoken.Contains(n.AskedAt)).ToList();
        var known = kept.Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = due.Where(n => !known.Contains(n.Id)).OrderBy(n => n.Visit.Date).Select((n, index) => n with { IsSaidByAnother = index > 0 });
        return [.. kept.Concat(fresh).Select(n => n with { Stands = !n.IsSaidByAnother && visits.Contains(n.Visit) }).TakeLast(KeptNotices)];
    }

    /// <summary>
    /// Infusions of today on which a flagged test is not valid: they wait until a clinician has looked. Not only the visit that the flag names: before the
    /// morning's sweep it still names yesterday's.
    /// </summary>
    public static IReadOnlyList<string> Holds(IReadOnlyCollection<LabFlag> flags, IEnumerable<LabVisit> visits, LocalDate today) =>
        flags.Any(f => f.FailsOn(today)) ? [.. visits.Where(v => v.Date == today).Select(v => v.Id).Order(StringComparer.Ordinal)] : [];

    /// <summary>The same, and where a value holds them all infusions of today and ahead.</summary>
    public static IReadOnlyList<string> Holds(IReadOnlyCollection<LabFlag> flags, LabLedger ledger, IReadOnlyList<LabVisit> visits, LocalDate today) =>
        ledger.HoldsVisits ? [.. visits.Where(v => v.Date >= today).Select(v => v.Id).Order(StringComparer.Ordinal)] : Holds(flags, visits, today);

    /// <summary>
    /// The next day on which anything can change without news: a result turns too old, a flag opens, a text is due, a visit is held or is over.
    /// Null when only news can change anything.
    /// </summary>
    public static LocalDate? NextRecheck(IEnumerable<LabStatus> statuses, LocalDate today, IReadOnlyList<int> leadDays) =>
        statuses.SelectMany(s => Turns(s, leadDays)).Where(day => day > today).Select(day => (LocalDate?)day).Min();

    private static IEnumerable<LabVisit> VisitsOf(IEnumerable<LabFlag> flags) =>
        flags.Where(f => f.IsOpen && f.VisitId is not null)
            .Select(f => new LabVisit(f.VisitId!, f.VisitOn!.Value))
            .Distinct()
            .OrderBy(v => v.Date).ThenBy(v => v.Id, StringComparer.Ordinal);

    private static IEnumerable<LocalDate> Turns(LabStatus status, IReadOnlyList<int> leadDays)
    {
        if (status.ExpiresOn is { } last)
        {
            yield return last.PlusDays(1);
        }

        if (status.Visit is not { Date: var visit })
        {
            yield break;
        }

        foreach (var days in leadDays)
        {
            yield return visit.PlusDays(-days);
        }

        yield return visit;
        yield return visit.PlusDays(1);
    }

    private static int? StepAt(int daysLeft, IReadOnlyList<int> leadDays) =>
        daysLeft <= 0 ? null : leadDays.Where(step => step >= daysLeft).Select(step => (int?)step).Min();

    private static string IdOf(string patientId, LabVisit visit, int step) =>
        LabIds.Of("lab-text", patientId, visit.Id, visit.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), step.ToString(CultureInfo.InvariantCulture));
}
