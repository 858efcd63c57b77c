using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>The one file, and how connections to it are opened.</summary>
/// <param name="Vfs">SQLite's file layer; null for the operating system's. Tests put one in between that fails or records.</param>
/// <param name="Synchronous">FULL: an acknowledged commit survives a power cut. Anything else exists only to show that the power-cut test can fail.</param>
internal sealed record SqliteFile(string Path, string? Vfs = null, string Synchronous = "FULL")
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How many callers share one disk sync at most. 256 by default; 1 exists to measure what sharing gains.</summary>
    public int LargestGroup { get; init; } = 256;

    /// <summary>How long to wait for another process (a command, say) that writes to the same file. Five seconds by default.</summary>
    public int BusyMilliseconds { get; init; } = 5000;

    /// <summary>The log is folded into the file when it has this many pages of 4 KiB: rarely enough not to be noticed, often enough to stay small. 4,000 (16 MiB) by default.</summary>
    public int CheckpointPages { get; init; } = 4000;

    /// <summary>Makes the file, or tightens it, so that only its owner reads it. SQLite gives its side files the same mode.</summary>
    public void Secure()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            File.Open(Path, options).Dispose();
            return;
        }

        options.UnixCreateMode = OwnerOnly;
        File.Open(Path, options).Dispose();
        foreach (var file in new[] { Path, Path + "-wal", Path + "-shm" }.Where(File.Exists))
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
    }

    public SqliteConnection OpenWriter() => Open(string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous={Synchronous}; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint={CheckpointPages};"));

    public SqliteConnection OpenReader() => Open("PRAGMA query_only=1; PRAGMA cache_size=-4096;");

    /// <summary>For a copy in the making, which nobody else has open.</summary>
    public SqliteConnection OpenCopy() => Open("PRAGMA synchronous=FULL;");

    private SqliteConnection Open(string pragmas)
    {
        _ = SqliteLibrary.Version;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Vfs is null ? Path : $"file:{Uri.EscapeDataString(Path)}?vfs={Vfs}",
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,

            // Waiting for a lock is SQLite's (busy_timeout): this is only the wrapper's own loop around it.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={BusyMilliseconds};"));
            connection.Run(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
