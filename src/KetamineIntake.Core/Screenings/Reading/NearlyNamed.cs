using System.Text.Json;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Finds values that stand beside the name of one of our questions, wherever in a body. Names are compared by their letters and digits alone; a name that two questions share is none.</summary>
internal static class NearlyNamed
{
    // What programs call the member that names a question, where it is not the name itself.
    private static readonly string[] Naming = ["linkid", "question", "questionid", "item", "itemid", "id", "name", "key"];

    public static IEnumerable<(QuestionnaireItem Item, JsonElement Value)> In(JsonElement root, Questionnaire questionnaire)
    {
        var items = questionnaire.All.Where(i => i.Type is ItemType.Choice or ItemType.Integer or ItemType.Decimal or ItemType.Date && !i.Identity && !i.Repeats)
            .GroupBy(i => Key(i.LinkId), StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single(), StringComparer.Ordinal);
        return Walk(root, items).Where(s => !IsNothing(s.Value));
    }

    /// <summary>Whether a member of an object holds what was answered.</summary>
    public static bool IsValue(JsonProperty member) => Key(member.Name) is var key && (key is "answer" or "answers" or "response" || key.StartsWith("value", StringComparison.Ordinal));

    private static IEnumerable<(QuestionnaireItem Item, JsonElement Value)> Walk(JsonElement element, Dictionary<string, QuestionnaireItem> items) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Walk(e, items)),
        JsonValueKind.Object => Named(element, items).Concat(element.EnumerateObject().SelectMany(m => items.TryGetValue(Key(m.Name), out var item) ? [(item, m.Value)] : Walk(m.Value, items))),
        _ => [],
    };

    private static IEnumerable<(QuestionnaireItem Item, JsonElement Value)> Named(JsonElement element, Dictionary<string, QuestionnaireItem> items) =>
        from member in element.EnumerateObject()
        where member.Value.ValueKind == JsonValueKind.String && Naming.Contains(Key(member.Name), StringComparer.Ordinal)
        let item = items.GetValueOrDefault(Key(member.Value.GetString()!))
        where item is not null
        from value in element.EnumerateObject()
        where IsValue(value)
        select (item, value.Value);

    // A question that was sent and not answered.
    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}
