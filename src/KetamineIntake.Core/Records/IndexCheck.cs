namespace KetamineIntake.Core.Records;

/// <summary>An index row that is not what its record says.</summary>
/// <param name="Key">The index row.</param>
/// <param name="What">"missing", "stale" or "stray".</param>
public sealed record IndexFault(string Key, string What);

/// <summary>Holds the rows of a list against the records that they list, while others may write: what looks wrong is looked at once more before it is told or mended.</summary>
/// <typeparam name="T">What an index row holds.</typeparam>
/// <param name="entryOf">The index row that a record is to have.</param>
internal sealed class IndexCheck<T>(IRecordStore records, RowRange sources, RowRange index, Func<Row, CancellationToken, Task<(string Key, T Body)>> entryOf)
    where T : IEquatable<T>
{
    public async Task<IReadOnlyList<IndexFault>> RunAsync(bool repair, CancellationToken cancellation)
    {
        var faults = new List<IndexFault>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var source in ReadableRows.ListAsync(records, sources, cancellation))
        {
            var entry = await entryOf(source, cancellation);
            listed.Add(entry.Key);
            if (await IsWrongAsync(entry, cancellation) && await FaultOfAsync(source.Key, repair, cancellation) is { } fault)
            {
                faults.Add(fault);
            }
        }

        await foreach (var row in ReadableRows.ListAsync(records, index, cancellation))
        {
            if (!listed.Contains(row.Key) && await StrayAsync(row, repair, cancellation) is { } stray)
            {
                faults.Add(stray);
            }
        }

        return faults;
    }

    private async Task<bool> IsWrongAsync((string Key, T Body) entry, CancellationToken cancellation) =>
        !(await ReadableRows.FindAsync(records, entry.Key, cancellation) is { } row && RecordJson.Read<T>(row).Equals(entry.Body));

    private async Task<IndexFault?> FaultOfAsync(string sourceKey, bool repair, CancellationToken cancellation)
    {
        if (await records.FindAsync(sourceKey, cancellation) is not { } source || await entryOf(source, cancellation) is var entry && !await IsWrongAsync(entry, cancellation))
        {
            return null;
        }

        var isThere = await ReadableRows.FindAsync(records, entry.Key, cancellation) is not null;
        if (repair)
        {
            // The record as it is, so that whoever changes it meanwhile refuses this commit.
            await records.CommitAsync([new Change.Replace(source.Key, source.Body, source.ETag), new Change.Upsert(entry.Key, RecordJson.Write(entry.Body))], cancellation);
        }

        return new IndexFault(entry.Key, isThere ? "stale" : "missing");
    }

    // A record that was moved or made since it was listed has a row that nobody expected.
    private async Task<IndexFault?> StrayAsync(Row row, bool repair, CancellationToken cancellation)
    {
        await foreach (var source in ReadableRows.ListAsync(records, sources, cancellation))
        {
            if (source.Key.EndsWith(row.Key[row.Key.LastIndexOf('|')..], StringComparison.Ordinal) && (await entryOf(source, cancellation)).Key == row.Key)
            {
                return null;
            }
        }

        if (repair)
        {
            await records.CommitAsync([new Change.Delete(row.Key, row.ETag)], cancellation);
        }

        return new IndexFault(row.Key, "stray");
    }
}
