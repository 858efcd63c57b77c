using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Puts a patient's reminders into words: which text, and what it says of the visit.</summary>
/// <param name="past">What the patient has had, or has on its way.</param>
internal sealed class Wording(PatientVisits visits, ClinicTexting texting, DateTimeZone patientZone, IReadOnlyList<PastReminder> past)
{
    private readonly SmsTexts texts = texting.TextsFor(visits.Patient.Language);
    private readonly ReminderRules rules = texting.RulesFor(visits);

    private readonly bool isTold = past.Any(p => ReminderWords.TellsHowToStop(p.Template) && p.SentAt is not null);

    /// <summary>The reminder with its words; those of texts about no visit stay as they are.</summary>
    public Reminder Of(Reminder reminder, Appointment? visit)
    {
        if (visit is null)
        {
            return reminder;
        }

        var name = TextNames.Of(reminder.Template, visit.Kind, Choice(reminder, visit));
        var subject = new TextSubject(visit, reminder.Template is ReminderTemplate.Moved or ReminderTemplate.MovedSoon or ReminderTemplate.Cancelled ? ToldTime.Of(visit, past) : null);
        return reminder with
        {
            Text = ReminderText.Of(name, subject, rules, texting.Signature, texts, patientZone),
            TextName = name,
            VisitStart = visit.Start,
            MostPerWeek = texts.Discloses(name) ? rules.Caps.PerSevenDays : null,
        };
    }

    private TextChoice Choice(Reminder reminder, Appointment visit) => new(visits.CallsFirst(visit), visits.PlansAlcohol, isTold)
    {
        IsBookedLate = Period.DaysBetween(visit.BookedAt.InZone(DateTimeZoneProviders.Tzdb[visit.TimeZone]).Date, visit.Start.Date) <= rules.Times.BookedLateDays,
        IsPastAlcoholCutOff = reminder.SendAt >= VisitTimes.Of(visit, rules).NoAlcoholFrom,
    };
}
