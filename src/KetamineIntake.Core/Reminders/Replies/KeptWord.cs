using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>One word about texts as it is kept outside the store as well, so that no restored copy of the store forgets it; or the key of phone hashes, without which no word would be found again.</summary>
/// <param name="Clinic">The partition; the global one for the key.</param>
/// <param name="PhoneHash">Empty for the key.</param>
public sealed record KeptWord(string Clinic, string PhoneHash, ConsentEntry? Entry, PhoneSecret? Secret)
{
    /// <summary>A STOP counts although its commit may fail; a START only once it is stored.</summary>
    public bool CountsAtOnce => Entry is not { Allows: true };

    public ReadOnlyMemory<byte> Write() => RecordJson.Write(this);

    /// <exception cref="System.Text.Json.JsonException">Not what <see cref="Write"/> wrote.</exception>
    public static KeptWord Read(ReadOnlyMemory<byte> written) => RecordJson.Read<KeptWord>(new Row("kept", written, string.Empty));

    /// <summary>What a row says, as far as it is about texts.</summary>
    public static IEnumerable<KeptWord> Of(string partition, string key, ReadOnlyMemory<byte> body)
    {
        var row = new Row(key, body, string.Empty);
        return partition == Rows.Global
            ? key == Rows.PhoneKey ? [new KeptWord(partition, string.Empty, null, RecordJson.Read<PhoneSecret>(row))] : []
            : Rows.PhoneHashOfConsent(key) is { } hash ? RecordJson.Read<ConsentLedger>(row).Entries.Select(e => new KeptWord(partition, hash, e, null)) : [];
    }
}
