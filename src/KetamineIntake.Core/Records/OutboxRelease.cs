using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>
/// Hands the due messages of one clinic to the queue, earliest first, and deletes their rows afterwards. A stop in between sends a message again: at least once, never lost,
/// never early. Reads only what is due. Several may run at a time.
/// </summary>
public static class OutboxRelease
{
    // Small, so that a crash repeats few messages.
    private const int Batch = 50;

    /// <exception cref="RecordStoreException">The store could not answer.</exception>
    /// <remarks>An exception of the queue passes through, after the rows of all messages that it did take are deleted.</remarks>
    public static async Task<OutboxReleased> ReleaseAsync(string clinic, IRecordStore store, IMessageQueue queue, Instant now, CancellationToken cancellation)
    {
        var sent = 0;
        var unreadable = new List<string>();
        var range = Rows.OutboxDueBy(now);
        while (true)
        {
            var (due, following) = await ReadDueAsync(store, range, unreadable, cancellation);
            await SendAsync(clinic, store, queue, due, cancellation);
            sent += due.Count;
            if (following is null)
            {
                return new OutboxReleased(sent, await NextDueAsync(store, now, cancellation), unreadable);
            }

            range = following.Value;
        }
    }

    // A row that cannot be read is stepped over: it must not hold back everybody else's messages.
    private static async Task<(List<(Row Row, Message Message)> Due, RowRange? Following)> ReadDueAsync(
        IRecordStore store, RowRange range, List<string> unreadable, CancellationToken cancellation)
    {
        var due = new List<(Row, Message)>();
        try
        {
            await foreach (var row in store.ListAsync(range, cancellation))
            {
                due.Add((row, Outbox.Read(row)));
                if (due.Count == Batch)
                {
                    return (due, range.After(row.Key));
                }
            }

            return (due, null);
        }
        catch (RecordIntegrityException broken)
        {
            unreadable.Add(broken.Key);
            return (due, range.After(broken.Key));
        }
    }

    private static async Task SendAsync(string clinic, IRecordStore store, IMessageQueue queue, List<(Row Row, Message Message)> due, CancellationToken cancellation)
    {
        var taken = new List<Change.Delete>(due.Count);
        try
        {
            foreach (var (row, message) in due)
            {
                // The partition decides whose records the handler may touch, whatever the row says.
                await queue.SendAsync(message with { Clinic = clinic }, cancellation);
                taken.Add(new Change.Delete(row.Key, row.ETag));
            }
        }
        finally
        {
            // Even when the next send failed or we are told to stop: these were sent, and each row left behind is a message sent twice.
            await DeleteAsync(store, taken);
        }
    }

    private static async Task DeleteAsync(IRecordStore store, List<Change.Delete> taken)
    {
        if (taken.Count == 0 || await store.CommitAsync(taken, CancellationToken.None) is CommitResult.Committed)
        {
            return;
        }

        // Another release got to at least one of them first; the rest is still ours to delete.
        foreach (var row in taken)
        {
            _ = await store.CommitAsync([row], CancellationToken.None);
        }
    }

    private static async Task<Instant?> NextDueAsync(IRecordStore store, Instant now, CancellationToken cancellation)
    {
        try
        {
            await foreach (var row in store.ListAsync(Rows.OutboxAfter(now), cancellation))
            {
                return Rows.OutboxDue(row.Key);
            }

            return null;
        }
        catch (RecordIntegrityException broken)
        {
            return Rows.OutboxDue(broken.Key);
        }
    }
}
