using System.Runtime.CompilerServices;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Records;

/// <summary>A process that dies when it comes to commit.</summary>
internal sealed class DiesOnCommit(IRecordStore inner) : IRecordStore
{
    public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

    public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

    public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) => throw new RecordStoreException("The process died here.");
}

/// <summary>Counts the rows that were read.</summary>
internal sealed class Counting(IRecordStore inner) : IRecordStore
{
    public int Read { get; private set; }

    public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

    public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in inner.ListAsync(range, cancellation))
        {
            Read++;
            yield return row;
        }
    }

    public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) => inner.CommitAsync(changes, cancellation);
}
