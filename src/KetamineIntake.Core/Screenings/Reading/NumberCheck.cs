using System.Globalization;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A number in the item's unit and range, or "not-sure".</summary>
internal static class NumberCheck
{
    /// <summary>No sign, no exponent, no thousands separator: "1,200" means different things to different people.</summary>
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static ItemReading Parse(QuestionnaireItem item, RawValue raw)
    {
        if (ItemCheck.IsBlankField(raw))
        {
            return ItemReading.Unanswered;
        }

        if (ItemCheck.WordOf(raw) == ItemCheck.NotSure)
        {
            return ItemReading.Of(Answer.NotSure.Instance);
        }

        return NumberOf(raw) is { } value && IsInRange(item, value)
            ? ItemReading.Of(new Answer.Number(Normal(value)))
            : ItemReading.Faulty(Expected(item));
    }

    /// <summary>72 and 72.0 are the same answer and must give the same bytes.</summary>
    private static decimal Normal(decimal value) => value / 1.0000000000000000000000000000m;

    private static decimal? NumberOf(RawValue raw) => raw switch
    {
        RawValue.Number number => number.Value,
        RawValue.Typed { Values: [var text] } when decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    private static bool IsInRange(QuestionnaireItem item, decimal value) =>
        (item.Type != ItemType.Integer || decimal.IsInteger(value))
        && !(value < item.Minimum)
        && !(value > item.Maximum);

    private static string Expected(QuestionnaireItem item)
    {
        var kind = item.Type == ItemType.Integer ? "a whole number" : "a number";
        var range = (item.Minimum, item.Maximum) switch
        {
            ({ } low, { } high) => FormattableString.Invariant($" from {low} to {high}"),
            ({ } low, null) => FormattableString.Invariant($" of at least {low}"),
            (null, { } high) => FormattableString.Invariant($" of at most {high}"),
            _ => "",
        };
        return $"must be {kind}{range}{(item.Unit is null ? "" : " ")}{item.Unit}, or \"not-sure\"";
    }
}
