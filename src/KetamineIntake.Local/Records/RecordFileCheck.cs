using System.Buffers.Binary;
using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>Looks at a whole record file on a connection of its own, while others may write to it.</summary>
internal static class RecordFileCheck
{
    private const int PageRows = 256;
    private const int PageBytes = 512 * 1024;
    private const int HeaderBytes = 100;

    /// <summary>Why a file cannot be the records that were there; null when nothing speaks against it. Reads its first page only.</summary>
    public static string? LossOf(string path)
    {
        if (!File.Exists(path))
        {
            return "is missing";
        }

        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
        {
            // What is not in the file yet is in its log.
            return null;
        }

        var header = new byte[HeaderBytes];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return file.Length == 0 ? "is empty" : "was cut short";
        }

        // SQLite's file format: the size of a page, 1 for 65,536, and how many there are.
        var page = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        return header.AsSpan().StartsWith("SQLite format 3\0"u8)
            ? file.Length < BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)) * (page == 1 ? 65536L : page) ? "was cut short" : null
            : "is no record file";
    }

    /// <summary>SQLite's own check, and every body against the keys. Empty when all is well.</summary>
    /// <param name="progress">Told how many rows have been read.</param>
    /// <exception cref="RecordStoreException">The file could not be read at all.</exception>
    public static (long Rows, IReadOnlyList<string> Faults) Run(string path, RecordKeys keys, Action<long, long>? progress = null)
    {
        try
        {
            using var connection = new SqliteFile(path).OpenReader();
            var faults = Integrity(connection);
            using var reader = new SqliteReader(connection);
            var total = Number(connection, "SELECT count(*) FROM rows");
            var bodies = new StoredBodies(keys);
            var seen = 0L;
            foreach (var partition in Partitions(connection))
            {
                foreach (var row in Rows(reader, partition))
                {
                    if (bodies.FaultOf(partition, row.Key, row.Body.Span) is { } fault)
                    {
                        faults.Add($"{partition}: {fault}");
                    }

                    progress?.Invoke(++seen, total);
                }
            }

            return (seen, faults);
        }
        catch (SqliteException failure)
        {
            throw failure.ToOutage();
        }
    }

    /// <summary>Whether rows were there and none is left.</summary>
    public static bool IsEmptied(SqliteConnection connection) =>
        Number(connection, "SELECT count(*) FROM (SELECT 1 FROM rows LIMIT 1)") == 0 && Number(connection, "SELECT count(*) FROM sqlite_sequence WHERE name = 'rows' AND seq > 0") > 0;

    /// <summary>All partitions that have rows; each is found by one step in the index.</summary>
    public static IReadOnlyList<string> Partitions(SqliteConnection connection)
    {
        var partitions = new List<string>();
        using var next = connection.Statement("SELECT min(partition) FROM rows WHERE partition > $after", "$after");
        while (next.With(partitions.Count == 0 ? string.Empty : partitions[^1]).ExecuteScalar() is string partition)
        {
            partitions.Add(partition);
        }

        return partitions;
    }

    /// <summary>Every row of a partition, page by page.</summary>
    public static IEnumerable<Row> Rows(SqliteReader reader, string partition)
    {
        var range = new RowRange(string.Empty, "~");
        for (var more = true; more;)
        {
            (var page, more) = reader.List(partition, range, PageRows, PageBytes);
            foreach (var row in page)
            {
                yield return row;
            }

            range = page.Count == 0 ? range : range.After(page[^1].Key);
        }
    }

    private static List<string> Integrity(SqliteConnection connection)
    {
        using var check = connection.Statement("PRAGMA integrity_check");
        using var reader = check.ExecuteReader();
        var faults = new List<string>();
        while (reader.Read())
        {
            if (reader.GetString(0) is var line && line != "ok")
            {
                faults.Add("SQLite: " + line);
            }
        }

        return faults;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        return (long)command.ExecuteScalar()!;
    }
}
