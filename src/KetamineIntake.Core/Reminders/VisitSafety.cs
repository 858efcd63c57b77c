using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders;

/// <summary>Which texts keep a patient safe around a visit; all others are a service and give way (domain 8 and 9).</summary>
public static class VisitSafety
{
    /// <summary>
    /// Food, water and the way home, another time or none, the evening after, and the call that has to come first. The text about a booking counts only where it asks for that call: see
    /// <see cref="SmsTextNames.AsksToCallFirst"/>.
    /// </summary>
    public static bool IsVisitSafety(ReminderTemplate template) => template is
        ReminderTemplate.Moved or ReminderTemplate.MovedSoon or ReminderTemplate.Cancelled or ReminderTemplate.DayBefore or ReminderTemplate.DayOf
        or ReminderTemplate.EveningAfter or ReminderTemplate.CallFirst;
}
