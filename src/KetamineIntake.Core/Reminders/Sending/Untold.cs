using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>What a person at the clinic has to hear because a text that prepares the patient does not go.</summary>
internal static class Untold
{
    /// <summary>Whether the patient would come unprepared, at the wrong time or for nothing without it.</summary>
    public static bool Matters(Reminder reminder) =>
        (VisitSafety.IsVisitSafety(reminder.Template) && reminder.Template != ReminderTemplate.EveningAfter) || SmsTextNames.AsksToCallFirst(reminder.TextName);

    /// <summary>Null when nobody has to hear of it.</summary>
    public static string? Words(Reminder reminder, SendDecision.Drop drop, PatientVisits visits)
    {
        if (drop.Status != ReminderStatus.Cancelled && Matters(reminder))
        {
            return Words([reminder], Now(visits), drop.Why);
        }

        return drop.Status == ReminderStatus.Failed ? $"A text ({ReminderWords.Of(reminder.Template)}) was given up: {drop.Why}." : null;
    }

    /// <param name="appointments">The patient's, as they are after what is being done.</param>
    public static string Words(IEnumerable<Reminder> reminders, IReadOnlyList<Appointment> appointments, string why)
    {
        var named = reminders.Select(r => $"{ReminderWords.Of(r.Template)} ({Day(r, appointments)})");
        return $"The patient may not know when to come or how to prepare, because a text did not go: {string.Join(", ", named)}. The reason: {why}. Please call.";
    }

    /// <summary>
    /// What a new plan finds no time or room for: it must reach a person. Who was told already that the patient may be unprepared for a visit is not told again by its next text.
    /// </summary>
    /// <param name="appointments">The patient's, as they are after what is being done.</param>
    public static IReadOnlyList<Change> Notes(IReadOnlyList<Reminder> plan, IReadOnlyList<Appointment> appointments, PatientVisits visits, Instant now)
    {
        var dropped = visits.Reminders.Where(r => r.Value.Status == ReminderStatus.Dropped).Select(r => r.Value.Id).ToHashSet(StringComparer.Ordinal);
        var untold = plan.Where(r => r.Status == ReminderStatus.Dropped && Matters(r) && !dropped.Contains(r.Id) && !IsPrepared(r, visits)).ToList();
        return untold.Count == 0
            ? []
            : [Failure.Note(untold[0], visits.Patient.Phone, now, Words(untold, appointments, "no time is left in which it may go and still helps, or a cap leaves no room")).Insert()];
    }

    private static bool IsPrepared(Reminder reminder, PatientVisits visits) => reminder.Template == ReminderTemplate.DayOf && visits.Reminders.Select(r => r.Value).Any(r =>
        ReminderWords.Prepares(r.Template) && r.AppointmentId == reminder.AppointmentId && r.AppointmentVersion == reminder.AppointmentVersion
        && (r.CountsAt is not null || r is { Status: ReminderStatus.Dropped, IsSettled: true }));

    private static List<Appointment> Now(PatientVisits visits) => [.. visits.Appointments.Select(a => a.Value)];

    private static string Day(Reminder reminder, IReadOnlyList<Appointment> appointments) =>
        appointments.FirstOrDefault(a => a.Id == reminder.AppointmentId) is { } visit
            ? "visit on " + visit.Start.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : "no visit";
}
