using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What names a resource towards its own sender.</summary>
internal static class FhirIdentity
{
    // Numbers of an order, of a group of orders or of a tube: several results carry the same one (HL7 v2-0203).
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal) { "PLAC", "PGN", "FGN", "ACSN" };

    private const string Observation = "Observation";

    /// <summary>Null when nothing names it.</summary>
    public static string? Of(FhirNode node) => All(node).FirstOrDefault();

    /// <summary>What the observation is called inside a report, as <see cref="LabValue.SourceId"/>; null when its sender does not identify it.</summary>
    public static string? SourceOf(FhirNode node) => Ids(node) is { Count: > 0 } ids ? string.Join(' ', ids) : null;

    /// <summary>Every id that the resource goes by: a sender may take a result back by another name than it sent it under.</summary>
    public static IReadOnlyList<string> Ids(FhirNode node) => [.. All(node).Select(identity => LabIds.Of("lab", identity)).Distinct(StringComparer.Ordinal)];

    /// <summary>The id that the address of an observation outside the document makes; null for a reference to anything else.</summary>
    public static string? IdOf(JsonElement reference)
    {
        var address = reference.Text("reference")?.Split("/_history/")[0].Split('/').TakeLast(2).ToArray() ?? [];
        return address switch
        {
            [Observation, var id] => LabIds.Of("lab", $"{Observation}/{id}"),
            [var url] when url.StartsWith("urn:", StringComparison.Ordinal) => LabIds.Of("lab", $"{Observation}/{url}"),
            _ => null,
        };
    }

    // The filler's number names the result best, then its other numbers, then its address.
    private static IEnumerable<string> All(FhirNode node)
    {
        var identifiers = node.Json.Items("identifier").Where(i => i.Text("value") is not null && !Types(i).Any(Shared.Contains));
        foreach (var identifier in identifiers.OrderBy(i => Types(i).Contains("FILL", StringComparer.Ordinal) ? 0 : 1))
        {
            yield return $"{node.Type}|{identifier.Text("system")}|{identifier.Text("value")}";
        }

        if (node.Container is null && (node.Id ?? node.FullUrl) is { } id)
        {
            yield return $"{node.Type}/{id}";
        }
    }

    private static IEnumerable<string> Types(JsonElement identifier) => identifier.Member("type").Items("coding").Select(c => c.Text("code")).OfType<string>();
}
