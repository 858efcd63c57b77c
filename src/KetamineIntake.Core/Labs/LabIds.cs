using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Labs;

/// <summary>Ids that the same facts make again, so that doing a thing twice does it once. Hashed: an accession number must not show in a row key.</summary>
internal static class LabIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>130 bits of SHA-256 over the parts, in the shape of <see cref="RowId"/>.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts!)));
        return string.Create(RowId.Length, hash, static (id, bytes) =>
        {
            for (var i = 0; i < id.Length; i++)
            {
                // One byte a character: 26 of the 32 bytes, five bits of each.
                id[i] = Alphabet[bytes[i] & 31];
            }
        });
    }
}
