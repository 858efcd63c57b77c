using System.Security.Cryptography;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>What makes a preparation page unguessable: 22 letters and digits, more than 128 random bits.</summary>
public static class Tokens
{
    public const int Length = 22;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static bool IsValid(string? text) => text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Alphabet);
}
