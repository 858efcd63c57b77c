using System.Globalization;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>What a person at the clinic has to hear because a text that prepares the patient does not go.</summary>
internal static class Untold
{
    /// <summary>Whether the patient would come unprepared without it.</summary>
    public static bool Matters(ReminderTemplate template) => template is ReminderTemplate.DayBefore or ReminderTemplate.DayOf;

    /// <summary>Null when nobody has to hear of it.</summary>
    public static string? Words(Reminder reminder, SendDecision.Drop drop, PatientVisits visits)
    {
        if (drop.Status != ReminderStatus.Cancelled && Matters(reminder.Template))
        {
            return Words([reminder], visits, drop.Why);
        }

        return drop.Status == ReminderStatus.Failed ? $"A text ({ReminderWords.Of(reminder.Template)}) was given up: {drop.Why}." : null;
    }

    public static string Words(IEnumerable<Reminder> reminders, PatientVisits visits, string why)
    {
        var named = reminders.Select(r => $"{ReminderWords.Of(r.Template)} ({Day(r, visits)})");
        return $"The patient may not know how to prepare, because a text did not go: {string.Join(", ", named)}. The reason: {why}. Please call.";
    }

    private static string Day(Reminder reminder, PatientVisits visits) =>
        visits.Appointments.Select(a => a.Value).FirstOrDefault(a => a.Id == reminder.AppointmentId) is { } visit
            ? "visit on " + visit.Start.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : "no visit";
}
