using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>A copy of a record file that others may be writing to: SQLite's online backup, in one step, on connections of its own. What was acknowledged before it began is in it.</summary>
internal static class RecordFileCopy
{
    /// <summary>Makes the copy, one file without a log, on the disk when this returns. The target must not exist.</summary>
    /// <exception cref="KetamineIntake.Core.Records.RecordStoreException">One of the files could not be used.</exception>
    public static void Make(string from, string to)
    {
        var target = new SqliteFile(to);
        target.Secure();
        try
        {
            using var source = new SqliteFile(from).OpenReader();
            using var copy = target.OpenCopy();
            source.BackupDatabase(copy);
            copy.Run("PRAGMA journal_mode=DELETE");
        }
        catch (SqliteException failure)
        {
            throw failure.ToOutage();
        }

        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
