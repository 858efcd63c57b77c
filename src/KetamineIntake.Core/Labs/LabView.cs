using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Where a patient's tests stand, for staff.</summary>
/// <param name="Statuses">Of every required test; empty for a patient who is not accepted.</param>
/// <param name="Results">The versions that hold, newest first.</param>
/// <param name="Findings">Rules of the labs stage that values raise.</param>
/// <param name="Unreadable">LOINC codes of values that rules look at but cannot read.</param>
public sealed record LabView(
    string PatientId,
    string PatientName,
    LocalDate BirthDate,
    IReadOnlyList<LabStatus> Statuses,
    IReadOnlyList<LabFlag> Flags,
    IReadOnlyList<LabResult> Results,
    IReadOnlyList<LabVisit> Visits,
    IReadOnlyList<string> HeldVisits,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Unreadable)
{
    /// <summary>Findings that hold the infusions ahead, and who has decided about them.</summary>
    public IReadOnlyList<LabHold> Holds { get; init; } = [];

    /// <summary>Results that wait for somebody to match them, oldest first.</summary>
    public IReadOnlyList<UnplacedLab> Unplaced { get; init; } = [];

    internal static LabView Of(LabReview review, IReadOnlyList<LabResult> results) => new(
        review.Case.Patient.Id,
        LabFlagRows.NameOf(review.Case.Patient),
        review.Case.Patient.BirthDate,
        review.Statuses,
        [.. review.Flags.Select(f => f.Flag)],
        [.. results.OrderByDescending(r => r.CollectedOn).ThenBy(r => r.Id, StringComparer.Ordinal)],
        [.. review.Case.Visits.OrderBy(v => v.Date)],
        review.Ledger.HeldVisits,
        review.Findings,
        review.Unreadable)
    {
        Holds = review.Ledger.Holds ?? [],
        Unplaced = [.. review.Case.Unplaced.OrderBy(u => u.ReceivedAt).ThenBy(u => u.What.Id, StringComparer.Ordinal)],
    };
}
