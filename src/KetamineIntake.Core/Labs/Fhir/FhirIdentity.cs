using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What names a resource towards its own sender.</summary>
internal static class FhirIdentity
{
    // Numbers of an order, of a group of orders or of a tube: several results carry the same one (HL7 v2-0203).
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal) { "PLAC", "PGN", "FGN", "ACSN" };

    /// <summary>
    /// Every id that the resource goes by, the best first: a sender may take a result back by another name than it sent it under. Empty when nothing names it.
    /// </summary>
    public static IReadOnlyList<string> Ids(FhirNode node) => [.. Numbers(node).Concat(Address(node) is { } address ? [address] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>What the observation is called inside a report, as <see cref="LabValue.SourceId"/>; null when its sender does not identify it.</summary>
    public static string? SourceOf(FhirNode node) => Ids(node) is { Count: > 0 } ids ? string.Join(' ', ids) : null;

    /// <summary>The resource's own numbers as sent, the best first; which test they are numbers of is not in them.</summary>
    public static IReadOnlyList<string> NumbersOf(FhirNode node) =>
    [
        .. node.Json.Items("identifier").Where(i => i.Text("value") is not null && !Types(i).Any(Shared.Contains))
            .OrderBy(i => Types(i).Contains("FILL", StringComparer.Ordinal) ? 0 : 1).Select(i => $"{node.Type}|{i.Text("system")}|{i.Text("value")}"),
    ];

    /// <summary>The id that one of <see cref="NumbersOf"/> makes with the name of a kind.</summary>
    public static string NumberOf(string number, string kind) => LabIds.Of("lab", $"{number}|{kind}");

    /// <summary>The id that the resource's address makes; null for a contained one, and for one without.</summary>
    public static string? Address(FhirNode node) => node.Container is null && (node.Id ?? node.FullUrl) is { } id ? LabIds.Of("lab", $"{node.Type}/{id}") : null;

    /// <summary>The id that the address of an observation outside the document makes; null for a reference to anything else.</summary>
    public static string? IdOf(JsonElement reference)
    {
        var address = reference.Text("reference")?.Split("/_history/")[0].Split('/').TakeLast(2).ToArray() ?? [];
        return address switch
        {
            ["Observation", var id] => LabIds.Of("lab", "Observation/" + id),
            [var url] when url.StartsWith("urn:", StringComparison.Ordinal) => LabIds.Of("lab", "Observation/" + url),
            _ => null,
        };
    }

    // The filler's number names the result best, then its other numbers. Only together with the test: a number that says nothing about itself may be that of a
    // tube, and what takes the platelets in it back must not take the hemoglobin.
    private static IEnumerable<string> Numbers(FhirNode node) => NumbersOf(node).SelectMany(number => Tests(node).Select(test => NumberOf(number, test)));

    // Other methods of one quantity are one test, because a correction may name another method. What takes back or corrects without a code that we know can be of any.
    private static IEnumerable<string> Tests(FhirNode node)
    {
        var code = node.Json.Member("code");
        var codes = FhirCodes.LoincsOf(code).ToList();
        var isLater = FhirResource.IsTakenBack(node) || FhirResource.IsCorrection(node);
        return codes.Count == 0 && isLater ? LabKinds.All.Select(k => k.Name)
            : codes.Select(c => LabKinds.Find(c)?.Name).FirstOrDefault(name => name is not null) is { } known ? [known]
            // Under a code that is not listed it can be of what its words name.
            : [.. isLater ? FhirNamed.ByWords(code).Select(k => k.Name) : [], codes.FirstOrDefault() ?? string.Empty];
    }

    private static IEnumerable<string> Types(JsonElement identifier) => identifier.Member("type").Items("coding").Select(c => c.Text("code")).OfType<string>();
}
