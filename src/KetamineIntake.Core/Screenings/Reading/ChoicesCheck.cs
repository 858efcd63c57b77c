using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Any number of codes of a list, or exactly ["none"] or ["not-sure"].</summary>
internal static class ChoicesCheck
{
    private const string None = "none";

    public static ItemReading Parse(QuestionnaireItem item, RawValue raw)
    {
        if (WordsOf(raw) is not { } words)
        {
            return ItemReading.Faulty("must be an array of codes");
        }

        if (words.Count == 0)
        {
            return ItemReading.Unanswered;
        }

        return FaultOf(item, words) is { } fault ? ItemReading.Faulty(fault) : ItemReading.Of(AnswerOf(words));
    }

    private static Answer AnswerOf(List<string> words) => words is [ItemCheck.NotSure]
        ? Answer.NotSure.Instance
        : new Answer.Choices([.. words.Order(StringComparer.Ordinal)]);

    private static string? FaultOf(QuestionnaireItem item, List<string> words)
    {
        if (!words.All(w => w is None or ItemCheck.NotSure || item.Codes.Any(c => string.Equals(c.Code, w, StringComparison.Ordinal))))
        {
            return ChoiceCheck.Allowed(item) + "; or [\"none\"] or [\"not-sure\"] alone";
        }

        if (words.Distinct(StringComparer.Ordinal).Count() != words.Count)
        {
            return "names a code twice";
        }

        return words.Count > 1 && words.Any(w => w is None or ItemCheck.NotSure)
            ? "\"none\" and \"not-sure\" stand alone: with another code they contradict it"
            : null;
    }

    private static List<string>? WordsOf(RawValue raw) => raw switch
    {
        RawValue.Typed typed => [.. typed.Values.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v.Trim())],
        RawValue.AskedUnknown => [ItemCheck.NotSure],
        RawValue.Sequence sequence => WordsOf(sequence),
        _ => null,
    };

    private static List<string>? WordsOf(RawValue.Sequence sequence)
    {
        var words = sequence.Values.Select(ItemCheck.WordOf).OfType<string>().ToList();
        return words.Count == sequence.Values.Count ? words : null;
    }
}
