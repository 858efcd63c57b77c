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
