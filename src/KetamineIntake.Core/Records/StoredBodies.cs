using System.Text;

namespace KetamineIntake.Core.Records;

/// <summary>Bodies as a store keeps them, for hosts that look after a whole file: checks, backups, rotation of keys.</summary>
public sealed class StoredBodies(RecordKeys keys)
{
    /// <summary>Why a body cannot be read; null when it can.</summary>
    public string? FaultOf(string partition, string key, ReadOnlySpan<byte> stored)
    {
        try
        {
            new RecordCipher(partition, keys).Decrypt(key, stored);
            return null;
        }
        catch (RecordIntegrityException unreadable)
        {
            return unreadable.Message;
        }
    }

    /// <summary>The same body under the current key.</summary>
    /// <exception cref="RecordIntegrityException">It cannot be read.</exception>
    public byte[] Renew(string partition, string key, ReadOnlySpan<byte> stored)
    {
        var cipher = new RecordCipher(partition, keys);
        return cipher.Encrypt(key, cipher.Decrypt(key, stored));
    }

    public bool IsCurrent(ReadOnlySpan<byte> stored) => KeyIdOf(stored) == keys.Current.Id;

    /// <summary>Null for what does not have the form of a stored body.</summary>
    public static string? KeyIdOf(ReadOnlySpan<byte> stored) =>
        stored.Length > 2 && stored.Length >= 2 + stored[1] ? Encoding.ASCII.GetString(stored.Slice(2, stored[1])) : null;
}
