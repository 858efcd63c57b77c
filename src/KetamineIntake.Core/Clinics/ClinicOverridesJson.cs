using System.Text.Json;
using System.Text.Json.Serialization;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Clinics;

/// <summary>Overrides as a clinician writes them in a file.</summary>
public static class ClinicOverridesJson
{
    /// <exception cref="JsonException">Not JSON of this shape; unknown members are refused.</exception>
    public static ClinicOverrides Read(ReadOnlySpan<byte> json)
    {
        var read = JsonSerializer.Deserialize(json, OverridesContext.Default.ClinicOverrides) ?? throw new JsonException("The file is empty.");

        // The serializer lets null through inside a list.
        IEnumerable<object?> entries = [.. read.Severities, .. read.Parameters, .. read.Indications ?? []];
        return entries.All(e => e is not null) ? read : throw new JsonException("A list holds null.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(LocalTimeJson)])]
[JsonSerializable(typeof(ClinicOverrides))]
[JsonSerializable(typeof(ClinicVisits))]
internal sealed partial class OverridesContext : JsonSerializerContext;
