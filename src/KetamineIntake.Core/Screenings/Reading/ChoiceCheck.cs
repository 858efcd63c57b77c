using System.Globalization;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>One code of a list; for a scale item, one number of its scale.</summary>
internal static class ChoiceCheck
{
    public static ItemReading Parse(QuestionnaireItem item, RawValue raw)
    {
        if (ItemCheck.IsBlankField(raw))
        {
            return ItemReading.Unanswered;
        }

        return IsScale(item) ? ParseScale(item, raw) : ParseCode(item, raw);
    }

    /// <summary>A scale item's codes are numbers written as text; its answers are those numbers.</summary>
    public static bool IsScale(QuestionnaireItem item) => item.Codes.Any(IsScalePoint);

    internal static string Allowed(QuestionnaireItem item) =>
        "must be one of " + string.Join(", ", item.Codes.Select(c => $"\"{c.Code}\""));

    private static bool IsScalePoint(AnswerOption option) =>
        option.Ordinal is not null && decimal.TryParse(option.Code, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    private static ItemReading ParseCode(QuestionnaireItem item, RawValue raw)
    {
        var word = raw is RawValue.Flag flag ? CodeOf(flag.Value) : ItemCheck.WordOf(raw);
        if (word is null || !item.Codes.Any(c => string.Equals(c.Code, word, StringComparison.Ordinal)))
        {
            return ItemReading.Faulty(Allowed(item)) with { Words = new("choice.one") };
        }

        return ItemReading.Of(word == ItemCheck.NotSure ? Answer.NotSure.Instance : new Answer.Choice(word));
    }

    private static string CodeOf(bool value) => value ? "yes" : "no";

    private static ItemReading ParseScale(QuestionnaireItem item, RawValue raw)
    {
        // A number of the scale, "not-sure", and nothing in between: the design makes "not-sure" legal for any number.
        if (raw is RawValue.AskedUnknown || ItemCheck.WordOf(raw) == ItemCheck.NotSure)
        {
            return ItemReading.Of(Answer.NotSure.Instance);
        }

        var option = item.Codes.FirstOrDefault(c => raw is RawValue.Number number ? IsScalePoint(c) && c.Ordinal == number.Value : IsCoded(c, raw));
        return option switch
        {
            null => ItemReading.Faulty(AllowedScale(item)) with { Words = new("choice.one") },
            { Ordinal: { } value } when IsScalePoint(option) => ItemReading.Of(new Answer.Number(value)),
            _ => ItemReading.Of(new Answer.Choice(option.Code)),
        };
    }

    /// <summary>JSON writes a point of the scale as a number; only forms and FHIR write it as a code.</summary>
    private static bool IsCoded(AnswerOption option, RawValue raw) =>
        string.Equals(option.Code, ItemCheck.WordOf(raw), StringComparison.Ordinal) && (raw is not RawValue.Word || !IsScalePoint(option));

    private static string AllowedScale(QuestionnaireItem item) =>
        "must be one of the numbers " + string.Join(", ", item.Codes.Where(IsScalePoint).Select(c => c.Code)) + ", or \"not-sure\"";
}
