using System.Globalization;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;

namespace KetamineIntake.Tests.Support;

/// <summary>Records in memory, under the same contract as every adapter: for tests that live through thousands of commits, where a disk would only cost time.</summary>
internal sealed class MemoryStores : IRecordStores
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Store> partitions = new(StringComparer.Ordinal);

    /// <summary>For a test that looks at no number.</summary>
    public static PhoneBook Phones() => new(new MemoryStores());

    public IRecordStore Open(string partition)
    {
        RowKeys.Check(partition);
        lock (gate)
        {
            return partitions.TryGetValue(partition, out var store) ? store : partitions[partition] = new Store();
        }
    }

    private sealed class Store : IRecordStore
    {
        private readonly Lock gate = new();
        private readonly SortedSet<string> keys = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
        private long writes;

        public Task<Row?> FindAsync(string key, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            lock (gate)
            {
                return Task.FromResult(rows.GetValueOrDefault(key));
            }
        }

        public async IAsyncEnumerable<Row> ListAsync(RowRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var row in Snapshot(range))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return row;
            }

            await Task.CompletedTask;
        }

        public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            Changes.Check(changes);
            lock (gate)
            {
                if (changes.FirstOrDefault(c => !Fits(c)) is { } other)
                {
                    return Task.FromResult<CommitResult>(new CommitResult.Conflict(other.Key));
                }

                foreach (var change in changes)
                {
                    Apply(change);
                }
            }

            return Task.FromResult<CommitResult>(new CommitResult.Committed());
        }

        private List<Row> Snapshot(RowRange range)
        {
            lock (gate)
            {
                return string.CompareOrdinal(range.From, range.Before) >= 0
                    ? []
                    : [.. keys.GetViewBetween(range.From, range.Before).Where(k => k != range.Before).Select(k => rows[k])];
            }
        }

        private bool Fits(Change change) => change switch
        {
            Change.Insert => !rows.ContainsKey(change.Key),
            Change.Replace replace => rows.GetValueOrDefault(change.Key)?.ETag == replace.ETag,
            Change.Delete delete => rows.GetValueOrDefault(change.Key)?.ETag == delete.ETag,
            _ => true,
        };

        private void Apply(Change change)
        {
            if (change is Change.Delete)
            {
                keys.Remove(change.Key);
                rows.Remove(change.Key);
                return;
            }

            var body = change switch
            {
                Change.Insert insert => insert.Body,
                Change.Replace replace => replace.Body,
                Change.Upsert upsert => upsert.Body,
                _ => throw new InvalidOperationException("A kind of change that is not handled."),
            };
            keys.Add(change.Key);
            rows[change.Key] = new Row(change.Key, body.ToArray(), (++writes).ToString(CultureInfo.InvariantCulture));
        }
    }
}
