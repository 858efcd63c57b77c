using System.Security.Cryptography;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>What makes a preparation page unguessable: 12 letters and digits, 71 random bits, behind them a date of birth that locks after ten wrong ones.</summary>
public static class Tokens
{
    public const int Length = 12;

    // Links that went out before stay good.
    private const int EarlierLength = 22;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static bool IsValid(string? text) => text is { Length: Length or EarlierLength } && !text.AsSpan().ContainsAnyExcept(Alphabet);
}
