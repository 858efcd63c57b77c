using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>
/// Which keys the bodies of a file need, in a table of its own: written before the first body under a key, taken out when the last one is renewed. So a start without one of them
/// is refused before it writes anything.
/// </summary>
internal static class KeyLedger
{
    private const string Create = "CREATE TABLE IF NOT EXISTS record_keys (id TEXT PRIMARY KEY) WITHOUT ROWID";
    private const int Header = 66;

    /// <exception cref="InvalidDataException">A key that bodies need is not among those given. Nothing was written.</exception>
    public static void Check(SqliteConnection connection, RecordKeys keys)
    {
        var isKept = IsKept(connection);
        var needed = isKept ? Kept(connection) : Found(connection);
        if (needed.Where(id => !keys.Has(id)).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException(
                $"Either record-key.txt is not the key of these records, or it lacks a line: they need the key {string.Join(" and ", missing)}. Put its line back, behind the current one, into that file or {RecordKeyFile.Variable}. Nothing was changed.");
        }

        if (isKept && needed.Contains(keys.Current.Id))
        {
            return;
        }

        connection.Run("BEGIN IMMEDIATE");
        connection.Run(Create);
        foreach (var id in needed.Append(keys.Current.Id).Distinct(StringComparer.Ordinal))
        {
            using var add = connection.Statement("INSERT OR IGNORE INTO record_keys (id) VALUES ($id)", "$id");
            add.With(id).ExecuteNonQuery();
        }

        connection.Run("COMMIT");
    }

    /// <summary>Part of the transaction that finds nothing left under older keys.</summary>
    public static void KeepOnly(SqliteConnection connection, string id)
    {
        using var remove = connection.Statement("DELETE FROM record_keys WHERE id <> $id", "$id");
        remove.With(id).ExecuteNonQuery();
    }

    private static bool IsKept(SqliteConnection connection)
    {
        using var command = connection.Statement("SELECT count(*) FROM sqlite_schema WHERE name = 'record_keys'");
        return (long)command.ExecuteScalar()! > 0;
    }

    private static HashSet<string> Kept(SqliteConnection connection)
    {
        using var command = connection.Statement("SELECT id FROM record_keys");
        using var reader = command.ExecuteReader();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    // A file from before the table was kept: the bodies themselves, this once.
    private static HashSet<string> Found(SqliteConnection connection)
    {
        using var command = connection.Statement($"SELECT substr(body, 1, {Header}) FROM rows");
        using var reader = command.ExecuteReader();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (StoredBodies.KeyIdOf(reader.GetFieldValue<byte[]>(0)) is { } id)
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
