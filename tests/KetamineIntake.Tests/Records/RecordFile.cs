using System.Text;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;

namespace KetamineIntake.Tests.Records;

/// <summary>A record file in a directory of its own that goes away with the test.</summary>
internal sealed class RecordFile
{
    private readonly string directory = Directory.CreateTempSubdirectory("records").FullName;

    public RecordFile(Func<string, SqliteFile>? file = null)
    {
        var path = Path.Combine(directory, "records.db");
        File = file is null ? new SqliteFile(path) : file(path);
        Records = SqliteRecords.OpenFile(File);
    }

    public SqliteFile File { get; }

    public SqliteRecords Records { get; private set; }

    public IRecordStore Store => Records.Open("northside");

    public SqliteQueue Queue => Records.Queue;

    public string PathOf(string name) => Path.Combine(directory, name);

    public async Task ReopenAsync()
    {
        await Records.DisposeAsync();
        Records = SqliteRecords.OpenFile(File);
    }

    /// <summary>Everything that is on disk now, side files included.</summary>
    public byte[] AllBytes() => [.. Directory.GetFiles(directory).SelectMany(ReadShared)];

    public async Task DisposeAsync()
    {
        await Records.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

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
