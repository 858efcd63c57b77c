namespace KetamineIntake.Core.Reminders;

/// <summary>Which texts keep a patient safe on a visit: they go on while nobody has decided whether the patient wants no more texts (domain 8).</summary>
internal static class VisitSafety
{
    public static bool IsVisitSafety(ReminderTemplate template) =>
        template is ReminderTemplate.DayBefore or ReminderTemplate.DayOf or ReminderTemplate.EveningAfter;
}
