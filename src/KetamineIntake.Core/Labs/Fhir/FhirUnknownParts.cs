using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Parts of a panel that are ours by their words ("Hgb", or 718-7 without a system) and not by a code that we know: a person has to say what they are.</summary>
internal static class FhirUnknownParts
{
    /// <summary>What was read of a panel, and each such part as a value that is not understood.</summary>
    /// <param name="elements">Parts and components that may count, each with its own names.</param>
    public static IEnumerable<FhirPart> With(IReadOnlyList<FhirPart> read, IEnumerable<(JsonElement Json, string? SourceId)> elements, IReadOnlySet<string> wanted)
    {
        var known = read.Select(p => p.Value is { } value ? LabKinds.Find(value.Code) : null).OfType<LabKind>().ToHashSet();
        return read.Concat(
            from element in elements
            where FhirCodes.Of(element.Json.Member("code"), wanted) is { Code: null, IsContradictory: false } && FhirGiven.Of(element.Json).Count > 0
            let kind = Kind(element.Json.Member("code") ?? default, known)
            where kind is not null
            select new FhirPart(false, FhirValues.NotUnderstood(kind.Codes[0], element.SourceId, Shown(element.Json))));
    }

    // By its words only where nothing else of the panel is that quantity: platelets have a volume, and neutrophils are counted by 100 white cells.
    private static LabKind? Kind(JsonElement code, HashSet<LabKind> known)
    {
        var kind = code.Items("coding").Where(c => c.Text("system") is null).Select(c => c.Text("code")).OfType<string>().Select(LabKinds.Find).FirstOrDefault(k => k is { IsMeasured: true });
        return kind ?? FhirNamed.ByWords(code).FirstOrDefault(k => !known.Contains(k));
    }

    private static string Shown(JsonElement element) =>
        $"{string.Join("; ", FhirValues.Said(element.Member("code") ?? default).Distinct(StringComparer.Ordinal))}: {string.Join("; ", FhirValues.Sent(element))}";
}
