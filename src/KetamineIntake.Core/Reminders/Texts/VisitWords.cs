using System.Globalization;
using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>What a text says about the clinic.</summary>
/// <param name="Alias">Up to <see cref="MaximumAlias"/> characters; must not give the specialty away.</param>
/// <param name="Phone">E.164.</param>
/// <param name="LinkBase">Up to <see cref="MaximumLinkBase"/> characters, without a closing slash.</param>
public sealed record SmsSignature(string Alias, string Phone, string LinkBase)
{
    public const int MaximumAlias = 16;
    public const int MaximumLinkBase = 28;

    /// <summary>The preparation page. Short, because a text has 160 characters; it leads on to the clinic's own address.</summary>
    public string Link(string token) => $"{LinkBase}/p/{token}";
}

/// <summary>The words of one visit, in the clinic's local time: patients travel to the clinic's clock.</summary>
public static class VisitWords
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Meses = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
    private static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    // Without the accent of "sáb": that letter would make the whole text cost twice as much.
    private static readonly string[] Dias = ["lun", "mar", "mié", "jue", "vie", "sab", "dom"];

    /// <summary>As many characters as texts have room for; a clinic with a longer number cannot be made.</summary>
    public const int LongestPhone = 12;

    /// <param name="subject">Without a visit for texts about none.</param>
    public static IReadOnlyDictionary<string, string> Of(TextSubject subject, ReminderRules rules, SmsSignature signature, SmsLanguage language)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Placeholders.Alias] = signature.Alias,
            [Placeholders.Phone] = Phone(signature.Phone),
            [Placeholders.MostPerWeek] = Number(rules.Caps.PerSevenDays),
            [Placeholders.Alcohol] = Number(rules.AlcoholBeforeHours) + "h",
        };
        if (subject.Visit is not { } visit)
        {
            return words;
        }

        var zone = DateTimeZoneProviders.Tzdb[visit.TimeZone];
        var times = VisitTimes.Of(visit, rules);
        var told = subject.ToldStart ?? visit.Start;
        words[Placeholders.DayOfWeek] = DayOfWeek(told.DayOfWeek, language);
        words[Placeholders.MonthDay] = MonthDay(told.Date, language);
        words[Placeholders.Time] = Start(told.TimeOfDay, language);
        words[Placeholders.NewDayOfWeek] = DayOfWeek(visit.Start.DayOfWeek, language);
        words[Placeholders.NewMonthDay] = MonthDay(visit.Start.Date, language);
        words[Placeholders.NewTime] = Start(visit.Start.TimeOfDay, language);
        words[Placeholders.Food] = CutOff(times.NoFoodFrom.InZone(zone).LocalDateTime, visit.Start.Date, language);
        words[Placeholders.Water] = CutOff(times.NoWaterFrom.InZone(zone).LocalDateTime, visit.Start.Date, language);
        words[Placeholders.Link] = signature.Link(visit.LinkToken);
        return words;
    }

    public static string DayOfWeek(IsoDayOfWeek day, SmsLanguage language) => (language == SmsLanguage.Spanish ? Dias : Days)[(int)day - 1];

    /// <summary>"Dec 1", "1 dic".</summary>
    public static string MonthDay(LocalDate date, SmsLanguage language) =>
        language == SmsLanguage.Spanish ? $"{Number(date.Day)} {Meses[date.Month - 1]}" : $"{Months[date.Month - 1]} {Number(date.Day)}";

    /// <summary>"9:00 AM", "9:00 am". Noon and midnight are said otherwise, because "12:00 AM" is misread.</summary>
    public static string Clock(LocalTime time, SmsLanguage language)
    {
        var spanish = language == SmsLanguage.Spanish;
        if (time == LocalTime.Midnight)
        {
            return spanish ? "medianoche" : "midnight";
        }

        if (time == LocalTime.Noon && !spanish)
        {
            return "noon";
        }

        var half = time.Hour < 12 ? "am" : "pm";
        return string.Create(CultureInfo.InvariantCulture, $"{time.ClockHourOfHalfDay}:{time.Minute:00} {(spanish ? half : half.ToUpperInvariant())}");
    }

    /// <summary>
    /// "9:00 AM", or where the patient's clock shows another time then, both: "9:00 AM EST (6:00 AM PST)"; with the patient's day where that is another one.
    /// </summary>
    public static string Both(Instant instant, DateTimeZone clinic, DateTimeZone patient, SmsLanguage language)
    {
        var (here, there) = (instant.InZone(clinic), instant.InZone(patient));
        var clock = Clock(here.TimeOfDay, language);
        if (here.Offset == there.Offset)
        {
            return clock;
        }

        var day = here.Date == there.Date ? string.Empty : DayOfWeek(there.DayOfWeek, language) + " ";
        return $"{clock} {ZoneName(here)} ({day}{Clock(there.TimeOfDay, language)} {ZoneName(there)})";
    }

    /// <summary>"EST", for a patient whose clock shows another time at the visit; null for everybody else.</summary>
    public static string? ZoneToName(Appointment visit, DateTimeZone patient)
    {
        var here = visit.StartsAt.InZone(DateTimeZoneProviders.Tzdb[visit.TimeZone]);
        return here.Offset == visit.StartsAt.InZone(patient).Offset ? null : ZoneName(here);
    }

    private static string ZoneName(ZonedDateTime local) => local.GetZoneInterval().Name;

    /// <summary>A cut-off on another day than the visit names its day, or it would be read a day late.</summary>
    private static string CutOff(LocalDateTime cutOff, LocalDate visit, SmsLanguage language)
    {
        var clock = Clock(cutOff.TimeOfDay, language);
        return cutOff.Date == visit ? clock : $"{clock} {DayOfWeek(cutOff.DayOfWeek, language)}";
    }

    // The long word for a cut-off, which must not be taken for noon; for a start there is room for the short one only.
    private static string Start(LocalTime time, SmsLanguage language) =>
        language == SmsLanguage.Spanish && time == LocalTime.Midnight ? "12:00 am" : Clock(time, language);

    /// <summary>"212-555-0199" for North America, E.164 elsewhere.</summary>
    public static string Phone(string phone) =>
        phone is ['+', '1', ..] && phone.Length == 12 ? $"{phone[2..5]}-{phone[5..8]}-{phone[8..]}" : phone;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
