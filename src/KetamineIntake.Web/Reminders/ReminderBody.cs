using System.Text.Json.Serialization;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Web.Reminders;

/// <summary>A reminder as the contract writes it.</summary>
/// <param name="LocalTime">The patient's local time.</param>
/// <param name="Why">The reason for its time, and for what became of it.</param>
/// <param name="Appointment">Id; absent for the opt-in text of earlier versions.</param>
internal sealed record ReminderBody(
    string Id, string Template, Instant SendAt, LocalDateTime LocalTime, string TimeZone, string Status, string Text, string Why, string? Appointment, Instant? SentAt)
{
    public static ReminderBody Of(Reminder reminder, DateTimeZone patientZone) => new(
        reminder.Id, ReminderWords.Of(reminder.Template), reminder.SendAt, reminder.SendAt.InZone(patientZone).LocalDateTime, patientZone.Id,
        reminder.StatusWord(), reminder.Text, reminder.Why, reminder.AppointmentId, reminder.SentAt);
}

internal sealed record ReminderListBody(
    IReadOnlyList<ReminderBody> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
