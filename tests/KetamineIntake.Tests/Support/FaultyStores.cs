using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Support;

/// <summary>Stores that throw on demand: what a full disk, an outage or a bug looks like from above.</summary>
internal sealed class FaultyStores(IRecordStores inner) : IRecordStores
{
    /// <summary>Thrown by every call while it is set.</summary>
    public Func<Exception>? Fault { get; set; }

    public IRecordStore Open(string partition) => new Faulty(this, inner.Open(partition));

    private sealed class Faulty(FaultyStores owner, IRecordStore inner) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation) =>
            owner.Fault is { } fault ? throw fault() : inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) =>
            owner.Fault is { } fault ? throw fault() : inner.ListAsync(range, cancellation);

        public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) =>
            owner.Fault is { } fault ? throw fault() : inner.CommitAsync(changes, cancellation);
    }
}
