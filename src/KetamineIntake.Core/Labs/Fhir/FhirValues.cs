using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Reads value[x] of an Observation or of one of its components. What is there and not understood is kept as such: nobody may take it for nothing.</summary>
internal static partial class FhirValues
{
    // A laboratory's comment can be long; what a rule or a clinician needs of it is not.
    private const int LongestText = 500;

    private static readonly string[] Comparators = ["<", "<=", ">=", ">"];

    private static readonly HashSet<string> Ucum = new(StringComparer.OrdinalIgnoreCase)
    {
        "http://unitsofmeasure.org", "https://unitsofmeasure.org", "http://unitsofmeasure.org/", "http://www.unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8",
    };

    /// <summary>The value with its reference ranges, or null when there is none.</summary>
    public static LabValue? Of(JsonElement element, string code, string? sourceId, LabUnits units) =>
        Bare(element, code, sourceId, units) is { } value ? FhirRanges.On(FhirInterpretations.On(value, element), element, units) : null;

    /// <summary>A value of this code that is there and means nothing to us.</summary>
    public static LabValue NotUnderstood(string code, string? sourceId, string sent) =>
        new(code, sourceId, null, null, null, null, null, LabWords.Cut(sent, LongestText)) { IsNotUnderstood = true };

    /// <summary>All the words of a concept; its codes when it has none.</summary>
    public static IEnumerable<string> Said(JsonElement concept)
    {
        var words = concept.Items("coding").Select(c => c.Text("display")).Prepend(concept.Text("text")).OfType<string>().ToList();
        return words.Count > 0 ? words : concept.Items("coding").Select(c => c.Text("code")).OfType<string>();
    }

    /// <summary>What was sent as the value, for whoever has to say what it is.</summary>
    public static IEnumerable<string> Sent(JsonElement element) => FhirGiven.Of(element).Select(g => LabWords.Cut(FhirGiven.Shown(g.Value), LongestText));

    private static LabValue? Bare(JsonElement element, string code, string? sourceId, LabUnits units)
    {
        var given = FhirGiven.Of(element);
        var absent = FhirGiven.AbsentReason(element);
        if (given is not [var (name, value)] || (absent is not null && !HasValue(value)))
        {
            return given.Count > 1 ? NotUnderstood(code, sourceId, string.Join("; ", given.Select(g => FhirGiven.Shown(g.Value)))) : FhirGiven.Instead(element, code, sourceId, absent);
        }

        var read = absent is not null ? null : name switch
        {
            "valueQuantity" => Quantity(value, code, sourceId, units),
            "valueInteger" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var whole) ? new LabValue(code, sourceId, whole, null, null, null, null, null) : null,
            "valueString" => value.ValueKind == JsonValueKind.String ? Words(value.GetString()!.Trim(), code, sourceId) : null,
            "valueCodeableConcept" => Concept(value) is { } text ? Words(text, code, sourceId) : null,
            _ => null,
        };
        return read ?? NotUnderstood(code, sourceId, FhirGiven.Shown(value));
    }

    /// <summary>As much of a text as is kept.</summary>
    public static string Cut(string text) => LabWords.Cut(text, LongestText);

    private static bool HasValue(JsonElement value) => value.ValueKind != JsonValueKind.Object || value.Member("value") is not null || value.Items("coding").Any() || value.Text("text") is not null;

    // A sign that FHIR does not have, or a unit that is no text, may say the very opposite.
    private static LabValue? Quantity(JsonElement quantity, string code, string? sourceId, LabUnits units)
    {
        if (((JsonElement?)quantity).Number("value") is not { } number || !IsTextOrAbsent(quantity, "comparator", "unit", "code", "system")
            || (quantity.Text("comparator") is { } sign && !Comparators.Contains(sign, StringComparer.Ordinal)))
        {
            return null;
        }

        var isUcum = quantity.Text("system") is not { } system || Ucum.Contains(system);
        var unit = units.Of(LabKinds.Find(code)?.Name ?? string.Empty, isUcum || quantity.Text("unit") is null ? quantity.Text("code") : null, quantity.Text("unit"));
        return new LabValue(code, sourceId, number, quantity.Text("comparator"), unit, null, null, null);
    }

    private static bool IsTextOrAbsent(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name) is { ValueKind: not JsonValueKind.String })
            {
                return false;
            }
        }

        return true;
    }

    // "> 60" or "7.2 g/dL": many laboratories send numbers as words.
    private static LabValue Words(string text, string code, string? sourceId)
    {
        if (NumberInWords().Match(text) is { Success: true } match
            && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return new LabValue(code, sourceId, number, Sign(match.Groups["comparator"].Value), NullIfEmpty(match.Groups["unit"].Value), null, null, null);
        }

        return new LabValue(code, sourceId, null, null, null, null, null, LabWords.Cut(text, LongestText));
    }

    // All its words; where it has none, what its code means. Words that say the opposite of the code say nothing.
    private static string? Concept(JsonElement concept)
    {
        var texts = concept.Items("coding").Select(c => c.Text("display")).Prepend(concept.Text("text")).OfType<string>().Select(t => t.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var words = texts.Count == 0 ? null : NumberInWords().IsMatch(texts[0]) ? texts[0] : string.Join("; ", texts);
        var meant = concept.Items("coding").Select(c => LabKinds.Meaning(c.Text("system"), c.Text("code"))).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return meant.Count > 1 || (meant is [var only] && Said(concept).Select(LabWords.Positivity).OfType<string>().Any(p => p != only)) ? null
            : words ?? meant.FirstOrDefault() ?? concept.Items("coding").Select(c => c.Text("code")).FirstOrDefault(t => t is not null);
    }

    private static string? Sign(string text) => text switch { "" => null, "≤" => "<=", "≥" => ">=", _ => text };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"^(?<comparator>[<>]=?|[≤≥])?\s*(?<number>\d{1,9}(\.\d{1,6})?)\s*(?<unit>[A-Za-z%/\[µμ][^\s]*( ?m2)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberInWords();
}
