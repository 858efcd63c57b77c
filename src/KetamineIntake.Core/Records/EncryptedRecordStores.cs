using System.Runtime.CompilerServices;

namespace KetamineIntake.Core.Records;

/// <summary>Every partition behind encryption: bodies are unreadable to the adapter below, keys and ETags pass through.</summary>
public sealed class EncryptedRecordStores(IRecordStores inner, RecordKeys keys) : IRecordStores
{
    public IRecordStore Open(string partition) => new EncryptedRecordStore(inner.Open(partition), new RecordCipher(partition, keys));
}

/// <summary>One partition behind encryption. Reading throws <see cref="RecordIntegrityException"/> for a body that was not written there.</summary>
internal sealed class EncryptedRecordStore(IRecordStore inner, RecordCipher cipher) : IRecordStore
{
    public async Task<Row?> FindAsync(string key, CancellationToken cancellation) =>
        await inner.FindAsync(key, cancellation) is { } row ? Decrypted(row) : null;

    public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in inner.ListAsync(range, cancellation))
        {
            yield return Decrypted(row);
        }
    }

    public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) =>
        inner.CommitAsync([.. changes.Select(Encrypted)], cancellation);

    private Row Decrypted(Row row) => row with { Body = cipher.Decrypt(row.Key, row.Body.Span) };

    private Change Encrypted(Change change) => change switch
    {
        Change.Insert insert => insert with { Body = cipher.Encrypt(insert.Key, insert.Body.Span) },
        Change.Replace replace => replace with { Body = cipher.Encrypt(replace.Key, replace.Body.Span) },
        Change.Upsert upsert => upsert with { Body = cipher.Encrypt(upsert.Key, upsert.Body.Span) },
        _ => change,
    };
}
