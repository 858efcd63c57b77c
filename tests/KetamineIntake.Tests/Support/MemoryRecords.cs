using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Support;

/// <summary>A store that keeps nothing beyond the test, remembers what was asked of it, and answers before it returns.</summary>
internal sealed class MemoryRecords : IRecordStore
{
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);
    private int writes;

    public List<string> Found { get; } = [];

    public List<IReadOnlyList<Change>> Commits { get; } = [];

    /// <summary>Runs before each commit; what it returns, unless null, is the answer, and nothing is written.</summary>
    public Func<CommitResult?>? Instead { get; set; }

    public IReadOnlyCollection<string> Keys => rows.Keys;

    public Row this[string key] => rows[key];

    public Task<Row?> FindAsync(string key, CancellationToken cancellation)
    {
        Found.Add(key);
        return Task.FromResult(rows.GetValueOrDefault(key));
    }

    public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => rows.Values
        .Where(r => string.CompareOrdinal(r.Key, range.From) >= 0 && string.CompareOrdinal(r.Key, range.Before) < 0).ToList().ToAsyncEnumerable();

    public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        Commits.Add(changes);
        return Task.FromResult(Instead?.Invoke() ?? Commit(changes));
    }

    /// <summary>Puts a row there as somebody else would.</summary>
    public void Put(string key, ReadOnlyMemory<byte> body) => rows[key] = new Row(key, body, $"{++writes}");

    public void Remove(string key) => rows.Remove(key);

    private CommitResult Commit(IReadOnlyList<Change> changes)
    {
        if (changes.FirstOrDefault(c => !IsAsExpected(c)) is { } other)
        {
            return new CommitResult.Conflict(other.Key);
        }

        foreach (var change in changes)
        {
            Apply(change);
        }

        return new CommitResult.Committed();
    }

    private bool IsAsExpected(Change change) => change switch
    {
        Change.Insert => !rows.ContainsKey(change.Key),
        Change.Replace replace => rows.GetValueOrDefault(change.Key)?.ETag == replace.ETag,
        Change.Delete delete => rows.GetValueOrDefault(change.Key)?.ETag == delete.ETag,
        _ => true,
    };

    private void Apply(Change change)
    {
        switch (change)
        {
            case Change.Insert insert:
                Put(insert.Key, insert.Body);
                break;
            case Change.Replace replace:
                Put(replace.Key, replace.Body);
                break;
            case Change.Upsert upsert:
                Put(upsert.Key, upsert.Body);
                break;
            default:
                Remove(change.Key);
                break;
        }
    }
}
