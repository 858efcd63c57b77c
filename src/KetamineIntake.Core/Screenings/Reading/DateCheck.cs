using System.Globalization;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A date known to the day, the month or the year, or "not-sure".</summary>
public static class DateCheck
{
    /// <summary>Nobody who fills in a form today has a history before this year.</summary>
    public const int EarliestYear = 1900;

    private const string Expected = "must be a real date, YYYY, YYYY-MM or YYYY-MM-DD, from 1900 and not in the future, or \"not-sure\"";

    internal static ItemReading Parse(QuestionnaireItem item, RawValue raw, LocalDate today)
    {
        _ = item;
        if (ItemCheck.IsBlankField(raw))
        {
            return ItemReading.Unanswered;
        }

        return ItemCheck.WordOf(raw) switch
        {
            ItemCheck.NotSure => ItemReading.Of(Answer.NotSure.Instance),
            { } word when TryParse(word, out var date) && IsPast(date, today) => ItemReading.Of(new Answer.Date(date)),
            _ => ItemReading.Faulty(Expected),
        };
    }

    /// <summary>Exactly the three forms, ASCII digits, and a day the calendar has.</summary>
    public static bool TryParse(string text, out PartialDate date)
    {
        date = default;
        var parts = text.Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || parts.Skip(1).Any(p => p.Length != 2) || !parts.All(p => p.All(char.IsAsciiDigit)))
        {
            return false;
        }

        var numbers = parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        date = new PartialDate(numbers[0], numbers.Length > 1 ? numbers[1] : null, numbers.Length > 2 ? numbers[2] : null);
        return IsReal(date);
    }

    private static bool IsReal(PartialDate date) =>
        date.Year is >= 1 and <= 9999
        && date.Month is null or (>= 1 and <= 12)
        && (date.Day is null || (date.Day >= 1 && date.Day <= CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month!.Value)));

    /// <summary>The first day it can mean has come: "2026" is past on 1 January 2026.</summary>
    private static bool IsPast(PartialDate date, LocalDate today) => date.Year >= EarliestYear && date.Earliest <= today;
}
