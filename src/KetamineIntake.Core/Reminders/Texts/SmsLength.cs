using System.Collections.Frozen;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>How carriers encode a text, which decides how much fits: GSM 7-bit where every character is in its alphabet, else UCS-2 (3GPP TS 23.038).</summary>
public enum SmsEncoding
{
    /// <summary>GSM 03.38 default alphabet: 160 septets alone, 153 in each part of several.</summary>
    Gsm7,

    /// <summary>UTF-16: 70 units alone, 67 in each part of several.</summary>
    Ucs2,
}

/// <summary>How a text is sent and billed.</summary>
/// <param name="Units">Septets, or UTF-16 units.</param>
public readonly record struct SmsLength(SmsEncoding Encoding, int Units, int Segments)
{
    // 3GPP TS 23.038, table 6.2.1; the escape itself is not a character.
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    // Table 6.2.1.1: each takes an escape before it.
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenSet<char> OneSeptet = Basic.ToFrozenSet();
    private static readonly FrozenSet<char> TwoSeptets = Extension.ToFrozenSet();

    /// <summary>Exact: extension characters count two, and neither they nor a surrogate pair are split between parts.</summary>
    public static SmsLength Of(string text) =>
        text.All(IsGsm)
            ? Count(SmsEncoding.Gsm7, text.Select(c => TwoSeptets.Contains(c) ? 2 : 1), 160, 153)
            : Count(SmsEncoding.Ucs2, Runes(text), 70, 67);

    public static bool IsGsm(char character) => OneSeptet.Contains(character) || TwoSeptets.Contains(character);

    private static IEnumerable<int> Runes(string text) => text.EnumerateRunes().Select(r => r.Utf16SequenceLength);

    private static SmsLength Count(SmsEncoding encoding, IEnumerable<int> widths, int alone, int perPart)
    {
        var (units, parts, used) = (0, 1, 0);
        foreach (var width in widths)
        {
            units += width;
            if (used + width > perPart)
            {
                parts++;
                used = 0;
            }

            used += width;
        }

        return new SmsLength(encoding, units, units <= alone ? 1 : parts);
    }
}
