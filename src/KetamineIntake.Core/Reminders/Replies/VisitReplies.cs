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

    /// <summary>
    /// Changes of the visit, and what staff should see. The visit is that of the last text that asked; before any has asked, the next infusion, else the next visit. What is
    /// about several patients of a shared number, or about a visit that has begun or was changed since, is for a person to sort out.
    /// </summary>
    public static async Task<(IReadOnlyList<Change> Changes, NoteKind? Note)> ForAsync(
        ClinicContext clinic, Reply reply, IReadOnlyList<string> patients, Instant now, CancellationToken cancellation)
    {
        if (reply.Kind is not (ReplyKind.Confirm or ReplyKind.Reschedule))
        {
            return ([], null);
        }

        var meant = new List<Meant>();
        foreach (var patient in patients)
        {
            var visits = await ReadAsync<Appointment>(clinic, Rows.PatientAppointments(patient), cancellation);
            var reminders = await ReadAsync<Reminder>(clinic, Rows.PatientReminders(patient), cancellation);
            meant.AddRange(Of(visits, [.. reminders.Select(r => r.Value)], now) is { } one ? [one] : []);
        }

        // Whoever was asked answers, whoever else has the number.
        var likely = meant.Any(m => m.WasAsked) ? meant.FindAll(m => m.WasAsked) : meant;
        if (likely is not [{ Visit: { } only }])
        {
            return ([], reply.Kind == ReplyKind.Confirm ? NoteKind.Reply : NoteKind.Reschedule);
        }

        // The later word takes back the earlier: a visit is not both confirmed and unwanted.
        var answered = reply.Kind == ReplyKind.Confirm
            ? only.Value with { ConfirmedAt = now, RescheduleAskedAt = null }
            : only.Value with { RescheduleAskedAt = now, ConfirmedAt = null };
        return ([new Change.Replace(only.Row.Key, RecordJson.Write(answered), only.Row.ETag)], reply.Kind == ReplyKind.Confirm ? null : NoteKind.Reschedule);
    }

    /// <summary>Null when the patient has no visit that a text could be about.</summary>
    private static Meant? Of(IReadOnlyList<Stored<Appointment>> visits, IReadOnlyList<Reminder> reminders, Instant now)
    {
        var asked = reminders.Where(r => ReminderWords.Asks(r.Template) && r is { Status: ReminderStatus.Sent or ReminderStatus.Delivered, SentAt: not null }).MaxBy(r => r.SentAt);
        if (asked is not null && visits.FirstOrDefault(v => v.Value.Id == asked.AppointmentId) is { Row: not null } about && about.Value.StartsAt + StillAboutIt > now)
        {
            var isStillIt = about.Value.IsAhead(now) && about.Value.Version == asked.AppointmentVersion;
            return new Meant(true, isStillIt ? about : null);
        }

        var ahead = visits.Where(v => v.Value.IsAhead(now)).OrderBy(v => v.Value.Kind == AppointmentKind.Infusion ? 0 : 1).ThenBy(v => v.Value.StartsAt).ToList();
        return ahead.Count > 0 ? new Meant(false, ahead[0]) : null;
    }

    private static async Task<IReadOnlyList<Stored<T>>> ReadAsync<T>(ClinicContext clinic, RowRange range, CancellationToken cancellation)
    {
        var found = new List<Stored<T>>();
        await foreach (var row in clinic.Records.ListAsync(range, cancellation))
        {
            found.Add(new Stored<T>(row, RecordJson.Read<T>(row)));
        }

        return found;
    }

    /// <param name="Visit">Null: it has begun, or is no longer at the time that the text named.</param>
    private sealed record Meant(bool WasAsked, Stored<Appointment>? Visit);
}
