using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>The observations that a report or a panel carries.</summary>
internal static class FhirMembers
{
    /// <summary>Those in this document. Panels nest; a reference that leads back is followed once, and what a part takes back with it is not followed at all.</summary>
    public static List<FhirNode> Of(FhirNode node, FhirDocument document)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { node.Pointer };
        var parts = new List<FhirNode>();
        var open = new Queue<FhirNode>([node]);
        while (open.TryDequeue(out var current))
        {
            foreach (var part in References(current).Select(r => document.Resolve(r, current)))
            {
                if (part is not { Type: "Observation" } || !seen.Add(part.Pointer))
                {
                    continue;
                }

                parts.Add(part);
                if (!FhirResource.IsTakenBack(part))
                {
                    open.Enqueue(part);
                }
            }
        }

        return parts;
    }

    /// <summary>Ids of those that it names and that are not in this document; null when there are none.</summary>
    public static IReadOnlyList<string>? Absent(FhirNode node, FhirDocument document) =>
        References(node).Where(r => document.Resolve(r, node) is null).Select(FhirIdentity.IdOf).OfType<string>().ToList() is { Count: > 0 } absent ? absent : null;

    private static IEnumerable<JsonElement> References(FhirNode node) => node.Json.Items("result").Concat(node.Json.Items("hasMember"));
}
