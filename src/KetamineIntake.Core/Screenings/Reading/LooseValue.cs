using System.Globalization;
using System.Text.Json;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Reads one value as what it can only mean: a code or its words in any case, a boolean, a number in words, each also inside an object or a list of one.</summary>
internal static class LooseValue
{
    /// <summary>Null for whatever may mean something else.</summary>
    public static Answer? Read(QuestionnaireItem item, JsonElement value, CodedWords words, LocalDate today) =>
        Scalar(item, value) is { } text && Raw(item, text, words) is { } raw ? ItemCheck.Parse(item, raw, today).Answer : null;

    private static string? Scalar(QuestionnaireItem item, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() == 1 => Scalar(item, value[0]),
        JsonValueKind.Object => Inside(item, value),
        _ => null,
    };

    private static string? Inside(QuestionnaireItem item, JsonElement value)
    {
        // Of another unit it is another number.
        if (value.EnumerateObject().Any(m => m.NameEquals("unit") && m.Value.ToString() != item.Unit && m.Value.ToString() != item.UnitCode))
        {
            return null;
        }

        var inner = value.EnumerateObject().Where(NearlyNamed.IsValue).ToList();
        return inner switch
        {
            [var only] => Scalar(item, only.Value),
            [] when value.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String => Scalar(item, code),
            _ => null,
        };
    }

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
