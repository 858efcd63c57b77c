using System.Globalization;
using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>
/// Puts every body under the current key, some at a time in a transaction of their own, while the program serves; stopped anywhere it goes on from the bodies that are left. A body
/// that somebody writes meanwhile is under the current key already, or under the key that the running server knows, and its turn comes in the next pass.
/// </summary>
internal sealed class KeyRotation(SqliteRecords records, RecordKeys keys)
{
    private const int Header = 66;
    private const int Batch = 200;

    private readonly StoredBodies bodies = new(keys);

    /// <summary>Answers how many bodies were renewed, and how many cannot be because they cannot be read.</summary>
    /// <param name="progress">Told how many bodies have been looked at, of how many.</param>
    public async Task<(long Renewed, long Unreadable)> RunAsync(Action<long, long> progress, CancellationToken cancellation)
    {
        var total = records.Read(static reader => Number(reader.Connection, "SELECT max(etag) FROM rows"));
        var (renewed, unreadable) = (0L, 0L);

        // New and renewed rows get higher numbers: whatever is behind the end has been written since.
        for (var after = 0L; after < total;)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = after;
            var old = records.Read(reader => Old(reader.Connection, from, total));
            after = old.Next;
            foreach (var some in old.Rows.Chunk(Batch))
            {
                var (done, failed) = await records.WriteAsync(connection => Renew(connection, some), CancellationToken.None);
                (renewed, unreadable) = (renewed + done, unreadable + failed);
            }

            progress(after, total);
        }

        return (renewed, unreadable);
    }

    /// <summary>Takes the older keys out of what the file needs, if nothing is left under them. False when something is.</summary>
    public Task<bool> FinishAsync() => records.WriteAsync(
        connection =>
        {
            using var all = connection.Statement($"SELECT substr(body, 1, {Header}) FROM rows");
            using (var reader = all.ExecuteReader())
            {
                while (reader.Read())
                {
                    if (!bodies.IsCurrent(reader.GetFieldValue<byte[]>(0)))
                    {
                        return false;
                    }
                }
            }

            KeyLedger.KeepOnly(connection, keys.Current.Id);
            return true;
        },
        CancellationToken.None);

    private (List<long> Rows, long Next) Old(SqliteConnection connection, long after, long last)
    {
        const int page = 4096;
        using var some = connection.Statement($"SELECT etag, substr(body, 1, {Header}) FROM rows WHERE etag > $after AND etag <= $last ORDER BY etag LIMIT {page}", "$after", "$last");
        using var reader = some.With(after, last).ExecuteReader();
        var (old, seen, next) = (new List<long>(), 0, last);
        while (reader.Read())
        {
            next = reader.GetInt64(0);
            seen++;
            if (!bodies.IsCurrent(reader.GetFieldValue<byte[]>(1)))
            {
                old.Add(next);
            }
        }

        return (old, seen < page ? last : next);
    }

    // In place: the record is the same, and whoever has read it may still change it by the ETag that they read.
    private (int Renewed, int Unreadable) Renew(SqliteConnection connection, long[] rows)
    {
        using var find = connection.Statement("SELECT partition, key, body FROM rows WHERE etag = $etag", "$etag");
        using var write = connection.Statement("UPDATE rows SET body = $body WHERE etag = $etag", "$body", "$etag");
        var (renewed, unreadable) = (0, 0);
        foreach (var etag in rows)
        {
            try
            {
                if (Renewed(find.With(etag)) is { } body)
                {
                    renewed += write.With(body, etag).ExecuteNonQuery();
                }
            }
            catch (RecordIntegrityException)
            {
                unreadable++;
            }
        }

        return (renewed, unreadable);
    }

    private byte[]? Renewed(SqliteCommand find)
    {
        using var reader = find.ExecuteReader();
        return reader.Read() && reader.GetFieldValue<byte[]>(2) is var body && !bodies.IsCurrent(body) ? bodies.Renew(reader.GetString(0), reader.GetString(1), body) : null;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        return Convert.ToInt64(command.ExecuteScalar() is var found and not DBNull ? found : 0L, CultureInfo.InvariantCulture);
    }
}
