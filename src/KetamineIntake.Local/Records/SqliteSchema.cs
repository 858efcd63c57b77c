using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>
/// The tables. A row's ETag is its rowid: AUTOINCREMENT keeps the highest one ever given in the file itself, so that none comes back after a delete, a crash or in another process;
/// and bodies of 1 to 50 KB are written one behind the other, while the index on (partition, key) stays small enough to be cached.
/// </summary>
internal static class SqliteSchema
{
    private const int Version = 1;

    private const string Create = """
        CREATE TABLE IF NOT EXISTS rows (
            etag INTEGER PRIMARY KEY AUTOINCREMENT,
            partition TEXT NOT NULL,
            key TEXT NOT NULL,
            body BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS rows_by_key ON rows (partition, key);
        CREATE TABLE IF NOT EXISTS messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            clinic TEXT NOT NULL,
            subject TEXT NOT NULL,
            visible INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            receipt INTEGER NOT NULL DEFAULT 0,
            poison TEXT NULL,
            poisoned INTEGER NULL);
        CREATE INDEX IF NOT EXISTS messages_due ON messages (visible, id) WHERE poison IS NULL;
        CREATE INDEX IF NOT EXISTS messages_poison ON messages (clinic, id) WHERE poison IS NOT NULL;
        PRAGMA user_version=1;
        """;

    /// <exception cref="RecordStoreException">A newer version of this program made the file.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        using var read = connection.Statement("PRAGMA user_version");
        var found = (long)read.ExecuteScalar()!;
        if (found > Version)
        {
            throw new RecordStoreException($"The record file has layout {found}; this program knows layouts up to {Version}.");
        }

        if (found == Version)
        {
            return;
        }

        connection.Run("BEGIN IMMEDIATE");
        connection.Run(Create);
        connection.Run("COMMIT");
    }
}
