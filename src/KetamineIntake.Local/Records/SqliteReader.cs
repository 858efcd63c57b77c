using System.Globalization;
using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>One read connection with its prepared statements. Used by one caller at a time, for microseconds: no read stays open while its caller does something else.</summary>
internal sealed class SqliteReader(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand find = connection.Statement(
        "SELECT key, body, etag FROM rows WHERE partition = $partition AND key = $key", "$partition", "$key");

    private readonly SqliteCommand list = connection.Statement(
        "SELECT key, body, etag FROM rows WHERE partition = $partition AND key >= $from AND key < $before ORDER BY key",
        "$partition", "$from", "$before");

    public SqliteConnection Connection => connection;

    public Row? Find(string partition, string key)
    {
        using var reader = find.With(partition, key).ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    /// <summary>The next rows of the range: at least one where there is one, at most so many, and no more once their bodies pass so many bytes; and whether there may be more.</summary>
    public (List<Row> Page, bool More) List(string partition, RowRange range, int rows, int bytes)
    {
        var page = new List<Row>();
        using var reader = list.With(partition, range.From, range.Before).ExecuteReader();
        while (reader.Read())
        {
            var row = Read(reader);
            page.Add(row);
            bytes -= row.Body.Length;
            if (page.Count == rows || bytes <= 0)
            {
                return (page, true);
            }
        }

        return (page, false);
    }

    public void Dispose() => connection.Dispose();

    private static Row Read(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2).ToString(CultureInfo.InvariantCulture));
}

/// <summary>Read connections, as many as were ever in use at once.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentBag<SqliteReader> idle = [];
    private volatile bool closed;

    /// <exception cref="RecordStoreException">The file could not be read.</exception>
    public T Read<T>(Func<SqliteReader, T> read)
    {
        if (closed)
        {
            throw new RecordStoreException("The record file is being closed.");
        }

        SqliteReader? reader = null;
        var done = false;
        try
        {
            reader = idle.TryTake(out var rested) ? rested : new SqliteReader(file.OpenReader());
            var result = read(reader);
            done = true;
            return result;
        }
        catch (SqliteException failure)
        {
            throw failure.ToOutage();
        }
        finally
        {
            Rest(reader, done);
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    // What a failure leaves behind in a connection is not worth knowing: the next caller gets a new one.
    private void Rest(SqliteReader? reader, bool usable)
    {
        if (reader is null || !usable)
        {
            reader?.Dispose();
            return;
        }

        idle.Add(reader);
        if (closed)
        {
            Dispose();
        }
    }
}
