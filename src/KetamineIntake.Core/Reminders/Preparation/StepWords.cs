using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>The times and lengths of one visit, as the page says them on the clinic's clock and on the patient's where that shows another time.</summary>
internal sealed class StepWords(Appointment visit, ReminderRules rules, DateTimeZone clinic, DateTimeZone patient, SmsLanguage language)
{
    private const string Food = "{food}";
    private const string Heavy = "{heavy}";
    private const string Water = "{water}";
    private const int MinutesOfAnHour = 60;

    // Below this, minutes are what people say.
    private const int LongestInMinutes = 90;

    private readonly VisitTimes times = VisitTimes.Of(visit, rules);

    public static bool NamesFastingTime(string text) =>
        text.Contains(Food, StringComparison.Ordinal) || text.Contains(Heavy, StringComparison.Ordinal) || text.Contains(Water, StringComparison.Ordinal);

    public VisitWordsView Times(bool fasts) => new(
        $"{VisitWords.DayOfWeek(visit.Start.DayOfWeek, language)} {VisitWords.MonthDay(visit.Start.Date, language)}",
        VisitWords.Both(visit.StartsAt, clinic, patient, language), fasts ? Fill(Food) : null, fasts ? Fill(Water) : null, times.EndsAt);

    public string Fill(string text) => text
        .Replace(Food, Moment(times.NoFoodFrom), StringComparison.Ordinal)
        .Replace(Heavy, Moment(visit.StartsAt - Duration.FromHours(rules.HeavyMealHours)), StringComparison.Ordinal)
        .Replace(Water, Moment(times.NoWaterFrom), StringComparison.Ordinal)
        .Replace("{alcohol}", Moment(times.NoAlcoholFrom), StringComparison.Ordinal)
        .Replace("{alcoholAfter}", Number(rules.AlcoholAfterHours), StringComparison.Ordinal)
        .Replace("{infusion}", Length(rules.Visits.DripMinutes), StringComparison.Ordinal)
        .Replace("{observe}", Length(rules.Visits.ObserveMinutes), StringComparison.Ordinal)
        .Replace("{stay}", Length(rules.Visits.InfusionMinutes), StringComparison.Ordinal);

    private string Moment(Instant instant)
    {
        var date = instant.InZone(clinic).Date;
        return $"{VisitWords.DayOfWeek(date.DayOfWeek, language)} {VisitWords.MonthDay(date, language)}, {VisitWords.Both(instant, clinic, patient, language)}";
    }

    // The same in both languages: "40 min", "2 h 30 min", "4 h".
    private static string Length(int minutes) => minutes < LongestInMinutes ? $"{Number(minutes)} min"
        : minutes % MinutesOfAnHour == 0 ? $"{Number(minutes / MinutesOfAnHour)} h"
        : $"{Number(minutes / MinutesOfAnHour)} h {Number(minutes % MinutesOfAnHour)} min";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
