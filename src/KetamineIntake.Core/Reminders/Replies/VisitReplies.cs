using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>C and R: which visit they are about, and what follows.</summary>
internal static class VisitReplies
{
    /// <summary>Changes of the visit, and what staff should see. A number shared by several patients with a visit ahead is for a person to sort out.</summary>
    public static async Task<(IReadOnlyList<Change> Changes, NoteKind? Note)> ForAsync(
        ClinicContext clinic, Reply reply, IReadOnlyList<string> patients, Instant now, CancellationToken cancellation)
    {
        if (reply.Kind is not (ReplyKind.Confirm or ReplyKind.Reschedule))
        {
            return ([], null);
        }

        var next = new List<Stored<Appointment>>();
        foreach (var patient in patients)
        {
            if (await NextAsync(clinic, patient, now, cancellation) is { } visit)
            {
                next.Add(visit);
            }
        }

        if (next is not [var only])
        {
            return ([], reply.Kind == ReplyKind.Confirm ? NoteKind.Reply : NoteKind.Reschedule);
        }

        var answered = reply.Kind == ReplyKind.Confirm ? only.Value with { ConfirmedAt = now } : only.Value with { RescheduleAskedAt = now };
        return ([new Change.Replace(only.Row.Key, RecordJson.Write(answered), only.Row.ETag)], reply.Kind == ReplyKind.Confirm ? null : NoteKind.Reschedule);
    }

    private static async Task<Stored<Appointment>?> NextAsync(ClinicContext clinic, string patientId, Instant now, CancellationToken cancellation)
    {
        Stored<Appointment>? next = null;
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientAppointments(patientId), cancellation))
        {
            var visit = RecordJson.Read<Appointment>(row);
            if (visit.IsAhead(now) && !(next?.Value.StartsAt <= visit.StartsAt))
            {
                next = new Stored<Appointment>(row, visit);
            }
        }

        return next;
    }
}
