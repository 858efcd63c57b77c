using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>
/// Where somebody at risk said they are, and whom the clinic may call; both in their own words, each may be missing. Asked after help was shown, as a choice. It has called nobody.
/// </summary>
/// <param name="Where">For example an address.</param>
/// <param name="Whom">A name and a number.</param>
/// <param name="At">When it was told: people move.</param>
public sealed record Whereabouts(string? Where, string? Whom, Instant At)
{
    /// <summary>Characters of each.</summary>
    public const int Longest = 300;

    /// <summary>What was typed, without control characters; null for nothing.</summary>
    public static string? Read(string? typed)
    {
        var text = string.Concat((typed ?? "").Where(c => !char.IsControl(c))).Trim();
        return text.Length == 0 ? null : text[..Math.Min(text.Length, Longest)];
    }
}
