using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>What staff have to hear when an opt-out takes the texts that would have prepared a visit: from now on only a person can.</summary>
internal static class OptOutNote
{
    /// <summary>
    /// Null when nobody has to hear of it: no opt-out, no visit that is left unprepared by it, or told already. A start brings the texts back, so that the next stop is told again.
    /// </summary>
    /// <param name="visits">As stored, before the texts are cancelled.</param>
    public static StaffNote? Of(PatientVisits visits, Instant now)
    {
        var ahead = visits.Appointments.Select(a => a.Value).Where(a => a.IsAhead(now)).OrderBy(a => a.StartsAt).ToList();
        if (visits.NoTexts != PatientVisits.NoConsent || ahead.Exists(a => Of(a, visits).Any(IsTaken)))
        {
            return null;
        }

        var unprepared = ahead.FindAll(a => Of(a, visits).Any(r => r.Status == ReminderStatus.Planned && !r.IsUnderWay(now)) && !IsToldOtherwise(Of(a, visits), now));
        return unprepared.Count == 0
            ? null
            : new StaffNote(RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [visits.Patient.Id], Words(unprepared));
    }

    private static IEnumerable<Reminder> Of(Appointment visit, PatientVisits visits) => visits.Reminders.Select(r => r.Value)
        .Where(r => Untold.Matters(r) && r.AppointmentId == visit.Id && r.AppointmentVersion == visit.Version);

    // Cancelled by an earlier plan of the same opt-out: a long plan takes several commits, and the queue repeats messages.
    private static bool IsTaken(Reminder reminder) =>
        reminder.Status == ReminderStatus.Cancelled && reminder.Why.EndsWith(PatientVisits.NoConsent, StringComparison.Ordinal);

    // The day-before text carries food, water and ride. Sent, the patient knows; due, whoever sends it drops it and asks staff to call.
    private static bool IsToldOtherwise(IEnumerable<Reminder> reminders, Instant now) => reminders.Any(r =>
        ReminderWords.Prepares(r.Template) && (r is { SentAt: not null, Status: not ReminderStatus.Failed } || r.IsUnderWay(now) || r is { Status: ReminderStatus.Dropped, IsSettled: true }));

    private static string Words(List<Appointment> visits)
    {
        var days = string.Join(", ", visits.Select(v => v.Start.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        return $"The patient opted out of texts, and {visits.Count} {(visits.Count == 1 ? "visit is" : "visits are")} booked that no text prepares any more: {days}. Please call about preparing.";
    }
}
