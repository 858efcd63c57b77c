using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs.Fhir;

namespace KetamineIntake.Core.Labs;

/// <summary>What became of a document.</summary>
/// <param name="Verdicts">One for each resource, in document order.</param>
/// <param name="View">Null when nothing was stored or known.</param>
public sealed record AddedReports(int New, int Known, LabView? View, IReadOnlyList<FhirVerdict> Verdicts);

/// <summary>Stores what was read of a document, some reports to a commit: one that cannot be stored costs no other. Sent again it changes nothing.</summary>
public sealed class AddLabReports(AddLabResults add)
{
    /// <summary>Resources of one document.</summary>
    public const int MostResources = 1000;

    // Leaves room for what a report takes back with it.
    private const int PerCommit = 40;

    private const string Taken = "goes by the identifier or id of another result of this patient: each needs its own";

    /// <summary>Null when the clinic has no such patient.</summary>
    public async Task<AddedReports?> RunAsync(ClinicContext clinic, string patientId, FhirLabReading reading, string by, CancellationToken cancellation)
    {
        var run = new Run(reading);
        // In one commit a document's order does not matter. Over several, and where each goes by itself, what takes back goes behind what it takes back, and what has to be placed goes last.
        var order = Enumerable.Range(0, reading.Results.Count).OrderBy(i => Turn(reading.Results[i]));
        foreach (var (some, unplaced) in Portions([.. order], reading.Unplaced))
        {
            if (!await StoreAsync(some, unplaced))
            {
                return null;
            }
        }

        return run.Outcome();

        async Task<bool> StoreAsync(IReadOnlyList<int> some, IReadOnlyList<UnplacedResult> unplaced)
        {
            switch (await add.RunAsync(clinic, patientId, [.. some.Select(i => reading.Results[i])], by, cancellation, unplaced))
            {
                case AddLabResultsOutcome.Added added:
                    run.Note(some, added);
                    return true;
                case AddLabResultsOutcome.NotFound:
                    return false;
                case AddLabResultsOutcome.TooMany when some.Count == 1:
                    run.Refuse(some[0], $"changes more than {AddLabResults.Maximum} results");
                    return true;
                case not null when some.Count == 1:
                    run.Refuse(some[0], Taken);
                    return true;
            }

            // One of them is at fault: each by itself.
            foreach (var one in some)
            {
                await StoreAsync([one], []);
            }

            return true;
        }
    }

    private static IEnumerable<(IReadOnlyList<int> Some, IReadOnlyList<UnplacedResult> Unplaced)> Portions(
        IReadOnlyList<int> order, IReadOnlyList<(UnplacedResult What, string Place)> unplaced)
    {
        foreach (var some in order.Chunk(PerCommit))
        {
            yield return (some, []);
        }

        foreach (var some in unplaced.Select(u => u.What).Chunk(PerCommit))
        {
            yield return ([], some);
        }
    }

    private static int Turn(LabResult result) => result.Otherwise is not null ? 2 : result.TakesBack ? 1 : 0;

    private sealed class Run(FhirLabReading reading)
    {
        private readonly Dictionary<string, FhirVerdict> verdicts = reading.Verdicts.GroupBy(v => v.Pointer, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        private int isNew;
        private int known;
        private LabView? view;

        public void Note(IReadOnlyList<int> some, AddLabResultsOutcome.Added added)
        {
            isNew += added.New;
            known += added.Known;
            view = added.View;
            foreach (var place in added.Unplaced.SelectMany(p => reading.Places[some[p]]))
            {
                verdicts[place] = verdicts[place] with { Outcome = FhirOutcome.Kept, Reason = "corrects something, and not exactly one stored result goes by its names: kept for staff" };
            }
        }

        public void Refuse(int result, string reason)
        {
            foreach (var (place, index) in reading.Places[result].Select((place, index) => (place, index)))
            {
                verdicts[place] = verdicts[place] with { Outcome = FhirOutcome.Refused, Reason = index == 0 ? reason : "is part of a result that is refused" };
            }
        }

        public AddedReports Outcome() => new(isNew, known, view, [.. reading.Verdicts.Select(v => verdicts[v.Pointer])]);
    }
}
