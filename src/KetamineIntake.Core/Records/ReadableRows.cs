using System.Runtime.CompilerServices;

namespace KetamineIntake.Core.Records;

/// <summary>Rows without those that cannot be read, which a check of the bodies tells of.</summary>
internal static class ReadableRows
{
    public static async IAsyncEnumerable<Row> ListAsync(IRecordStore records, RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (RowRange? rest = range; rest is { } part;)
        {
            var rows = records.ListAsync(part, cancellation).GetAsyncEnumerator(cancellation);
            await using (rows)
            {
                while (await NextAsync(rows, part) is var (row, following))
                {
                    rest = following;
                    if (row is null)
                    {
                        break;
                    }

                    yield return row;
                }
            }
        }
    }

    public static async Task<Row?> FindAsync(IRecordStore records, string key, CancellationToken cancellation)
    {
        try
        {
            return await records.FindAsync(key, cancellation);
        }
        catch (RecordIntegrityException)
        {
            return null;
        }
    }

    // The row, or where to go on behind one that cannot be read; neither at the end.
    private static async Task<(Row? Row, RowRange? Following)> NextAsync(IAsyncEnumerator<Row> rows, RowRange part)
    {
        try
        {
            return await rows.MoveNextAsync() ? (rows.Current, part) : (null, null);
        }
        catch (RecordIntegrityException broken)
        {
            return (null, part.After(broken.Key));
        }
    }
}
