using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>What one text is about.</summary>
/// <param name="ToldStart">The visit's time as the patient last heard it, in the clinic's local time; other than the visit's own only for one that was moved or cancelled since.</param>
public sealed record TextSubject(Appointment? Visit, LocalDateTime? ToldStart = null);

/// <summary>The exact words of one reminder.</summary>
public static class ReminderText
{
    /// <param name="name">One of <see cref="SmsTextNames"/>.</param>
    /// <param name="patientZone">Where the patient's clock shows another time than the clinic's, the text names the clinic's zone if that leaves it in one segment; the page says both.</param>
    public static string Of(string name, TextSubject subject, ReminderRules rules, SmsSignature signature, SmsTexts texts, DateTimeZone? patientZone = null)
    {
        var words = VisitWords.Of(subject, rules, signature, texts.Language);
        if (subject.Visit is { } visit && patientZone is not null && VisitWords.ZoneToName(visit, patientZone) is { } zone)
        {
            var named = texts.Fill(name, new Dictionary<string, string>(words, StringComparer.Ordinal)
            {
                [Placeholders.Time] = $"{words[Placeholders.Time]} {zone}",
                [Placeholders.NewTime] = $"{words[Placeholders.NewTime]} {zone}",
            });
            if (SmsLength.Of(named) is { Segments: 1, Encoding: SmsEncoding.Gsm7 })
            {
                return named;
            }
        }

        return texts.Fill(name, words);
    }
}
