namespace KetamineIntake.Tests.Support;

/// <summary>A folder of one test's own, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("ketamine-intake-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>What opens /dev of the program that was started in this folder.</summary>
    public async Task<string> DevTokenAsync() => (await File.ReadAllTextAsync(this["dev-token.txt"])).Trim();

    // SQLite may still put a -shm or -wal file there while the last reader of a stopped program closes, between the listing and the end of the deletion.
    public void Dispose()
    {
        for (var left = 10; ; left--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                Thread.Sleep(50);
            }
        }
    }
}
