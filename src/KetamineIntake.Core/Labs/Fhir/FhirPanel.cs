using System.Text.Json;
using NodaTime;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What a resource attests, with its parts.</summary>
/// <param name="Values">Each with the day that it says of itself; null when it says none.</param>
/// <param name="Oldest">Day of the oldest part that counts; null when no part has a date of its own.</param>
/// <param name="Fault">Why it attests nothing; else null.</param>
internal sealed record FhirPanel(IReadOnlyList<string> Codes, IReadOnlyList<LabValue> Values, LocalDate? Oldest, string? Fault)
{
    /// <summary>
    /// A panel attests its own code and those of its parts. When a part that we know was not done (cancelled, preliminary, no value), the panel attests only
    /// the parts that were: a metabolic panel whose AST failed is no liver test.
    /// </summary>
    public static FhirPanel Of(FhirNode node, IReadOnlyList<FhirNode> parts, FhirCode code, IReadOnlySet<string> wanted, FhirDocument document, FhirLabContext context)
    {
        var values = new List<LabValue>();
        var days = new List<LocalDate>();
        var whole = Own(node, code, values);
        foreach (var part in Parts(node.Json, parts, wanted))
        {
            whole &= part.IsDone;
            if (part.Value is null)
            {
                continue;
            }

            var own = part.Node is { } partNode ? FhirDates.Of(partNode.Json, FhirResource.Specimens(partNode, document), context.Zone).Day : null;
            values.Add(part.Value with { Day = own });
            if (own is { } day)
            {
                days.Add(day);
            }
        }

        var codes = values.Select(v => v.Code).Where(c => wanted.Contains(c) || LabKinds.Find(c) is not null).Prepend(whole ? code.Code! : string.Empty).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return codes.Count == 0
            ? new FhirPanel([], [], null, code.Kind is { IsMeasured: true } ? "has no value" : "has no part that was done")
            : new FhirPanel(codes, values, days.Count == 0 ? null : days.Min(), null);
    }

    // Whether the resource attests its own code: a measured quantity only with a value, anything else unless it says that the data is absent.
    private static bool Own(FhirNode node, FhirCode code, List<LabValue> values)
    {
        var value = FhirValues.Of(node.Json, code.Code!, null) ?? Conclusion(node, code);
        if (value is not null)
        {
            values.Add(value);
        }

        return value is not null || (code.Kind is not { IsMeasured: true } && node.Json.Member("dataAbsentReason") is null);
    }

    private static LabValue? Conclusion(FhirNode node, FhirCode code) =>
        node.Json.Text("conclusion") is { } text && code.Kind is { Name: LabKinds.Ecg or LabKinds.EcgImpression }
            ? new LabValue(code.Code!, null, null, null, null, null, null, text)
            : null;

    // Parts whose codes we do not know attest nothing and date nothing; their values are kept for whoever reads the panel.
    private static IEnumerable<(bool IsDone, LabValue? Value, FhirNode? Node)> Parts(JsonElement json, IReadOnlyList<FhirNode> parts, IReadOnlySet<string> wanted)
    {
        foreach (var node in parts)
        {
            var code = FhirCodes.Of(node.Json.Member("code"), wanted);
            if (code.Code is null)
            {
                yield return (!code.IsContradictory, code.IsContradictory ? null : Other(node), null);
                continue;
            }

            var counts = Counts(node);
            var value = counts ? FhirValues.Of(node.Json, code.Code, FhirIdentity.SourceOf(node)) : null;
            // A panel inside a panel has no value of its own.
            yield return (value is not null || (counts && code.Kind is not { IsMeasured: true } && node.Json.Member("dataAbsentReason") is null), value, node);
        }

        foreach (var component in json.Items("component"))
        {
            if (FhirCodes.Of(component.Member("code"), wanted) is { Code: { } code })
            {
                var value = FhirValues.Of(component, code, null);
                yield return (value is not null, value, null);
            }
        }
    }

    private static LabValue? Other(FhirNode part) =>
        Counts(part) && FhirCodes.LoincOf(part.Json.Member("code")) is { } code ? FhirValues.Of(part.Json, code, FhirIdentity.SourceOf(part)) : null;

    internal static bool Counts(FhirNode part) =>
        FhirResource.StatusOf(part.Json.Text("status")) is LabResultStatus.Final or LabResultStatus.Amended or LabResultStatus.Corrected
        && !part.Json.Items("modifierExtension").Any();
}
