using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Which value[x] an element has, of any type, and what stands where it has none.</summary>
internal static class FhirGiven
{
    // There is something, and it is not here. Every other reason says that nothing was measured.
    private static readonly HashSet<string> Withheld = new(StringComparer.Ordinal)
    {
        "as-text", "masked", "unsupported", "not-permitted", "error", "not-a-number", "NaN", "negative-infinity", "positive-infinity",
    };

    /// <summary>Every value[x] by name; FHIR allows one.</summary>
    public static List<(string Name, JsonElement Value)> Of(JsonElement element) => element.ValueKind != JsonValueKind.Object ? [] :
    [
        .. element.EnumerateObject()
            .Where(m => m.Name.Length > 5 && m.Name.StartsWith("value", StringComparison.Ordinal) && char.IsAsciiLetterUpper(m.Name[5]) && !IsNothing(m.Value))
            .Select(m => (m.Name, m.Value)),
    ];

    /// <summary>As a person would read it; anything that is no plain value as it was written.</summary>
    public static string Shown(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.String } => value.GetString()!.Trim(),
        { ValueKind: JsonValueKind.Object } when value.Member("value") is { } number =>
            string.Join(' ', new[] { value.Text("comparator"), number.ToString(), value.Text("unit") ?? value.Text("code") }.OfType<string>()),
        { ValueKind: JsonValueKind.Object } when FhirValues.Said(value).FirstOrDefault() is { } words => words,
        _ => value.GetRawText(),
    };

    /// <summary>Code of the reason why there is no value; null when none is given.</summary>
    public static string? AbsentReason(JsonElement element) => element.Member("dataAbsentReason") is not { } reason ? null
        : reason.Items("coding").Select(c => c.Text("code")).FirstOrDefault(c => c is not null) ?? reason.Text("text") ?? "unknown";

    /// <summary>
    /// What an element without a value says all the same: an interpretation, or a reason that means that there is a value. Null when it says that nothing was measured. An
    /// interpretation of a whole panel is none of a value.
    /// </summary>
    public static LabValue? Instead(JsonElement element, string code, string? sourceId, string? absent)
    {
        var isPanel = element.Items("component").Any() || element.Items("hasMember").Any() || element.Items("result").Any();
        var concepts = FhirInterpretations.Of(element);
        if (!isPanel && LabKinds.Find(code) is { } kind && (kind.IsMeasured || kind.Name == LabKinds.Ecg) && concepts.Count > 0)
        {
            var meant = concepts.SelectMany(c => c.Items("coding")).Select(c => LabKinds.Meaning(c.Text("system"), c.Text("code"))).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            return kind.Name == LabKinds.Hcg && absent is null && meant is [var only]
                ? new LabValue(code, sourceId, null, null, null, null, null, only)
                : FhirValues.NotUnderstood(code, sourceId, string.Join("; ", concepts.SelectMany(FhirValues.Said)));
        }

        return absent is not null && Withheld.Contains(absent) ? FhirValues.NotUnderstood(code, sourceId, absent) : null;
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));
}
