using System.Globalization;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A number in the item's unit and range, or "not-sure".</summary>
public static class NumberCheck
{
    /// <summary>No sign, no exponent, no thousands separator: "1,200" means different things to different people.</summary>
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    internal static ItemReading Parse(QuestionnaireItem item, RawValue raw)
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
            : ItemReading.Faulty(Expected(item)) with { Words = Words(item) };
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

    /// <summary>For the person who typed it.</summary>
    public static FaultWords Words(QuestionnaireItem item)
    {
        var kind = item.Type == ItemType.Integer ? "whole" : "number";
        return (item.Minimum, item.Maximum) switch
        {
            ({ } least, { } most) => new($"{kind}.range", ("least", AnswerText.Of(least)), ("most", AnswerText.Of(most))),
            ({ } least, null) => new($"{kind}.least", ("least", AnswerText.Of(least))),
            (null, { } most) => new($"{kind}.most", ("most", AnswerText.Of(most))),
            _ => new($"{kind}.any"),
        };
    }

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
