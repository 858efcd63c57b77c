using System.Security.Cryptography;

namespace KetamineIntake.Core.Records;

/// <summary>Ids of records: 26 characters of <c>[a-z0-9]</c> carrying 128 random bits, so that an id can be neither guessed nor enumerated.</summary>
public static class RowId
{
    public const int Length = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New()
    {
        Span<byte> random = stackalloc byte[Length];
        RandomNumberGenerator.Fill(random);
        return string.Create(Length, random, static (id, bytes) =>
        {
            for (var i = 0; i < id.Length; i++)
            {
                // 26 x 5 bits hold 128; the first character carries only 3 of them.
                id[i] = Alphabet[bytes[i] & (i == 0 ? 7 : 31)];
            }
        });
    }

    /// <summary>Whether text has the shape of an id. Anything else is answered as "not found" without asking the store.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Alphabet);
}
