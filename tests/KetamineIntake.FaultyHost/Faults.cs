using KetamineIntake.Core.Records;

namespace KetamineIntake.FaultyHost;

/// <summary>Says that an intake is stored a moment before it is: what a writer without durable commits does.</summary>
internal sealed class EarlyAcknowledgement(IRecordStores inner) : IRecordStores
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(50);

    public IRecordStore Open(string partition) => new Liar(inner.Open(partition));

    private sealed class Liar(IRecordStore inner) : Wrapped(inner)
    {
        public override Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            if (!changes.Any(c => c.Key.StartsWith("inbox|", StringComparison.Ordinal)))
            {
                return Inner.CommitAsync(changes, cancellation);
            }

            _ = Task.Delay(Late, CancellationToken.None).ContinueWith(_ => Inner.CommitAsync(changes, CancellationToken.None), TaskScheduler.Default);
            return Task.FromResult<CommitResult>(new CommitResult.Committed());
        }
    }
}

/// <summary>Forgets the list's row of one intake in ten.</summary>
internal sealed class DroppedRow(IRecordStores inner) : IRecordStores
{
    private int intakes;

    public IRecordStore Open(string partition) => new Forgetful(inner.Open(partition), this);

    private sealed class Forgetful(IRecordStore inner, DroppedRow owner) : Wrapped(inner)
    {
        public override Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            var listed = changes.FirstOrDefault(c => c.Key.StartsWith("inbox|", StringComparison.Ordinal));
            return listed is null || Interlocked.Increment(ref owner.intakes) % 10 != 0
                ? Inner.CommitAsync(changes, cancellation)
                : Inner.CommitAsync([.. changes.Where(c => c != listed)], cancellation);
        }
    }
}

internal abstract class Wrapped(IRecordStore inner) : IRecordStore
{
    protected IRecordStore Inner { get; } = inner;

    public Task<Row?> FindAsync(string key, CancellationToken cancellation) => Inner.FindAsync(key, cancellation);

    public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => Inner.ListAsync(range, cancellation);

    public abstract Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation);
}
