using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Stores in which something else happens right before a commit, or in which it meets somebody else's change.</summary>
internal sealed class MeddlingStores(IRecordStores inner) : IRecordStores
{
    /// <summary>Runs before each commit; true makes the commit a conflict.</summary>
    public Func<IReadOnlyList<Change>, Task<bool>>? BeforeCommit { get; set; }

    /// <summary>The next so many commits of a clinic conflict.</summary>
    public int Conflicts { get; set; }

    /// <summary>All changes that were committed.</summary>
    public List<Change> Committed { get; } = [];

    public IRecordStore Open(string partition) => new Store(this, inner.Open(partition), partition);

    private sealed class Store(MeddlingStores owner, IRecordStore inner, string partition) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            if (partition != Rows.Global && owner.Conflicts > 0)
            {
                owner.Conflicts--;
                return new CommitResult.Conflict(changes[0].Key);
            }

            if (owner.BeforeCommit is { } before && await before(changes))
            {
                return new CommitResult.Conflict(changes[0].Key);
            }

            var result = await inner.CommitAsync(changes, cancellation);
            owner.Committed.AddRange(result is CommitResult.Committed ? changes : []);
            return result;
        }
    }
}
