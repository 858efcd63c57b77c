using System.Runtime.CompilerServices;
using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>The records of all clinics, and the durable queue, in one SQLite file. Other processes may open the same file at the same time.</summary>
internal sealed class SqliteRecords : IRecordStores, IAsyncDisposable
{
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private readonly RowStatements rows;

    private readonly SqliteConnection connection;

    private SqliteRecords(SqliteFile file, SqliteConnection connection)
    {
        this.connection = connection;
        readers = new SqliteReaders(file);
        rows = new RowStatements(connection);
        writer = new SqliteWriter(connection, file.LargestGroup);
        Queue = new SqliteQueue(writer, readers, connection);
    }

    public SqliteQueue Queue { get; }

    /// <summary>Transactions made durable so far, each with at most one disk sync.</summary>
    public long Transactions => writer.Transactions;

    /// <summary>Opens the file, making it if need be, readable by its owner only. The directory must exist.</summary>
    /// <exception cref="RecordStoreException">It cannot be opened, is no record file, or a newer program made it.</exception>
    public static SqliteRecords OpenFile(string path) => OpenFile(new SqliteFile(path));

    internal static SqliteRecords OpenFile(SqliteFile file)
    {
        file.Secure();
        try
        {
            return new SqliteRecords(file, OpenWriter(file));
        }
        catch (SqliteException failure)
        {
            throw failure.ToOutage();
        }
    }

    /// <summary>Whether there are rows; and whether there were some, of which none is left.</summary>
    public (bool HasRows, bool IsEmptied) Look() =>
        readers.Read(static reader => (RecordFileCheck.Partitions(reader.Connection).Count > 0, RecordFileCheck.IsEmptied(reader.Connection)));

    /// <summary>Refuses keys that do not open what is stored, before anything is written. Once, before the first use.</summary>
    /// <exception cref="InvalidDataException">A key is missing.</exception>
    public void CheckKeys(RecordKeys keys) => KeyLedger.Check(connection, keys);

    /// <summary>Work of the host on the file itself, in the writer's next transaction.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation) =>
        writer.WriteAsync(() => new Applied<T>(work(connection), Keep: true), cancellation);

    public T Read<T>(Func<SqliteReader, T> read) => readers.Read(read);

    public IRecordStore Open(string partition) => new Partition(this, RowKeys.Check(partition));

    /// <summary>Closes the file before it was used.</summary>
    public void Abandon()
    {
        readers.Dispose();
        connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        // Readers first: the connection that closes last folds the log into the file.
        readers.Dispose();
        await writer.DisposeAsync();
    }

    private static SqliteConnection OpenWriter(SqliteFile file)
    {
        var opened = file.OpenWriter();
        try
        {
            SqliteSchema.Ensure(opened);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private sealed class Partition(SqliteRecords records, string partition) : IRecordStore
    {
        private const int FirstPage = 16;
        private const int LargestPage = 256;
        private const int PageBytes = 512 * 1024;

        // Reads run on the caller's thread: they take microseconds, less than handing them to another.
        public Task<Row?> FindAsync(string key, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(records.readers.Read(reader => reader.Find(partition, key)));
        }

        // Page by page, each a short read of its own: a caller who stops halfway, or takes his time, holds back neither the log nor a connection.
        public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.CompletedTask;
            for (var size = FirstPage; ; size = Math.Min(size * 4, LargestPage))
            {
                cancellation.ThrowIfCancellationRequested();
                var rest = range;
                var (page, more) = records.readers.Read(reader => reader.List(partition, rest, size, PageBytes));
                foreach (var row in page)
                {
                    yield return row;
                }

                if (!more)
                {
                    yield break;
                }

                range = range.After(page[^1].Key);
            }
        }

        public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            Changes.Check(changes);
            return records.writer.WriteAsync(() => records.rows.Apply(partition, changes), cancellation);
        }
    }
}
