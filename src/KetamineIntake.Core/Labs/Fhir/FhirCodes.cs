using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What a CodeableConcept says, or why it says nothing that we can use.</summary>
/// <param name="IsContradictory">It names a test of ours, and another one too: whatever it is, it is not to be passed over.</param>
/// <param name="IsForeign">It has a LOINC code, and that of no test of ours.</param>
internal readonly record struct FhirCode(string? Code, LabKind? Kind, string? Fault, bool IsContradictory = false, bool IsForeign = false)
{
    public static FhirCode Faulty(string fault, bool isContradictory = false) => new(null, null, fault, isContradictory);
}

/// <summary>Finds the LOINC code among the codings, and checks it against the words beside it.</summary>
internal static class FhirCodes
{
    private static readonly HashSet<string> Loinc = new(StringComparer.OrdinalIgnoreCase)
    {
        "http://loinc.org", "https://loinc.org", "http://loinc.org/", "https://loinc.org/", "http://www.loinc.org", "urn:oid:2.16.840.1.113883.6.1",
    };

    /// <param name="wanted">Codes of the protocol's requirements besides those that we know by words.</param>
    public static FhirCode Of(JsonElement? concept, IReadOnlySet<string> wanted)
    {
        if (concept is not { ValueKind: JsonValueKind.Object } there)
        {
            return FhirCode.Faulty("has no code");
        }

        var loinc = there.Items("coding").Where(c => c.Text("system") is { } system && Loinc.Contains(system) && c.Text("code") is not null).ToList();
        if (loinc.Count == 0)
        {
            return FhirCode.Faulty("has no LOINC code among its codings");
        }

        var ours = loinc.Where(c => wanted.Contains(c.Text("code")!) || LabKinds.Find(c.Text("code")!) is not null).ToList();
        if (ours.Count == 0)
        {
            return new FhirCode(null, null, "has no code of a required test", IsForeign: true);
        }

        var kinds = ours.Select(c => LabKinds.Find(c.Text("code")!)).Distinct().ToList();
        if (kinds.Count > 1)
        {
            return FhirCode.Faulty("has codes of different tests", isContradictory: true);
        }

        // Of several codes of one quantity the one that a requirement names.
        var code = ours.Select(c => c.Text("code")!).OrderBy(c => wanted.Contains(c) ? 0 : 1).First();
        return Check(code, kinds[0], ours.Select(c => c.Text("display")).Append(there.Text("text")));
    }

    /// <summary>The first LOINC code, whether or not we know it; null when there is none.</summary>
    public static string? LoincOf(JsonElement? concept) => LoincsOf(concept).FirstOrDefault();

    /// <summary>All LOINC codes, whether or not we know them.</summary>
    public static IEnumerable<string> LoincsOf(JsonElement? concept) =>
        concept.Items("coding").Where(c => c.Text("system") is { } system && Loinc.Contains(system)).Select(c => c.Text("code")).OfType<string>();

    private static FhirCode Check(string code, LabKind? kind, IEnumerable<string?> words)
    {
        foreach (var said in words.OfType<string>())
        {
            if (kind is not null && LabKinds.Contradiction(kind, said) is { } other)
            {
                return FhirCode.Faulty($"has code {code} ({kind.Name}) but words that name the {other.Name}: one of them is wrong", isContradictory: true);
            }
        }

        return new FhirCode(code, kind, null);
    }
}
