using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What the clinic prints for a patient to take to a laboratory. It names neither the treatment nor the reason.</summary>
/// <param name="NeededFor">The first booked visit that one of the tests fails; null when none is booked.</param>
public sealed record LabOrder(string PatientId, LocalDate WrittenOn, LocalDate? NeededFor, IReadOnlyList<LabOrderLine> Lines);

/// <summary>One test to be done.</summary>
/// <param name="Codes">LOINC codes any line of which satisfies the test; parts of one line only together.</param>
/// <param name="NotBefore">Collected earlier it would be too old on the day of <paramref name="Until"/>.</param>
/// <param name="Until">The latest booked visit that a test done by <see cref="LabOrder.NeededFor"/> still covers; null when none is booked.</param>
public sealed record LabOrderLine(string Test, string Title, IReadOnlyList<LabCodeSet> Codes, LocalDate? NotBefore, LocalDate? Until);

/// <summary>Writes orders.</summary>
public static class LabOrders
{
    /// <summary>The tests that are not valid for every booked visit. Null when there is nothing to order.</summary>
    public static LabOrder? For(
        string patientId, IReadOnlyList<LabRequirement> requirements, IReadOnlyList<LabStatus> statuses, IReadOnlyList<LabVisit> visits, LocalDate today)
    {
        var failing = statuses.Where(s => s.Standing != LabStanding.Valid).ToDictionary(s => s.Test, StringComparer.Ordinal);
        var ahead = visits.Where(v => v.Date >= today).Select(v => v.Date).Order().ToList();
        var needed = failing.Values.Select(s => s.Visit?.Date).Min();
        var lines = requirements.Where(r => failing.ContainsKey(r.Test)).Select(r => Line(r, Aim(r, failing[r.Test].Visit?.Date, needed, ahead, today), today)).ToList();
        return lines.Count == 0 ? null : new LabOrder(patientId, today, needed, lines);
    }

    // The latest visit that a test done by the day it is needed still reaches: "needed by 1 December, not before 1 March" nobody can follow. A test that is
    // good for a long time yet and would be too old if done by then is aimed at the visit that it fails itself.
    private static LocalDate? Aim(LabRequirement requirement, LocalDate? fails, LocalDate? needed, List<LocalDate> ahead, LocalDate today)
    {
        if (fails is not { } own || needed is not { } first)
        {
            return null;
        }

        var after = ahead.Where(day => day >= own).ToList();
        var reached = after.Where(day => FirstDayFor(day, requirement.ValidMonths, today) <= first).ToList();
        return reached.Count > 0 ? reached[^1] : after.FindLast(day => FirstDayFor(day, requirement.ValidMonths, today) <= own);
    }

    private static LabOrderLine Line(LabRequirement requirement, LocalDate? aim, LocalDate today) =>
        new(requirement.Test, requirement.Title, requirement.AnyOf, aim is { } day ? FirstDayFor(day, requirement.ValidMonths, today) : null, aim);

    // The first day whose calendar months reach the visit. Months clamp, so it is looked for rather than subtracted.
    private static LocalDate FirstDayFor(LocalDate visit, int validMonths, LocalDate today)
    {
        var day = visit.PlusMonths(-validMonths);
        while (LabJudgement.ExpiresOn(day, validMonths) < visit)
        {
            day = day.PlusDays(1);
        }

        return day > today ? day : today;
    }
}
