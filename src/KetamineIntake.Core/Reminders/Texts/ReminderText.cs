using KetamineIntake.Core.Appointments;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The exact words of one reminder.</summary>
public static class ReminderText
{
    /// <param name="callsFirst">The patient's fasting must be planned by a clinician and no plan is on file, so no text names fasting times.</param>
    public static string Of(ReminderTemplate template, Appointment? visit, bool callsFirst, ReminderRules rules, SmsSignature signature, SmsTexts texts)
    {
        var name = template switch
        {
            ReminderTemplate.DayBefore when callsFirst => SmsTextNames.DayBeforeCallFirst,
            ReminderTemplate.DayOf when callsFirst => SmsTextNames.DayOfCallFirst,
            _ => ReminderWords.Of(template),
        };
        return texts.Fill(name, VisitWords.Of(visit, rules, signature, texts.Language));
    }
}
