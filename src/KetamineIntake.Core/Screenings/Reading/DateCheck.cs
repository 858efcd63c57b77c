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

        if (ItemCheck.WordOf(raw) is not { } word)
        {
            return ItemReading.Faulty(Expected);
        }

        return word == ItemCheck.NotSure ? ItemReading.Of(Answer.NotSure.Instance) : TypedDate.Read(word, today) switch
        {
            ({ } date, _) => ItemReading.Of(new Answer.Date(date)),
            (_, var fault) => ItemReading.Faulty($"{Expected}. {TypedDate.Words(fault!.Value).English}") with { Words = TypedDate.Words(fault!.Value) },
        };
    }
}
