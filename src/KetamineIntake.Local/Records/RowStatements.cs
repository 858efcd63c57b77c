using System.Globalization;
using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Local.Records;

/// <summary>The changes of a commit as statements of the writer's connection. Used by the writer alone.</summary>
internal sealed class RowStatements(SqliteConnection connection)
{
    private static readonly CommitResult Committed = new CommitResult.Committed();

    private readonly SqliteCommand insert = connection.Statement(
        "INSERT INTO rows (partition, key, body) VALUES ($partition, $key, $body) ON CONFLICT (partition, key) DO NOTHING", "$partition", "$key", "$body");

    private readonly SqliteCommand upsert = connection.Statement(
        "INSERT OR REPLACE INTO rows (partition, key, body) VALUES ($partition, $key, $body)", "$partition", "$key", "$body");

    private readonly SqliteCommand delete = connection.Statement(
        "DELETE FROM rows WHERE partition = $partition AND key = $key AND etag = $etag", "$partition", "$key", "$etag");

    /// <summary>All changes, or at the first that conflicts none.</summary>
    public Applied<CommitResult> Apply(string partition, IReadOnlyList<Change> changes)
    {
        foreach (var change in changes)
        {
            if (!Apply(partition, change))
            {
                return new(new CommitResult.Conflict(change.Key), Keep: false);
            }
        }

        return new(Committed, Keep: true);
    }

    private bool Apply(string partition, Change change) => change switch
    {
        Change.Insert c => insert.With(partition, c.Key, c.Body.AsArray()).ExecuteNonQuery() == 1,
        Change.Upsert c => upsert.With(partition, c.Key, c.Body.AsArray()).ExecuteNonQuery() == 1,

        // A new row rather than an update: its ETag must be a new one.
        Change.Replace c => Delete(partition, c.Key, c.ETag) && insert.With(partition, c.Key, c.Body.AsArray()).ExecuteNonQuery() == 1,
        Change.Delete c => Delete(partition, c.Key, c.ETag),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    // Text that is not one of our ETags is the ETag of no row.
    private bool Delete(string partition, string key, string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && delete.With(partition, key, number).ExecuteNonQuery() == 1;
}
