using System.Globalization;
using System.Text.Json;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Reads one value as what it can only mean: a code or its words in any case, a boolean, a number in words, each also inside an object or a list of one.</summary>
internal static class LooseValue
{
    // What else a coding may say without meaning another answer.
    private static readonly string[] OfACoding = ["code", "display", "system", "version", "userSelected", "id"];

    /// <summary>Null for whatever may mean something else.</summary>
    public static Answer? Read(QuestionnaireItem item, JsonElement value, CodedWords words, LocalDate today) =>
        Scalar(item, value, words) is { } text && Raw(item, text, words) is { } raw ? ItemCheck.Parse(item, raw, today).Answer : null;

    private static string? Scalar(QuestionnaireItem item, JsonElement value, CodedWords words) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() == 1 => Scalar(item, value[0], words),
        JsonValueKind.Object => Inside(item, value, words),
        _ => null,
    };

    private static string? Inside(QuestionnaireItem item, JsonElement value, CodedWords words)
    {
        if (value.TryGetProperty("code", out var code))
        {
            var isPlain = code.ValueKind == JsonValueKind.String && value.EnumerateObject().All(m => OfACoding.Contains(m.Name, StringComparer.Ordinal));
            return isPlain && CodingCheck.Fault(item, value, words) is null ? Scalar(item, code, words) : null;
        }

        var inner = value.EnumerateObject().Where(NearlyNamed.IsValue).ToList();
        return inner is [var only] && !value.EnumerateObject().Any(m => MayChange(item, m)) ? Scalar(item, only.Value, words) : null;
    }

    // A number of another unit is another number, and whatever FHIR puts beside a value may take it back.
    private static bool MayChange(QuestionnaireItem item, JsonProperty member) =>
        (member.NameEquals("unit") && member.Value.ToString() != item.Unit && member.Value.ToString() != item.UnitCode)
        || member.Name is "comparator" or "extension" or "modifierExtension" || member.Name.StartsWith('_');

    private static RawValue? Raw(QuestionnaireItem item, string text, CodedWords words)
    {
        if (item.Type != ItemType.Choice)
        {
            return item.Type == ItemType.Date ? new RawValue.Word(text)
                : decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new RawValue.Number(number)
                : null;
        }

        var plain = CodingCheck.Plain(text);
        var meant = item.Codes.Where(o => CodingCheck.Plain(o.Code) == plain || CodingCheck.Texts(o).Contains(plain, StringComparer.Ordinal)).Select(o => o.Code).ToList();
        var code = meant.Count == 1 ? meant[0] : words.First.GetValueOrDefault(plain);
        return code is null ? null : new RawValue.Code(code);
    }
}
