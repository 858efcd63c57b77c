using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Reads members of FHIR JSON without ever failing on a wrong type: what is not as it should be is not there.</summary>
internal static class FhirElements
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element is { } there ? there.Member(name) : null;

    /// <summary>Never blank.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is var text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public static string? Text(this JsonElement? element, string name) => element is { } there ? there.Text(name) : null;

    /// <summary>The objects of an array; nothing when it is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element is { } there ? there.Items(name) : [];

    public static decimal? Number(this JsonElement? element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;
}
