using System.Text;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Records;

/// <summary>Short ways to say what the tests of records say often.</summary>
internal static class RecordSamples
{
    public static ReadOnlyMemory<byte> Body(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this Row? row) => Encoding.UTF8.GetString(row!.Body.Span);

    public static Change.Insert Insert(string key, string body = "body") => new(key, Body(body));

    public static async Task<Row> InsertedAsync(this IRecordStore store, string key, string body = "body")
    {
        await store.MustCommitAsync(Insert(key, body));
        return (await store.FindAsync(key, default))!;
    }

    public static async Task MustCommitAsync(this IRecordStore store, params Change[] changes) =>
        Assert.IsType<CommitResult.Committed>(await store.CommitAsync(changes, default));

    public static async Task MustConflictAsync(this IRecordStore store, string key, params Change[] changes) =>
        Assert.Equal(key, Assert.IsType<CommitResult.Conflict>(await store.CommitAsync(changes, default)).Key);

    public static async Task<List<Row>> ToListAsync(this IRecordStore store, RowRange range)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ListAsync(range, default))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static async Task<string[]> KeysAsync(this IRecordStore store, RowRange range) => [.. (await store.ToListAsync(range)).Select(row => row.Key)];
}
