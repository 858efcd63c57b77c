using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Quantities of ours under codes that say something else: a LOINC code that is not listed, whose words name one; and an observation of another test that carries one inside.</summary>
internal static class FhirNamed
{
    private static readonly HashSet<string> NoOthers = new(StringComparer.Ordinal);

    /// <summary>Names of the kinds that it has a value of; empty when it has none.</summary>
    public static IReadOnlyList<string> In(FhirNode node)
    {
        var own = HasValue(node) ? ByWords(node.Json.Member("code")) : [];
        return [.. own.Concat(node.Json.Items("component").SelectMany(Of)).Select(k => k.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Measured kinds that the words of a concept name and do not rule out, whatever its code is.</summary>
    public static IEnumerable<LabKind> ByWords(JsonElement? concept)
    {
        if (concept.Items("coding").Any(c => c.Text("code") is { } code && LabKinds.IsOther(code)))
        {
            return [];
        }

        var words = concept.Items("coding").Select(c => c.Text("display")).Append(concept.Text("text")).OfType<string>().ToList();
        return LabKinds.All.Where(k => k.IsMeasured && words.Exists(k.IsNamedIn) && !words.Exists(k.IsExcludedBy));
    }

    /// <summary>What was sent as its components, each with its name.</summary>
    public static IEnumerable<string> Components(JsonElement element) => element.Items("component").Where(IsGiven)
        .Select(c => $"{string.Join("; ", FhirValues.Said(c.Member("code") ?? default).Distinct(StringComparer.Ordinal))}: {string.Join("; ", FhirValues.Sent(c))}");

    private static IEnumerable<LabKind> Of(JsonElement component) =>
        !IsGiven(component) ? []
        : FhirCodes.Of(component.Member("code"), NoOthers) is { Kind: { IsMeasured: true } kind } ? [kind]
        : ByWords(component.Member("code"));

    private static bool HasValue(FhirNode node) => IsGiven(node.Json) || node.Json.Text("conclusion") is not null || node.Json.Items("conclusionCode").Any();

    private static bool IsGiven(JsonElement element) => FhirGiven.Of(element).Count > 0 || FhirInterpretations.Of(element).Count > 0;
}
