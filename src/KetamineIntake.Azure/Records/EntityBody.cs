using Azure.Data.Tables;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>How a row is laid out as an entity: its body split over binary properties of at most 64 KiB, and the id of the commit that wrote it.</summary>
internal static class EntityBody
{
    /// <summary>The id of the commit that wrote this version of the row; how an ambiguous answer is settled.</summary>
    public const string CommitProperty = "commit";

    /// <summary>What Azure Tables takes: 64 KiB a property, 1 MiB an entity, 4 MiB a transaction (as sent: base64 inside JSON).</summary>
    private const int PropertyBytes = 64 * 1024;
    private const int EntityBytes = 1024 * 1024;
    private const int TransactionBytes = 4 * 1024 * 1024;

    // Headers and JSON around one change of a transaction, keys of 400 characters included, rounded up.
    private const int ChangeOverheadBytes = 4 * 1024;

    /// <exception cref="ArgumentException">The row or the commit is larger than the service takes.</exception>
    public static void CheckSizes(string partition, IReadOnlyList<Change> changes)
    {
        long transaction = 0;
        foreach (var change in changes)
        {
            var body = BodyOf(change).Length;
            if (EntitySize(partition, change.Key, body) > EntityBytes)
            {
                throw new ArgumentException($"The row {change.Key} is larger than the 1 MiB that Azure Tables takes.", nameof(changes));
            }

            transaction += (body + 2) / 3 * 4 + ChangeOverheadBytes;
        }

        if (changes.Count > 1 && transaction > TransactionBytes)
        {
            throw new ArgumentException("The commit is larger than the 4 MiB that Azure Tables takes in one transaction.", nameof(changes));
        }
    }

    public static TableEntity Write(string partition, string key, ReadOnlyMemory<byte> body, string commit)
    {
        var entity = new TableEntity(partition, key) { [CommitProperty] = commit };
        for (var (start, part) = (0, 0); start < body.Length; start += PropertyBytes, part++)
        {
            entity[Name(part)] = body.Slice(start, Math.Min(PropertyBytes, body.Length - start)).ToArray();
        }

        return entity;
    }

    public static Row Read(TableEntity entity) => new(entity.RowKey, Join(entity), entity.ETag.ToString());

    public static ReadOnlyMemory<byte> BodyOf(Change change) => change switch
    {
        Change.Insert insert => insert.Body,
        Change.Replace replace => replace.Body,
        Change.Upsert upsert => upsert.Body,
        _ => default,
    };

    private static byte[] Join(TableEntity entity)
    {
        var parts = new List<byte[]>();
        while (entity.GetBinary(Name(parts.Count)) is { } part)
        {
            parts.Add(part);
        }

        return parts.Count == 1 ? parts[0] : [.. parts.SelectMany(static part => part)];
    }

    // The service's own arithmetic: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
    private static long EntitySize(string partition, string key, int body)
    {
        var parts = (body + PropertyBytes - 1) / PropertyBytes;
        return 4 + (partition.Length + key.Length) * 2 + parts * (8 + 2 * 3 + 4) + body + 8 + CommitProperty.Length * 2 + RowId.Length * 2 + 4;
    }

    private static string Name(int part) => "b" + part;
}
