namespace KetamineIntake.Core.Records;

/// <summary>
/// The records of one partition: one clinic, or the small global partition. Whoever holds it can reach no other partition.
/// Every method throws <see cref="RecordStoreException"/> when the store cannot answer (outage, full disk); then nothing was
/// acknowledged, though a commit may or may not have been carried out.
/// </summary>
public interface IRecordStore
{
    /// <summary>The row under this key, or null.</summary>
    Task<Row?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>The rows of a key range, in ordinal order of their keys. Reads on only as far as the caller does.</summary>
    IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation);

    /// <summary>
    /// Carries out 1 to 100 changes, all or none, each row at most once. Once <see cref="CommitResult.Committed"/> is returned the changes
    /// survive a crash or a power cut. A caller who cancels stops waiting; a commit that has begun by then may still be carried out.
    /// </summary>
    /// <exception cref="ArgumentException">No change, more than 100, two changes of one row, or a key that <see cref="RowKeys"/> refuses.</exception>
    Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation);
}

/// <summary>Opens the partition of one clinic, or the global one. Only hosts, timers' fan-out and the clinic directory hold this.</summary>
public interface IRecordStores
{
    IRecordStore Open(string partition);
}

/// <summary>One stored row. The ETag changes with each write and never repeats for a key, even after a delete.</summary>
public sealed record Row(string Key, ReadOnlyMemory<byte> Body, string ETag);

/// <summary>Keys from <paramref name="From"/> (inclusive) to <paramref name="Before"/> (exclusive), compared ordinally.</summary>
public readonly record struct RowRange(string From, string Before)
{
    /// <summary>All keys that start with the prefix. Keys are ASCII below '~', so '~' ends the range.</summary>
    public static RowRange StartingWith(string prefix) => new(prefix, prefix + "~");

    /// <summary>The rest of this range behind a key that has been read.</summary>
    public RowRange After(string key) => this with { From = key + "\0" };
}

/// <summary>One change of a commit.</summary>
public abstract record Change(string Key)
{
    /// <summary>Conflicts when the row exists.</summary>
    public sealed record Insert(string Key, ReadOnlyMemory<byte> Body) : Change(Key);

    /// <summary>Conflicts when the row is gone or has another ETag.</summary>
    public sealed record Replace(string Key, ReadOnlyMemory<byte> Body, string ETag) : Change(Key);

    /// <summary>Writes the row, whatever was there.</summary>
    public sealed record Upsert(string Key, ReadOnlyMemory<byte> Body) : Change(Key);

    /// <summary>Conflicts when the row is gone or has another ETag.</summary>
    public sealed record Delete(string Key, string ETag) : Change(Key);
}

/// <summary>What became of a commit.</summary>
public abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>Done and durable.</summary>
    public sealed record Committed : CommitResult;

    /// <summary>Nothing was changed: the row under this key was not as a change expected it.</summary>
    public sealed record Conflict(string Key) : CommitResult;
}

/// <summary>The store could not answer. <see cref="IsFull"/> when it has no room (HTTP 507), <see cref="IsContended"/> when others kept changing the same rows (HTTP 409), otherwise an outage (HTTP 503).</summary>
public sealed class RecordStoreException(string message, Exception? inner = null, bool isFull = false) : Exception(message, inner)
{
    public bool IsFull { get; } = isFull;

    /// <summary>The store is well: each try met somebody else's change. Whoever asks again has every chance.</summary>
    public bool IsContended { get; private init; }

    public static RecordStoreException Contended(string message) => new(message) { IsContended = true };
}
