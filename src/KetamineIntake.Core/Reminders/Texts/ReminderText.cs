using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The exact words of one reminder.</summary>
public static class ReminderText
{
    /// <param name="callsFirst">The patient's fasting must be planned by a clinician and no plan is on file, so no text names fasting times.</param>
    /// <param name="patientZone">Where the patient's clock shows another time than the clinic's, the text names the clinic's zone if that leaves it in one segment; the page says both.</param>
    public static string Of(
        ReminderTemplate template, Appointment? visit, bool callsFirst, ReminderRules rules, SmsSignature signature, SmsTexts texts, DateTimeZone? patientZone = null)
    {
        var name = template switch
        {
            ReminderTemplate.DayBefore when callsFirst => SmsTextNames.DayBeforeCallFirst,
            ReminderTemplate.DayOf when callsFirst => SmsTextNames.DayOfCallFirst,
            _ => ReminderWords.Of(template),
        };
        var words = VisitWords.Of(visit, rules, signature, texts.Language);
        if (visit is not null && patientZone is not null && VisitWords.ZoneToName(visit, patientZone) is { } zone)
        {
            var named = texts.Fill(name, new Dictionary<string, string>(words, StringComparer.Ordinal) { [Placeholders.Time] = $"{words[Placeholders.Time]} {zone}" });
            if (SmsLength.Of(named) is { Segments: 1, Encoding: SmsEncoding.Gsm7 })
            {
                return named;
            }
        }

        return texts.Fill(name, words);
    }
}
