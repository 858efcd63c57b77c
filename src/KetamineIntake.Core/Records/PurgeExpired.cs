using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>Handles a purge message: deletes a row whose keeping time is over, or asks to be told again when it was prolonged. May run twice or late.</summary>
public sealed class PurgeExpired(IClock clock)
{
    public async Task RunAsync(IRecordStore records, Message message, CancellationToken cancellation)
    {
        if (await records.FindAsync(message.Subject, cancellation) is not { } row)
        {
            return;
        }

        var expiresAt = ExpiryOf(row);
        Change next = expiresAt <= clock.GetCurrentInstant()
            ? new Change.Delete(row.Key, row.ETag)
            : Outbox.Row(message, expiresAt);

        // A conflict means that the row was just written: the queue brings this message again.
        if (await records.CommitAsync([next], cancellation) is CommitResult.Conflict)
        {
            throw RecordStoreException.Contended("A row was changed while it was being purged.");
        }
    }

    /// <exception cref="InvalidOperationException">A row that is kept for good: a message that names one is a mistake, whose proof is its place among the failed messages.</exception>
    private static Instant ExpiryOf(Row row) =>
        row.Key.StartsWith(Rows.Drafts.From, StringComparison.Ordinal) ? RecordJson.Read<StoredDraft>(row).UpdatedAt + Drafts.Lifetime
        : row.Key.StartsWith(Rows.EventPrefix, StringComparison.Ordinal) ? RecordJson.Read<SeenEvent>(row).ExpiresAt
        : row.Key.StartsWith(Rows.IdempotencyPrefix, StringComparison.Ordinal) ? RecordJson.Read<StoredReceipt>(row).ExpiresAt
        : throw new InvalidOperationException("This row is kept for good.");
}
