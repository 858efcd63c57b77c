using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>C and R: which visit they are about, and what follows.</summary>
internal static class VisitReplies
{
    // So long after its start an answer is still about that visit, and no longer changes anything but what staff know.
    private static readonly Duration StillAboutIt = Duration.FromHours(24);

    // An answer that was written before the text went is not about it; the provider's clock and ours differ a little.
    private static readonly Duration ClocksDiffer = Duration.FromMinutes(5);

    /// <summary>
    /// Changes of the visit, and what staff should see. The visit is that of the last text that asked. Where none asked, several patients of a shared number were asked, or the visit
    /// has begun or was changed since, a person sorts it out: an answer never confirms something that nobody asked about.
    /// </summary>
    /// <param name="said">The provider's time of the answer, if it gave one.</param>
    public static async Task<(IReadOnlyList<Change> Changes, NoteKind? Note)> ForAsync(
        ClinicContext clinic, Reply reply, IReadOnlyList<TextedPatient> texted, Instant? said, Instant now, CancellationToken cancellation)
    {
        if (reply.Kind is not (ReplyKind.Confirm or ReplyKind.Reschedule))
        {
            return ([], null);
        }

        var meant = new List<Meant>();
        foreach (var patient in texted)
        {
            meant.AddRange(await FindAsync(clinic, patient, said, now, cancellation) is { } one ? [one] : []);
        }

        if (meant is not [{ Visit: { } only }])
        {
            return ([], reply.Kind == ReplyKind.Confirm ? NoteKind.Reply : NoteKind.Reschedule);
        }

        // The later word takes back the earlier: a visit is not both confirmed and unwanted.
        var answered = reply.Kind == ReplyKind.Confirm
            ? only.Value with { ConfirmedAt = now, RescheduleAskedAt = null }
            : only.Value with { RescheduleAskedAt = now, ConfirmedAt = null };
        return ([new Change.Replace(only.Row.Key, RecordJson.Write(answered), only.Row.ETag)], reply.Kind == ReplyKind.Confirm ? null : NoteKind.Reschedule);
    }

    /// <summary>Null when the patient was asked about nothing that an answer could still be about.</summary>
    private static async Task<Meant?> FindAsync(ClinicContext clinic, TextedPatient patient, Instant? said, Instant now, CancellationToken cancellation)
    {
        if (patient.Asked is not { } asked || asked.At > said + ClocksDiffer
            || await clinic.Records.FindAsync(Rows.Reminder(patient.PatientId, asked.Reminder), cancellation) is not { } text || RecordJson.Read<Reminder>(text).CountsAt is null
            || await clinic.Records.FindAsync(Rows.Appointment(patient.PatientId, asked.Appointment), cancellation) is not { } row
            || RecordJson.Read<Appointment>(row) is not { } visit || visit.StartsAt + StillAboutIt <= now)
        {
            return null;
        }

        return new Meant(visit.IsAhead(now) && visit.Version == asked.Version ? new Stored<Appointment>(row, visit) : null);
    }

    /// <param name="Visit">Null: it has begun, or is no longer at the time that the text named.</param>
    private sealed record Meant(Stored<Appointment>? Visit);
}
