using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Reads value[x] and referenceRange of an Observation or of one of its components.</summary>
internal static partial class FhirValues
{
    // A laboratory's comment can be long; what a rule or a clinician needs of it is not.
    private const int LongestText = 500;

    /// <summary>The value, or null when there is none.</summary>
    public static LabValue? Of(JsonElement element, string code, string? sourceId)
    {
        var (low, high, rangeUnit) = Range(element);
        if (element.Member("valueQuantity") is { } quantity)
        {
            return Quantity(quantity, LabKinds.Find(code)?.Name ?? string.Empty) is var (number, comparator, unit)
                ? new LabValue(code, sourceId, number, comparator, unit, low, high, null) { RangeUnit = LabUnits.IsSame(rangeUnit, unit) ? null : rangeUnit }
                : null;
        }

        if (element.Member("valueInteger") is { ValueKind: JsonValueKind.Number } integer && integer.TryGetDecimal(out var whole))
        {
            return new LabValue(code, sourceId, whole, null, null, low, high, null);
        }

        var text = element.Text("valueString") ?? Concept(element.Member("valueCodeableConcept"));
        return text is null ? null : Words(text, code, sourceId, low, high);
    }

    private static (decimal Number, string? Comparator, string? Unit)? Quantity(JsonElement quantity, string kind) =>
        ((JsonElement?)quantity).Number("value") is { } number
            ? (number, quantity.Text("comparator"), LabUnits.Of(kind, quantity.Text("code"), quantity.Text("unit")))
            : null;

    // "> 60" or "7.2 g/dL": many laboratories send numbers as words.
    private static LabValue Words(string text, string code, string? sourceId, decimal? low, decimal? high)
    {
        if (NumberInWords().Match(text) is { Success: true } match
            && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return new LabValue(code, sourceId, number, NullIfEmpty(match.Groups["comparator"].Value), NullIfEmpty(match.Groups["unit"].Value), low, high, null);
        }

        return new LabValue(code, sourceId, null, null, null, low, high, LabWords.Cut(text, LongestText));
    }

    private static string? Concept(JsonElement? concept) =>
        concept.Text("text") ?? concept.Items("coding").Select(c => c.Text("display") ?? c.Text("code")).FirstOrDefault(t => t is not null);

    private static (decimal? Low, decimal? High, string? Unit) Range(JsonElement element) =>
        element.Items("referenceRange").Select(r => (Low: r.Member("low").Number("value"), High: r.Member("high").Number("value"), Unit: Unit(r.Member("high")) ?? Unit(r.Member("low"))))
            .FirstOrDefault(r => r.Low is not null || r.High is not null);

    private static string? Unit(JsonElement? limit) => limit.Text("code") ?? limit.Text("unit");

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"^(?<comparator>[<>]=?)?\s*(?<number>\d{1,9}(\.\d{1,6})?)\s*(?<unit>[A-Za-z%/\[µμ][^\s]*( ?m2)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberInWords();
}
