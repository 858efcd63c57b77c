using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Judges one patient's laboratory tests again: after a booking, a move, a decision, or because the day has come. May run twice or late.</summary>
public sealed class ReviewLabs(IClock clock)
{
    private const int Attempts = 5;

    /// <summary>Rides in the commit of whatever changes the facts (a booked, moved or cancelled infusion, a decision): the patient is judged again at once.</summary>
    public static Change Request(string clinic, string patientId, Instant now) =>
        Outbox.Row(new Message(Queues.Labs, clinic, patientId), now);

    /// <summary>Nothing happens when the clinic has no such patient, except that a row of the index that leads to nobody goes.</summary>
    /// <exception cref="RecordStoreException">The store could not answer, or others kept changing the same patient.</exception>
    public Task RunAsync(ClinicContext clinic, string patientId, CancellationToken cancellation) => RunAsync(clinic, patientId, null, cancellation);

    internal async Task RunAsync(ClinicContext clinic, string patientId, string? dueKey, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetCurrentInstant();
            var dueRow = dueKey is null ? null : await RecheckRow.FindAsync(clinic.Records, dueKey, cancellation);
            var (review, changes) = await ChangesAsync(clinic, patientId, dueRow, now, cancellation);
            if (changes.Count == 0 || await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                review?.Count();
                return;
            }
        }

        throw RecordStoreException.Contended("The laboratory tests of one patient were changed by others at the same time, again and again.");
    }

    private static async Task<(LabReview? Review, IReadOnlyList<Change> Changes)> ChangesAsync(
        ClinicContext clinic, string patientId, Row? dueRow, Instant now, CancellationToken cancellation)
    {
        if (await LabCase.LoadAsync(clinic, patientId, cancellation) is not { } patient)
        {
            return (null, dueRow is null ? [] : [new Change.Delete(dueRow.Key, dueRow.ETag)]);
        }

        // Somebody who was never accepted and has no results needs no ledger.
        if (patient is { LedgerRow: null, IsTreated: false, Records.Count: 0 } && dueRow is null)
        {
            return (null, []);
        }

        var review = LabReview.Decide(clinic, patient, [.. patient.Records.Select(r => r.Record.Current)], now);
        return (review, await review.ChangesAsync(clinic, dueRow, now, cancellation));
    }
}
