using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Reads value[x] of an Observation or of one of its components.</summary>
internal static partial class FhirValues
{
    // A laboratory's comment can be long; what a rule or a clinician needs of it is not.
    private const int LongestText = 500;

    /// <summary>The value with its reference ranges, or null when there is none.</summary>
    public static LabValue? Of(JsonElement element, string code, string? sourceId, LabUnits units) =>
        Bare(element, code, sourceId, units) is { } value ? FhirRanges.On(value, element, units) : null;

    /// <summary>All the words of a concept; its codes when it has none.</summary>
    public static IEnumerable<string> Said(JsonElement concept)
    {
        var words = concept.Items("coding").Select(c => c.Text("display")).Prepend(concept.Text("text")).OfType<string>().ToList();
        return words.Count > 0 ? words : concept.Items("coding").Select(c => c.Text("code")).OfType<string>();
    }

    private static LabValue? Bare(JsonElement element, string code, string? sourceId, LabUnits units)
    {
        if (element.Member("valueQuantity") is { } quantity)
        {
            return Quantity(quantity, LabKinds.Find(code)?.Name ?? string.Empty, units) is var (number, comparator, unit)
                ? new LabValue(code, sourceId, number, comparator, unit, null, null, null)
                : null;
        }

        if (element.Member("valueInteger") is { ValueKind: JsonValueKind.Number } integer && integer.TryGetDecimal(out var whole))
        {
            return new LabValue(code, sourceId, whole, null, null, null, null, null);
        }

        var text = element.Text("valueString") ?? Concept(element.Member("valueCodeableConcept"));
        return text is null ? null : Words(text, code, sourceId);
    }

    private static (decimal Number, string? Comparator, string? Unit)? Quantity(JsonElement quantity, string kind, LabUnits units) =>
        ((JsonElement?)quantity).Number("value") is { } number
            ? (number, quantity.Text("comparator"), units.Of(kind, quantity.Text("code"), quantity.Text("unit")))
            : null;

    // "> 60" or "7.2 g/dL": many laboratories send numbers as words.
    private static LabValue Words(string text, string code, string? sourceId)
    {
        if (NumberInWords().Match(text) is { Success: true } match
            && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return new LabValue(code, sourceId, number, NullIfEmpty(match.Groups["comparator"].Value), NullIfEmpty(match.Groups["unit"].Value), null, null, null);
        }

        return new LabValue(code, sourceId, null, null, null, null, null, LabWords.Cut(text, LongestText));
    }

    private static string? Concept(JsonElement? concept) =>
        concept.Text("text") ?? concept.Items("coding").Select(c => c.Text("display") ?? c.Text("code")).FirstOrDefault(t => t is not null);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"^(?<comparator>[<>]=?)?\s*(?<number>\d{1,9}(\.\d{1,6})?)\s*(?<unit>[A-Za-z%/\[µμ][^\s]*( ?m2)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberInWords();
}
