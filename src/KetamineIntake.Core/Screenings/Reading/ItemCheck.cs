using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Checks one value against its question: the same for JSON, FHIR and the form.</summary>
public static class ItemCheck
{
    public const string NotSure = AnswerText.NotSure;

    internal const string Heading = "is a heading, not a question";

    /// <param name="today">The clinic's day: no answer may lie after it.</param>
    public static ItemReading Parse(QuestionnaireItem item, RawValue raw, LocalDate today)
    {
        if (raw is RawValue.Null)
        {
            return ItemReading.Faulty("null is not an answer; leave an unanswered question out");
        }

        return item.Type switch
        {
            ItemType.Group or ItemType.Display => ItemReading.Faulty(Heading),
            ItemType.Choice when item.Repeats => ChoicesCheck.Parse(item, raw),
            ItemType.Choice => ChoiceCheck.Parse(item, raw),
            ItemType.Integer or ItemType.Decimal => NumberCheck.Parse(item, raw),
            ItemType.Date => DateCheck.Parse(raw, today),
            ItemType.Text => TextCheck.Parse(item, raw),
            _ => throw new InvalidOperationException($"No check for item type {item.Type}."),
        };
    }

    /// <summary>The one string of a value that should be a word: null when it is something else; empty when a form field is blank.</summary>
    internal static string? WordOf(RawValue raw) => raw switch
    {
        RawValue.Word word => word.Value,
        RawValue.Code code => code.Value,
        RawValue.AskedUnknown => NotSure,
        RawValue.Typed { Values: [] } => "",
        RawValue.Typed { Values: [var only] } => only.Trim(),
        _ => null,
    };

    /// <summary>Only a form can leave a field blank; in a document an empty string is a mistake.</summary>
    internal static bool IsBlankField(RawValue raw) => raw is RawValue.Typed typed && typed.Values.All(string.IsNullOrWhiteSpace);
}
