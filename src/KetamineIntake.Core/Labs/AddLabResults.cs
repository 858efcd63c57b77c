using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
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
    public sealed record Added(int New, int Known, LabView View) : AddLabResultsOutcome;

    /// <summary>This clinic has no such patient.</summary>
    public sealed record NotFound : AddLabResultsOutcome;

    /// <summary>More than one commit can take; nothing was stored.</summary>
    public sealed record TooMany(int Maximum) : AddLabResultsOutcome;
}

/// <summary>Stores results and judges the patient again, in one commit.</summary>
public sealed class AddLabResults(IClock clock)
{
    /// <summary>Leaves room in the commit for flags, index rows, texts and the ledger.</summary>
    public const int Maximum = 60;

    private const int Attempts = 5;

    /// <param name="by">Id of the staff key, or "import".</param>
    /// <exception cref="RecordStoreException">The store could not answer, or others kept changing the same patient.</exception>
    public async Task<AddLabResultsOutcome> RunAsync(
        ClinicContext clinic, string patientId, IReadOnlyList<LabResult> results, string by, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await LabCase.LoadAsync(clinic, patientId, cancellation) is not { } patient)
            {
                return new AddLabResultsOutcome.NotFound();
            }

            var now = clock.GetCurrentInstant();
            var fold = LabFold.Of(patient, results, now);
            if (fold.Changed.Count > Maximum)
            {
                return new AddLabResultsOutcome.TooMany(Maximum);
            }

            var review = LabReview.Decide(clinic, patient, fold.Current, now);
            var added = new AddLabResultsOutcome.Added(fold.New, results.Count - fold.New, LabView.Of(review, fold.Current));
            if (fold.Changed.Count == 0)
            {
                return added;
            }

            var changes = await review.ChangesAsync(clinic, null, now, cancellation);
            changes.AddRange(fold.Changes());
            Touch(changes, review);
            changes.Add(new AuditEntry(now, by, "labs.add", Rows.LabLedger(patientId)).ToChange());
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return added;
            }
        }

        throw new RecordStoreException("The laboratory tests of one patient were changed by others at the same time, again and again.");
    }

    // The ledger is written even when it says what it said: its ETag is what keeps two writers apart.
    private static void Touch(List<Change> changes, LabReview review)
    {
        var row = review.Case.LedgerRow;
        if (row is not null && !changes.Exists(c => c.Key == row.Key))
        {
            changes.Add(new Change.Replace(row.Key, RecordJson.Write(review.Ledger), row.ETag));
        }
    }
}

/// <summary>A patient's records with more results folded in.</summary>
/// <param name="New">How many of the results brought something new.</param>
internal sealed record LabFold(
    int New, IReadOnlyList<LabResult> Current, IReadOnlyDictionary<string, LabRecord> Changed, IReadOnlyDictionary<string, Row> Stored)
{
    public static LabFold Of(LabCase patient, IReadOnlyList<LabResult> results, Instant now)
    {
        var records = patient.Records.ToDictionary(r => r.Record.Id, r => r.Record, StringComparer.Ordinal);
        var changed = new Dictionary<string, LabRecord>(StringComparer.Ordinal);
        var fresh = 0;
        foreach (var result in results)
        {
            var next = records.TryGetValue(result.Id, out var known) ? known.With(result, now) : LabRecord.First(patient.Patient.Id, result, now);
            if (next is null)
            {
                continue;
            }

            fresh++;
            records[next.Id] = changed[next.Id] = next;
            foreach (var holder in result.TakesBack ? records.Values.ToList() : [])
            {
                if (holder.Without(result.Id, now) is { } less)
                {
                    records[less.Id] = changed[less.Id] = less;
                }
            }
        }

        return new LabFold(
            fresh, [.. records.Values.Select(r => r.Current)], changed, patient.Records.ToDictionary(r => r.Record.Id, r => r.Row, StringComparer.Ordinal));
    }

    public IEnumerable<Change> Changes() => Changed.Values.Select(Change (record) => Stored.TryGetValue(record.Id, out var row)
        ? new Change.Replace(row.Key, RecordJson.Write(record), row.ETag)
        : new Change.Insert(Rows.Lab(record.PatientId, record.Id), RecordJson.Write(record)));
}

/// <summary>Where a patient's tests stand, for staff.</summary>
/// <param name="Statuses">Of every required test; empty for a patient who is not accepted.</param>
/// <param name="Results">The versions that hold, newest first.</param>
/// <param name="Findings">Rules of the labs stage that values raise.</param>
/// <param name="Unreadable">LOINC codes of values that rules look at but cannot read.</param>
public sealed record LabView(
    string PatientId,
    string PatientName,
    LocalDate BirthDate,
    IReadOnlyList<LabStatus> Statuses,
    IReadOnlyList<LabFlag> Flags,
    IReadOnlyList<LabResult> Results,
    IReadOnlyList<LabVisit> Visits,
    IReadOnlyList<string> HeldVisits,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Unreadable)
{
    internal static LabView Of(LabReview review, IReadOnlyList<LabResult> results) => new(
        review.Case.Patient.Id,
        LabFlagRows.NameOf(review.Case.Patient),
        review.Case.Patient.BirthDate,
        review.Statuses,
        [.. review.Flags.Select(f => f.Flag)],
        [.. results.OrderByDescending(r => r.CollectedOn).ThenBy(r => r.Id, StringComparer.Ordinal)],
        [.. review.Case.Visits.OrderBy(v => v.Date)],
        review.Ledger.HeldVisits,
        review.Findings,
        review.Unreadable);
}
