using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What became of results that came in.</summary>
public abstract record AddLabResultsOutcome
{
    private AddLabResultsOutcome()
    {
    }

    /// <summary>Stored and judged, durable.</summary>
    /// <param name="New">Results that brought something new; the others were known.</param>
    public sealed record Added(int New, int Known, LabView View) : AddLabResultsOutcome
    {
        /// <summary>Places of corrections that nothing stored places, from 0, in what was sent: they are kept for staff.</summary>
        public IReadOnlyCollection<int> Unplaced { get; init; } = [];
    }

    /// <summary>This clinic has no such patient.</summary>
    public sealed record NotFound : AddLabResultsOutcome;

    /// <summary>A result goes by the name (identifier, id) of another one that is stored for this patient; nothing was stored.</summary>
    public sealed record NameTaken : AddLabResultsOutcome;

    /// <summary>Something is to be taken back that is not stored for this patient; nothing was stored.</summary>
    /// <param name="Places">Of the results that name nothing, from 0, in what was sent.</param>
    public sealed record NothingToTakeBack(IReadOnlyList<int> Places) : AddLabResultsOutcome;

    /// <summary>More than one commit can take; nothing was stored.</summary>
    public sealed record TooMany(int Maximum) : AddLabResultsOutcome;
}

/// <summary>Stores results and judges the patient again, in one commit.</summary>
public sealed class AddLabResults(IClock clock)
{
    /// <summary>Leaves room in the commit for flags, index rows, texts and the ledger.</summary>
    public const int Maximum = 60;

    private const int Attempts = 5;

    /// <summary>All results or none. Sending the same again changes nothing, so a caller that did not hear the answer may repeat itself.</summary>
    /// <param name="results">
    /// In any order, several versions of one result included. One that takes back and has no source names a stored result by its id alone
    /// (<see cref="LabResultReader.Read"/>): its other members are those of the result it takes back.
    /// </param>
    /// <param name="by">Id of the staff key, or "import".</param>
    /// <param name="unplaced">Results of the same document that a person has to match; null: none.</param>
    /// <param name="placing">Id of the one that waits and that a person says this is: who says so closes it. Null: none.</param>
    /// <exception cref="RecordStoreException">The store could not answer, or others kept changing the same patient.</exception>
    public async Task<AddLabResultsOutcome> RunAsync(
        ClinicContext clinic, string patientId, IReadOnlyList<LabResult> results, string by, CancellationToken cancellation, IReadOnlyList<UnplacedResult>? unplaced = null, string? placing = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await LabCase.LoadAsync(clinic, patientId, cancellation) is not { } patient)
            {
                return new AddLabResultsOutcome.NotFound();
            }

            var now = clock.GetCurrentInstant();
            var corrections = LabCorrections.Of(patient, results);
            var back = LabTakeBacks.Of(patient, corrections.Results, now);
            var fold = LabFold.Of(patient, back.Results, now, by == Import.ImportLabs.By);
            var fresh = await UnplacedLabs.NewAsync(clinic.Records, patient, [.. unplaced ?? [], .. corrections.Unplaced.Values], now, cancellation);
            var early = fresh.Select(u => SettledLab.Before(patient, corrections.Results, u)).OfType<SettledLab>().ToList();
            var waiting = fresh.Except(early.Select(s => s.Waiting)).ToList();
            IReadOnlyList<SettledLab> gone = [.. early, .. SettledLab.Of(patient, corrections.Results).Where(s => s.Waiting.What.Id != placing)];
            if (Refusal(back, fold, waiting.Count + (2 * gone.Count)) is { } refusal)
            {
                return refusal;
            }

            patient = patient with { Unplaced = [.. patient.Unplaced.Except(gone.Select(s => s.Waiting)), .. waiting] };
            var review = LabReview.Decide(clinic, patient, fold.Current, now);
            var added = new AddLabResultsOutcome.Added(fold.New, corrections.Results.Count - fold.New, LabView.Of(review, fold.Current)) { Unplaced = [.. corrections.Unplaced.Keys] };
            if (fold.Changed.Count == 0 && waiting.Count == 0 && gone.Count == 0)
            {
                return added;
            }

            var changes = await review.ChangesAsync(clinic, null, now, cancellation);
            changes.AddRange(fold.Changes());
            changes.AddRange(UnplacedLabs.Inserts(waiting, patient.Patient, now));
            changes.AddRange(await UnplacedLabs.ClosingsAsync(clinic.Records, gone, by, now, cancellation));
            Touch(changes, review);
            changes.AddRange(Audited(back, patientId).Select(a => new AuditEntry(now, by, a.Action, a.Subject).ToChange()));
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                review.Count();
                return added;
            }
        }

        throw RecordStoreException.Contended("The laboratory tests of one patient were changed by others at the same time, again and again.");
    }

    /// <summary>What <see cref="RunAsync"/> would answer to an import, of what is stored now; stores nothing.</summary>
    public async Task<AddLabResultsOutcome> TryAsync(ClinicContext clinic, string patientId, IReadOnlyList<LabResult> results, CancellationToken cancellation)
    {
        if (await LabCase.LoadAsync(clinic, patientId, cancellation) is not { } patient)
        {
            return new AddLabResultsOutcome.NotFound();
        }

        var now = clock.GetCurrentInstant();
        var back = LabTakeBacks.Of(patient, results, now);
        var fold = LabFold.Of(patient, back.Results, now, isImport: true);
        return Refusal(back, fold, 0)
            ?? new AddLabResultsOutcome.Added(fold.New, results.Count - fold.New, LabView.Of(LabReview.Decide(clinic, patient, fold.Current, now), fold.Current));
    }

    private static AddLabResultsOutcome? Refusal(LabTakeBacks back, LabFold fold, int waiting) =>
        back.Missing.Count > 0 ? new AddLabResultsOutcome.NothingToTakeBack(back.Missing)
        : fold.HasStranger ? new AddLabResultsOutcome.NameTaken()
        : fold.Changed.Count + back.Taken.Count + waiting > Maximum ? new AddLabResultsOutcome.TooMany(Maximum)
        : null;

    // Each result that a person takes back is named: nobody asks later which one it was.
    private static IEnumerable<(string Action, string Subject)> Audited(LabTakeBacks back, string patientId)
    {
        var taken = back.Taken.Select(id => ("labs.take-back", Rows.Lab(patientId, id)));
        return back.Taken.Count == back.Results.Count ? taken : taken.Prepend(("labs.add", Rows.LabLedger(patientId)));
    }

    // The ledger is written even when it says what it said: its ETag is what keeps two writers apart.
    internal static void Touch(List<Change> changes, LabReview review)
    {
        var row = review.Case.LedgerRow;
        if (row is not null && !changes.Exists(c => c.Key == row.Key))
        {
            changes.Add(new Change.Replace(row.Key, RecordJson.Write(review.Ledger), row.ETag));
        }
    }
}
