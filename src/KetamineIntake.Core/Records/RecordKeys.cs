using System.Collections.Frozen;
using System.Security.Cryptography;

namespace KetamineIntake.Core.Records;

/// <summary>One AES-256 key. Its id is stored in front of every body that it encrypts, so ids are permanent.</summary>
public sealed class RecordKey
{
    public const int Bytes = 32;

    private readonly byte[] secret;

    /// <param name="id">1 to 64 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="secret">Exactly 32 bytes; copied.</param>
    /// <exception cref="ArgumentException">The id or the length of the secret is wrong.</exception>
    public RecordKey(string id, ReadOnlySpan<byte> secret)
    {
        if (id.Length is 0 or > 64 || !id.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException("A record key's id is 1 to 64 characters of [a-z0-9-].", nameof(id));
        }

        if (secret.Length != Bytes)
        {
            throw new ArgumentException("A record key has 32 bytes.", nameof(secret));
        }

        Id = id;
        this.secret = secret.ToArray();
    }

    public string Id { get; }

    internal ReadOnlySpan<byte> Secret => secret;

    /// <summary>A fresh key with a fresh id.</summary>
    public static RecordKey New() => new(RowId.New(), RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The secret itself, for whoever keeps it.</summary>
    public byte[] ExportSecret() => [.. secret];

    /// <summary>The id; never the secret.</summary>
    public override string ToString() => Id;
}

/// <summary>The key that new bodies are encrypted with, and older ones that are still read. To rotate: put a new key in front; each row moves to it when it is next written.</summary>
public sealed class RecordKeys
{
    private readonly FrozenDictionary<string, RecordKey> byId;

    public RecordKeys(RecordKey current, params IEnumerable<RecordKey> older)
    {
        Current = current;
        byId = older.Append(current).ToFrozenDictionary(static key => key.Id);
    }

    public RecordKey Current { get; }

    public bool Has(string id) => byId.ContainsKey(id);

    internal RecordKey? Find(string id) => byId.GetValueOrDefault(id);
}
