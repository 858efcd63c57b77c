using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>
/// Results that a person, or a line of a file without a number of its own, takes back. Each has to name one that is stored: whoever is told that it worked
/// while the real result still counts will treat a patient on it. A laboratory may take back what has not arrived yet; a person may not.
/// </summary>
/// <param name="Results">What was sent; each that takes something back is now a version of the very result it names.</param>
/// <param name="Taken">Ids of the results named.</param>
/// <param name="Missing">Places in what was sent, from 0, of those that name nothing stored.</param>
internal sealed record LabTakeBacks(IReadOnlyList<LabResult> Results, IReadOnlyList<string> Taken, IReadOnlyList<int> Missing)
{
    public static LabTakeBacks Of(LabCase patient, IReadOnlyList<LabResult> sent, Instant now)
    {
        var stored = patient.Records.ToDictionary(r => r.Record.Id, r => r.Record.Current, StringComparer.Ordinal);
        var (results, taken, missing) = (new List<LabResult>(), new List<string>(), new List<int>());
        foreach (var (result, place) in sent.Select((result, place) => (result, place)))
        {
            if (result is not { TakesBack: true, HasSource: false })
            {
                results.Add(result);
            }
            else if (stored.TryGetValue(result.Id, out var current))
            {
                results.Add(Back(current, result.Status, now));
                taken.Add(result.Id);
            }
            else
            {
                missing.Add(place);
            }
        }

        return new LabTakeBacks(results, taken, missing);
    }

    // What was taken back already stays as it is: asking twice changes nothing.
    private static LabResult Back(LabResult current, LabResultStatus status, Instant now)
    {
        if (current.TakesBack || IsTyped(current))
        {
            return current.TakesBack ? current : current with { Status = status };
        }

        // Issued now, so that it holds against every version up to now, one whose sender's clock is ahead included, and a later correction against it. A sender
        // that dates nothing and names nothing may repeat the same result: the repetition must not bring it back.
        return current with { Status = status, HasSource = true, IsTakenBackHere = true, IssuedAt = current.IssuedAt is { } issued ? Instant.Max(issued, now) : null };
    }

    // Staff may change their mind about what they typed: the last line holds.
    private static bool IsTyped(LabResult result) =>
        result is { Codes: [var test], CollectedOn: { } day } && result.Id == LabResultReader.Typed(test, day, result.Status).Id;
}
