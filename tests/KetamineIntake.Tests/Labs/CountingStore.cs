using System.Runtime.CompilerServices;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Labs;

/// <summary>Counts calls of a store, and dies before or after a chosen one, as a killed process does.</summary>
internal sealed class CountingStore
{
    public int Calls { get; private set; }

    /// <summary>Die at this call, before or after it has taken effect.</summary>
    public (int Step, bool After)? Kill { get; set; }

    public void Reset() => Calls = 0;

    public IRecordStore Around(IRecordStore inner) => new Store(this, inner);

    private void Before()
    {
        if (Kill is { After: false } kill && Calls == kill.Step)
        {
            throw new OperationCanceledException("killed");
        }
    }

    private void After()
    {
        var died = Kill is { After: true } kill && Calls == kill.Step;
        Calls++;
        if (died)
        {
            throw new OperationCanceledException("killed");
        }
    }

    private sealed class Store(CountingStore owner, IRecordStore inner) : IRecordStore
    {
        public async Task<Row?> FindAsync(string key, CancellationToken cancellation)
        {
            owner.Before();
            var row = await inner.FindAsync(key, cancellation);
            owner.After();
            return row;
        }

        public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
        {
            owner.Before();
            await foreach (var row in inner.ListAsync(range, cancellation))
            {
                yield return row;
            }

            owner.After();
        }

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            owner.Before();
            var result = await inner.CommitAsync(changes, cancellation);
            owner.After();
            return result;
        }
    }
}
