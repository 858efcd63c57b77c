namespace KetamineIntake.Core.Records;

/// <summary>Tells the host which partition has new messages once a commit that carries them is durable, so that it can release them without waiting for its timer.</summary>
/// <param name="onMessages">Called with the partition on the committing caller's path: must return at once and not throw.</param>
public sealed class OutboxSignallingStores(IRecordStores inner, Action<string> onMessages) : IRecordStores
{
    public IRecordStore Open(string partition) => new Signalling(inner.Open(partition), () => onMessages(partition));

    private sealed class Signalling(IRecordStore inner, Action onMessages) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            var result = await inner.CommitAsync(changes, cancellation);
            if (result is CommitResult.Committed && changes.Any(static change => change is Change.Insert && Rows.IsOutbox(change.Key)))
            {
                onMessages();
            }

            return result;
        }
    }
}
