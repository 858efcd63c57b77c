using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What a CodeableConcept says, or why it says nothing that we can use.</summary>
/// <param name="IsContradictory">It names a test of ours, and another one too: whatever it is, it is not to be passed over.</param>
/// <param name="IsForeign">It has a LOINC code, and that of no test of ours.</param>
internal readonly record struct FhirCode(string? Code, LabKind? Kind, string? Fault, bool IsContradictory = false, bool IsForeign = false)
{
    /// <summary>Codes of ours that stand there, of what contradicts itself.</summary>
    public IReadOnlyList<string> Claimed { get; init; } = [];

    /// <summary>Nothing but the laboratory's own code or words: what it is, a person has to say.</summary>
    public bool IsLocal => Code is null && !IsContradictory && !IsForeign;

    public static FhirCode Faulty(string fault) => new(null, null, fault);

    public static FhirCode Contradictory(string fault, IEnumerable<string> claimed) =>
        new(null, null, fault, IsContradictory: true) { Claimed = [.. claimed.Distinct(StringComparer.Ordinal)] };
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

        var loinc = there.Items("coding").Where(IsLoinc).ToList();
        var ours = loinc.Where(c => wanted.Contains(c.Text("code")!) || LabKinds.Find(c.Text("code")!) is not null).ToList();
        var kinds = ours.Select(c => LabKinds.Find(c.Text("code")!)).Distinct().ToList();
        if (Misplaced(there, kinds) is { Count: > 0 } misplaced)
        {
            return FhirCode.Contradictory("has a LOINC code under a system that is not LOINC's", misplaced.Concat(ours.Select(c => c.Text("code")!)));
        }

        if (loinc.Count == 0)
        {
            return FhirCode.Faulty("has no LOINC code among its codings");
        }

        if (ours.Count == 0)
        {
            return new FhirCode(null, null, "has no code of a required test", IsForeign: true);
        }

        if (kinds.Count > 1)
        {
            return FhirCode.Contradictory("has codes of different tests", ours.Select(c => c.Text("code")!));
        }

        // Of several codes of one quantity the one that a requirement names.
        var code = ours.Select(c => c.Text("code")!).OrderBy(c => wanted.Contains(c) ? 0 : 1).First();
        return Check(code, kinds[0], ours.Select(c => c.Text("display")).Append(there.Text("text")));
    }

    /// <summary>The first LOINC code, whether or not we know it; null when there is none.</summary>
    public static string? LoincOf(JsonElement? concept) => LoincsOf(concept).FirstOrDefault();

    /// <summary>All LOINC codes, whether or not we know them.</summary>
    public static IEnumerable<string> LoincsOf(JsonElement? concept) => concept.Items("coding").Where(IsLoinc).Select(c => c.Text("code")!);

    private static bool IsLoinc(JsonElement coding) => coding.Text("system") is { } system && Loinc.Contains(system) && coding.Text("code") is not null;

    // A laboratory may use LOINC's codes as its own, beside the same in LOINC; alone they are somebody's mistake about the system or about the code.
    private static List<string> Misplaced(JsonElement concept, List<LabKind?> kinds) =>
    [
        .. concept.Items("coding").Where(c => c.Text("system") is not null && !IsLoinc(c)).Select(c => c.Text("code")).OfType<string>()
            .Where(code => LabKinds.Find(code) is { } kind && !kinds.Contains(kind)),
    ];

    private static FhirCode Check(string code, LabKind? kind, IEnumerable<string?> words)
    {
        foreach (var said in words.OfType<string>())
        {
            if (kind is not null && LabKinds.Contradiction(kind, said) is { } other)
            {
                return FhirCode.Contradictory($"has code {code} ({kind.Name}) but words that name {(other.StartsWith("something", StringComparison.Ordinal) ? other : "the " + other)}: one of them is wrong", [code]);
            }
        }

        return new FhirCode(code, kind, null);
    }
}
