using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>The records of all clinics in one table of a storage account: a clinic is a partition, a row an entity.</summary>
/// <param name="reads">Retries by itself: reading twice does no harm.</param>
/// <param name="commits">Never retries by itself: see <see cref="TableCommit"/>.</param>
/// <param name="setup">Makes the table where a developer's storage has none yet.</param>
internal sealed class TableRecords(TableClient reads, TableClient commits, StorageSetup setup) : IRecordStores
{
    public const string TableName = "records";

    public IRecordStore Open(string partition) => new Partition(reads, commits, setup, RowKeys.Check(partition));

    private sealed class Partition(TableClient reads, TableClient commits, StorageSetup setup, string partition) : IRecordStore
    {
        private const int FirstPage = 16;
        private const int LargestPage = 256;
        private const string ETagStart = "W/\"datetime'";

        public async Task<Row?> FindAsync(string key, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            return await AskedAsync(
                async () =>
                {
                    var found = await reads.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
                    return found.HasValue ? EntityBody.Read(found.Value!) : null;
                },
                cancellation);
        }

        // Pages start small: a caller who wants the first row only should not wait for a thousand.
        public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
        {
            var filter = Filter(range);
            string? continuation = null;
            for (var size = FirstPage; ; size = Math.Min(size * 4, LargestPage))
            {
                cancellation.ThrowIfCancellationRequested();
                var (from, wanted) = (continuation, size);
                var (rows, next) = await AskedAsync(() => PageAsync(filter, from, wanted, cancellation), cancellation);
                foreach (var row in rows)
                {
                    yield return row;
                }

                if (string.IsNullOrEmpty(next))
                {
                    yield break;
                }

                continuation = next;
            }
        }

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            Changes.Check(changes);
            EntityBody.CheckSizes(partition, changes);
            cancellation.ThrowIfCancellationRequested();
            if (changes.FirstOrDefault(HasForeignETag) is { } stale)
            {
                return new CommitResult.Conflict(stale.Key);
            }

            await setup.TableReadyAsync(cancellation);
            return await new TableCommit(reads, commits, partition, changes).RunAsync(cancellation);
        }

        /// <summary>"*" would match whatever is there, and the service refuses other text as a mistake: both are simply not this row's ETag.</summary>
        private static bool HasForeignETag(Change change)
        {
            var etag = change switch
            {
                Change.Replace replace => replace.ETag,
                Change.Delete delete => delete.ETag,
                _ => null,
            };
            return etag is not null && !(etag.StartsWith(ETagStart, StringComparison.Ordinal) && etag.EndsWith("'\"", StringComparison.Ordinal));
        }

        // A range behind a key ends its lower bound with a null character, which cannot travel in a URL.
        private string Filter(RowRange range)
        {
            var behind = range.From.EndsWith('\0');
            var from = behind ? range.From[..^1] : range.From;
            return behind
                ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {from} and RowKey lt {range.Before}")
                : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {range.Before}");
        }

        private async Task<(IReadOnlyList<Row> Rows, string? Next)> PageAsync(string filter, string? continuation, int size, CancellationToken cancellation)
        {
            await foreach (var page in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages(continuation, size))
            {
                return ([.. page.Values.Select(EntityBody.Read)], page.ContinuationToken);
            }

            return ([], null);
        }

        private async Task<T> AskedAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
        {
            await setup.TableReadyAsync(cancellation);
            try
            {
                return await ask();
            }
            catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
            {
                throw StorageFailure.ToOutage(failure);
            }
        }
    }
}
