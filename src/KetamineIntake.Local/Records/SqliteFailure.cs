using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KetamineIntake.Local.Records;

internal static class SqliteFailure
{
    /// <summary>SQLite's words about a failure name no row and no content; the code is what an operator needs.</summary>
    public static RecordStoreException ToOutage(this SqliteException failure) => failure.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new RecordStoreException("The record file has no room to grow.", failure, isFull: true),
        raw.SQLITE_BUSY => new RecordStoreException("Another process holds the record file.", failure),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new RecordStoreException(
            $"The record file is damaged (SQLite {failure.SqliteExtendedErrorCode}). Stop the program, keep the file, and restore a backup: `restore BACKUP`.", failure),
        _ => new RecordStoreException($"The record file could not be used (SQLite {failure.SqliteExtendedErrorCode}).", failure),
    };
}
