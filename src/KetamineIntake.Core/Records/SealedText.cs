namespace KetamineIntake.Core.Records;

/// <summary>What has to lie outside the store, encrypted with the record key as the store's bodies are, as text without line ends.</summary>
/// <param name="place">What the text is for: it opens nowhere else.</param>
public sealed class SealedText(RecordKeys keys, string place)
{
    private readonly RecordCipher cipher = new("_" + place, keys);

    public string Seal(ReadOnlyMemory<byte> body) => Convert.ToBase64String(cipher.Encrypt(place, body.Span));

    /// <summary>Null for what is no such text, was cut short or altered, or was sealed by a key we do not hold.</summary>
    public ReadOnlyMemory<byte>? Open(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return null;
        }

        try
        {
            return cipher.Decrypt(place, bytes.AsSpan(0, length));
        }
        catch (RecordIntegrityException)
        {
            return null;
        }
    }
}
