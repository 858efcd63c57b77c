using System.Security.Cryptography;
using System.Text;

namespace KetamineIntake.Core.Records;

/// <summary>
/// Bodies of one partition to and from what is stored: version (1 byte), length of the key id (1 byte), key id, nonce (12 bytes), tag (16 bytes), ciphertext; AES-256-GCM.
/// Partition, row key and key id are associated data, so that a body reads only where it was written. An older body of the same row is not told from the newest.
/// </summary>
/// <remarks>Nonces are random: renew a key before it has written 2^32 bodies (NIST SP 800-38D, 8.3).</remarks>
internal sealed class RecordCipher(string partition, RecordKeys keys)
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public byte[] Encrypt(string rowKey, ReadOnlySpan<byte> body)
    {
        var key = keys.Current;
        var header = 2 + key.Id.Length;
        var stored = new byte[header + NonceBytes + TagBytes + body.Length];
        stored[0] = Version;
        stored[1] = (byte)key.Id.Length;
        Encoding.ASCII.GetBytes(key.Id, stored.AsSpan(2));

        var nonce = stored.AsSpan(header, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Secret, TagBytes);
        aes.Encrypt(nonce, body, stored.AsSpan(header + NonceBytes + TagBytes), stored.AsSpan(header + NonceBytes, TagBytes), AssociatedData(rowKey, key.Id));
        return stored;
    }

    /// <exception cref="RecordIntegrityException">The body does not authenticate.</exception>
    public byte[] Decrypt(string rowKey, ReadOnlySpan<byte> stored)
    {
        if (stored.Length < 2 || stored[0] != Version || stored.Length < 2 + stored[1] + NonceBytes + TagBytes)
        {
            throw new RecordIntegrityException(rowKey, "it does not have the form of an encrypted record.");
        }

        var keyId = Encoding.ASCII.GetString(stored.Slice(2, stored[1]));
        var key = keys.Find(keyId) ?? throw new RecordIntegrityException(rowKey, "its encryption key is not among those given.");
        var sealedPart = stored[(2 + stored[1])..];
        var body = new byte[sealedPart.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Secret, TagBytes);
        try
        {
            aes.Decrypt(sealedPart[..NonceBytes], sealedPart[(NonceBytes + TagBytes)..], sealedPart.Slice(NonceBytes, TagBytes), body, AssociatedData(rowKey, keyId));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new RecordIntegrityException(rowKey, "it does not authenticate.");
        }

        return body;
    }

    private byte[] AssociatedData(string rowKey, string keyId) => Encoding.UTF8.GetBytes($"{partition}\n{rowKey}\n{keyId}");
}
