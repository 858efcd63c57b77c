namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Results that came under a patient and name somebody else.</summary>
internal static class FhirStrangers
{
    private const string Reason = "names somebody else than this patient: kept for staff, who can say whose it is";

    /// <summary>What was read, with every result waiting for staff. What is taken back is taken back, whomever it names: it goes by the names of what is stored.</summary>
    public static FhirLabReading Kept(FhirLabReading reading, FhirDocument document)
    {
        var nodes = document.Nodes.ToDictionary(n => n.Pointer, StringComparer.Ordinal);
        var stays = Enumerable.Range(0, reading.Results.Count).ToLookup(i => reading.Results[i].TakesBack);
        var waiting = stays[false].SelectMany(i => reading.Places[i]).ToHashSet(StringComparer.Ordinal);
        return new FhirLabReading(
            [.. stays[true].Select(i => reading.Results[i])],
            [.. reading.Verdicts.Select(v => waiting.Contains(v.Pointer) ? v with { Outcome = FhirOutcome.Kept, Reason = Reason } : v)])
        {
            Places = [.. stays[true].Select(i => reading.Places[i])],
            Unplaced =
            [
                .. reading.Unplaced.Select(u => (u.What with { Reason = UnplacedReason.AnotherPerson }, u.Place)),
                .. stays[false].Select(i => (What(reading.Results[i], nodes[reading.Places[i][0]]), reading.Places[i][0])),
            ],
        };
    }

    private static UnplacedResult What(LabResult result, FhirNode node) => result.Otherwise is { } otherwise
        ? otherwise with { Reason = UnplacedReason.AnotherPerson }
        : FhirResource.Unplaced(node, UnplacedReason.AnotherPerson, result.CollectedOn, result);
}
