using System.Text.Json;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>One resource of a document and where it stands.</summary>
/// <param name="FullUrl">Of its entry, else null.</param>
/// <param name="Container">The resource that contains this one, else null.</param>
internal sealed record FhirNode(string Pointer, JsonElement Json, string? FullUrl, JsonElement? Entry, FhirNode? Container)
{
    public string Type { get; } = Json.Text("resourceType") ?? "unknown";

    public string? Id { get; } = Json.Text("id");
}

/// <summary>The resources of a Bundle or of a single resource, contained ones included, and what refers to what.</summary>
internal sealed class FhirDocument
{
    private readonly Dictionary<string, FhirNode> byUrl = new(StringComparer.Ordinal);

    public FhirDocument(JsonElement root)
    {
        var nodes = new List<FhirNode>();
        var isBundle = root.Text("resourceType") == "Bundle";
        foreach (var (pointer, resource, entry) in isBundle ? Entries(root) : [("", root, (JsonElement?)null)])
        {
            Add(new FhirNode(pointer, resource, entry.Text("fullUrl"), entry, null), nodes);
        }

        Nodes = nodes;
    }

    /// <summary>In document order; a resource stands before those that it contains.</summary>
    public IReadOnlyList<FhirNode> Nodes { get; }

    /// <summary>The resource that a Reference means, when it is in this document.</summary>
    public FhirNode? Resolve(JsonElement reference, FhirNode from)
    {
        if (reference.Text("reference") is not { } url)
        {
            return null;
        }

        return url.StartsWith('#') ? byUrl.GetValueOrDefault((from.Container ?? from).Pointer + url) : byUrl.GetValueOrDefault(url) ?? ByTail(url);
    }

    private static IEnumerable<(string Pointer, JsonElement Resource, JsonElement? Entry)> Entries(JsonElement bundle)
    {
        if (bundle.Member("entry") is not { ValueKind: JsonValueKind.Array } entries)
        {
            yield break;
        }

        var index = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            var pointer = JsonPointer.Append(JsonPointer.Append("/entry", index++), "resource");
            if (entry.Member("resource") is { ValueKind: JsonValueKind.Object } resource)
            {
                yield return (pointer, resource, entry);
            }
        }
    }

    private void Add(FhirNode node, List<FhirNode> nodes)
    {
        nodes.Add(node);
        // Of two resources under one name the first is meant: an impostor further down changes nothing.
        byUrl.TryAdd(node.FullUrl ?? node.Pointer, node);
        if (node.Id is { } id)
        {
            byUrl.TryAdd($"{node.Type}/{id}", node);
        }

        var index = 0;
        foreach (var contained in node.Json.Items("contained"))
        {
            var inner = new FhirNode(JsonPointer.Append(JsonPointer.Append(node.Pointer, "contained"), index++), contained, null, null, node);
            nodes.Add(inner);
            byUrl.TryAdd($"{node.Pointer}#{inner.Id}", inner);
        }
    }

    // http://server/base/Observation/1 and Observation/1/_history/2 mean Observation/1.
    private FhirNode? ByTail(string url)
    {
        var parts = url.Split("/_history/")[0].Split('/');
        return parts.Length >= 2 ? byUrl.GetValueOrDefault($"{parts[^2]}/{parts[^1]}") : null;
    }
}
