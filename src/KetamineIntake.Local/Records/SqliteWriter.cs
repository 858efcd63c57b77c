using System.Threading.Channels;
using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KetamineIntake.Local.Records;

/// <summary>
/// The only writer of the file in this process. Whoever waits at the same moment shares one transaction and one disk sync, each in its own savepoint, and is answered after
/// the sync. No failure of the store stops it: it answers everybody who waits and takes the next group.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // When this many wait already, further callers wait to be let in.
    private const int LargestQueue = 4096;

    private readonly Channel<PendingWrite> waiting =
        Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(LargestQueue) { SingleReader = true });

    private readonly SqliteConnection connection;
    private readonly int largestGroup;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand savepoint;
    private readonly SqliteCommand release;
    private readonly SqliteCommand undo;
    private readonly Task loop;
    private long transactions;

    public SqliteWriter(SqliteConnection connection, int largestGroup)
    {
        this.connection = connection;
        this.largestGroup = largestGroup;
        begin = connection.Statement("BEGIN IMMEDIATE");
        commit = connection.Statement("COMMIT");
        rollback = connection.Statement("ROLLBACK");
        savepoint = connection.Statement("SAVEPOINT one");
        release = connection.Statement("RELEASE one");
        undo = connection.Statement("ROLLBACK TO one");
        loop = Task.Run(RunAsync);
    }

    /// <summary>Transactions made durable so far; each took at most one disk sync, however many callers it answered.</summary>
    public long Transactions => Interlocked.Read(ref transactions);

    /// <summary>
    /// Does the work in the next transaction and answers once that is durable. When <paramref name="cancellation"/> fires the caller stops waiting; work that has begun
    /// by then may still be carried out.
    /// </summary>
    /// <exception cref="RecordStoreException">The store failed. Unless it was full, the work may or may not be there.</exception>
    public async Task<T> WriteAsync<T>(Func<Applied<T>> work, CancellationToken cancellation)
    {
        var pending = new PendingWrite<T>(work, cancellation);
        try
        {
            await waiting.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new RecordStoreException("The record file is being closed.", closed);
        }

        return await pending.Answer.WaitAsync(cancellation);
    }

    /// <summary>Answers everybody who waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await loop;
        await connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<PendingWrite>(largestGroup);
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < largestGroup && waiting.Reader.TryRead(out var next))
            {
                if (!next.IsAbandoned)
                {
                    group.Add(next);
                }
            }

            if (group.Count > 0)
            {
                WriteGroup(group);
            }
        }
    }

    private void WriteGroup(List<PendingWrite> group)
    {
        var failure = TryWrite(group);
        if (failure is null)
        {
            return;
        }

        // One caller's rows may be what does not fit: then the others must not pay for it. A failed sync says nothing about any of them and is not tried again.
        if (group.Count > 1 && !IsDiskFault(failure))
        {
            group.ForEach(one => WriteGroup([one]));
            return;
        }

        group.ForEach(one => one.Fail(failure is SqliteException sqlite ? sqlite.ToOutage() : failure));
    }

    private static bool IsDiskFault(Exception failure) => failure is SqliteException { SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_BUSY };

    /// <summary>One transaction for all. On failure nobody has been answered and nothing of it counts as written.</summary>
    private Exception? TryWrite(List<PendingWrite> group)
    {
        try
        {
            begin.ExecuteNonQuery();
            group.ForEach(ApplyOne);
            commit.ExecuteNonQuery();
        }
#pragma warning disable CA1031 // Whatever it was, every waiting caller is answered with it: a writer that dies hangs all later requests.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Abandon(failure);
        }

        Interlocked.Increment(ref transactions);
        group.ForEach(static one => one.Succeed());
        return null;
    }

    private void ApplyOne(PendingWrite one)
    {
        savepoint.ExecuteNonQuery();
        if (!one.Apply())
        {
            undo.ExecuteNonQuery();
        }

        release.ExecuteNonQuery();
    }

    /// <remarks>
    /// The connection stays open on purpose. After a failed sync the pages may look clean to the system though they never reached the disk; this connection writes over them with
    /// the next transaction, whereas a newly opened one would take them from the log as committed and build on them.
    /// </remarks>
    private Exception Abandon(Exception failure)
    {
        try
        {
            // Some failures have already rolled back by themselves.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                rollback.ExecuteNonQuery();
            }

            return failure;
        }
        catch (SqliteException second)
        {
            return new RecordStoreException("A failed transaction could not be rolled back.", new AggregateException(failure, second));
        }
    }
}
