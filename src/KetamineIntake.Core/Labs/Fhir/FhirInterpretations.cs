using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>The laboratory's own reading beside a value. Of two readings the worse counts.</summary>
internal static class FhirInterpretations
{
    private const string Normal = "N";

    // Above the laboratory's own limit, or positive.
    private static readonly string[] High = ["A", "AA", "H", "HH", "HU", ">", "POS", "DET"];

    /// <summary>Every interpretation, in an array as FHIR R4 has it or alone.</summary>
    public static IReadOnlyList<JsonElement> Of(JsonElement element) =>
        element.Member("interpretation") is { ValueKind: JsonValueKind.Object } one ? [one] : [.. element.Items("interpretation")];

    /// <summary>Words of those that say more than that all is normal.</summary>
    public static IEnumerable<string> Abnormal(JsonElement element) =>
        Of(element).Where(c => !IsNormal(c)).Select(c => "interpretation " + string.Join(' ', FhirValues.Said(c).Concat(Codes(c)).Distinct(StringComparer.Ordinal)));

    /// <summary>The value with an interpretation that is worse than its words.</summary>
    public static LabValue On(LabValue value, JsonElement element)
    {
        var abnormal = Abnormal(element).ToList();
        if (abnormal.Count == 0 || value.IsNotUnderstood)
        {
            return value;
        }

        return LabKinds.Find(value.Code)?.Name switch
        {
            LabKinds.Ecg or LabKinds.EcgImpression when value.Text is { } words => value with { Text = FhirValues.Cut($"{words}; {string.Join("; ", abnormal)}") },
            LabKinds.Hcg => Hcg(value, element, abnormal),
            _ => value,
        };
    }

    private static LabValue Hcg(LabValue value, JsonElement element, List<string> abnormal)
    {
        if (value.Number is null && LabWords.Positivity(value.Text) == "positive")
        {
            return value;
        }

        var concepts = Of(element);
        var isPositive = concepts.SelectMany(c => FhirValues.Said(c).Select(LabWords.Positivity).Concat(c.Items("coding").Select(o => LabKinds.Meaning(o.Text("system"), o.Text("code")))))
            .Contains("positive", StringComparer.Ordinal);
        if (isPositive || (value.Number is not null && concepts.SelectMany(Codes).Any(c => High.Contains(c, StringComparer.OrdinalIgnoreCase))))
        {
            return value with { Text = value.Text is { } words ? words + "; positive" : "positive" };
        }

        var isNegative = concepts.All(c => IsNormal(c) || FhirValues.Said(c).All(w => LabWords.Positivity(w) == "negative")
            || (c.Items("coding").Any() && c.Items("coding").All(o => LabKinds.Meaning(o.Text("system"), o.Text("code")) == "negative")));
        return isNegative || value.Text is null ? value
            : FhirValues.NotUnderstood(value.Code, value.SourceId, $"{value.Text}; {string.Join("; ", abnormal)}");
    }

    private static bool IsNormal(JsonElement concept) =>
        Codes(concept).All(c => c == Normal) && Words(concept).All(LabWords.IsPlainNormal) && (Codes(concept).Any() || Words(concept).Any());

    private static IEnumerable<string> Codes(JsonElement concept) => concept.Items("coding").Select(c => c.Text("code")).OfType<string>();

    private static IEnumerable<string> Words(JsonElement concept) => concept.Items("coding").Select(c => c.Text("display")).Append(concept.Text("text")).OfType<string>();
}
