using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs;

/// <summary>Opens and closes flags by the facts alone.</summary>
public static class LabFlags
{
    /// <summary>
    /// Every flag the patient has or now gets. Deciding again from the outcome changes nothing. An open flag stays open until the facts clear it, even
    /// when its visit moves out of the lead time: closing it would tell the clinic that all is well.
    /// </summary>
    /// <param name="existing">All flags of the patient, open and closed.</param>
    /// <param name="statuses">Of every required test; a test that is not among them is not required.</param>
    /// <param name="today">The clinic's day.</param>
    /// <param name="lead">A flag opens this many days before the visit that fails, or at once when that visit is nearer or none is booked.</param>
    public static IReadOnlyList<LabFlagChange> Decide(
        string patientId, IReadOnlyList<LabFlag> existing, IReadOnlyList<LabStatus> statuses, LocalDate today, Instant now, int lead)
    {
        var failing = statuses.Where(s => s.Standing != LabStanding.Valid).ToDictionary(s => IdOf(patientId, s), StringComparer.Ordinal);
        var changes = existing.Select(flag => Review(flag, failing.GetValueOrDefault(flag.Id), today, now, lead)).ToList();
        var known = existing.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        changes.AddRange(failing.Where(f => !known.Contains(f.Key) && IsDue(f.Value, today, lead)).Select(f => Open(f.Key, patientId, f.Value, now)));
        return changes;
    }

    /// <summary>Whether a failing test is near enough to its visit to be flagged.</summary>
    internal static bool IsDue(LabStatus status, LocalDate today, int lead) =>
        status.Visit is null || status.Visit.Date.PlusDays(-lead) <= today;

    /// <summary>The fact is: this test, with this result as its newest (or none).</summary>
    internal static string IdOf(string patientId, LabStatus status) =>
        LabIds.Of("lab-flag", patientId, status.Test, status.CollectedOn is { } date ? LocalDatePattern.Iso.Format(date) : "missing");

    private static LabFlagChange Open(string id, string patientId, LabStatus status, Instant now)
    {
        var flag = new LabFlag(id, patientId, status.Test, status.Standing, null, null, null, now, null, []);
        return Write(flag, status, LabFlagAction.Opened, now);
    }

    private static LabFlagChange Review(LabFlag flag, LabStatus? status, LocalDate today, Instant now, int lead)
    {
        if (!flag.IsOpen)
        {
            return status is not null && IsDue(status, today, lead) ? Write(flag, status, LabFlagAction.Reopened, now) : new LabFlagChange(flag, null);
        }

        if (status is null)
        {
            var closed = flag with { ClosedAt = now, History = [.. flag.History, Event(flag, LabFlagAction.Closed, now)] };
            return new LabFlagChange(closed, LabFlagAction.Closed);
        }

        return flag.Says(status) ? new LabFlagChange(flag, null) : Write(flag, status, LabFlagAction.Changed, now);
    }

    private static LabFlagChange Write(LabFlag flag, LabStatus status, LabFlagAction action, Instant now)
    {
        var written = flag with
        {
            Kind = status.Standing,
            VisitId = status.Visit?.Id,
            VisitOn = status.Visit?.Date,
            ExpiresOn = status.ExpiresOn,
            ClosedAt = null,
        };
        return new LabFlagChange(written with { History = [.. flag.History, Event(written, action, now)] }, action);
    }

    private static LabFlagEvent Event(LabFlag flag, LabFlagAction action, Instant now) =>
        new(now, action, flag.Kind, flag.VisitId, flag.VisitOn, flag.ExpiresOn);
}
