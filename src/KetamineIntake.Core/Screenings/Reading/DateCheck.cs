using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A date known to the day, the month or the year, or "not-sure".</summary>
public static class DateCheck
{
    /// <summary>Nobody who fills in a form today has a history before this year.</summary>
    public const int EarliestYear = 1900;

    private const string Expected = "must be a real date, YYYY, YYYY-MM or YYYY-MM-DD, from 1900 and not in the future, or \"not-sure\"";

    internal static ItemReading Parse(RawValue raw, LocalDate today)
    {
        if (ItemCheck.IsBlankField(raw))
        {
            return ItemReading.Unanswered;
        }

        return ItemCheck.WordOf(raw) switch
        {
            ItemCheck.NotSure => ItemReading.Of(Answer.NotSure.Instance),
            { } word when PartialDateText.Parse(word) is { } date && IsPast(date, today) => ItemReading.Of(new Answer.Date(date)),
            _ => ItemReading.Faulty(Expected),
        };
    }

    /// <summary>The first day it can mean has come: "2026" is past on 1 January 2026.</summary>
    public static bool IsPast(PartialDate date, LocalDate today) => date.Year >= EarliestYear && date.Earliest <= today;
}
