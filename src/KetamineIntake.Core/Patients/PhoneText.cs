using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Patients;

/// <summary>What people and phones write around the digits of a number, taken away.</summary>
internal static partial class PhoneText
{
    /// <summary>Longest text worth looking at: fifteen digits with generous marks, visible or not.</summary>
    private const int LongestText = 100;

    /// <summary>Digits, "+", spaces for whatever else may stand between them, and what the numbering plans have to judge: letters, and the marks of an extension or a pause.</summary>
    public static (string? Plain, PhoneFault? Fault) Plain(string? text)
    {
        if (text is null || text.Length > LongestText)
        {
            return (null, text is null ? PhoneFault.NotANumber : PhoneFault.TooLong);
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(Ascii(rune));
        }

        return OfUri(plain.ToString().Trim());
    }

    private static string Ascii(Rune rune) => rune.Value switch
    {
        // Full-width and small forms.
        '+' or 0xFF0B or 0xFE62 => "+",
        '#' or 0xFF03 => "#",
        '*' or 0xFF0A => "*",
        ',' or 0xFF0C => ",",
        ';' or 0xFF1B => ";",
        ':' or '=' => rune.ToString(),
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.DecimalDigitNumber => Rune.GetNumericValue(rune).ToString("0", CultureInfo.InvariantCulture),

            // Marks of direction that phones copy along, joiners, the box of a keycap emoji.
            UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => "",
            UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol => " ",
            UnicodeCategory.Control when Rune.IsWhiteSpace(rune) => " ",
            _ => rune.ToString(),
        },
    };

    /// <summary>RFC 3966: the number behind "tel:", and what its parameters say about it.</summary>
    private static (string? Plain, PhoneFault? Fault) OfUri(string text)
    {
        if (Uri().Match(text) is not { Success: true } uri)
        {
            return (text.Replace(':', ' ').Replace('=', ' '), null);
        }

        var number = uri.Groups["number"].Value.Trim();
        var parameters = uri.Groups["parameters"].Value;
        if (Extension().IsMatch(parameters))
        {
            return (null, PhoneFault.Extension);
        }

        var context = Context().Match(parameters) is { Success: true } found && !number.StartsWith('+') ? found.Groups["code"].Value : "";
        return (context + number, null);
    }

    [GeneratedRegex(@"^(tel|sms|callto)\s*:(?<number>[^;]*)(?<parameters>.*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Uri();

    [GeneratedRegex(@";\s*ext\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Extension();

    [GeneratedRegex(@"phone.context\s*=\s*(?<code>\+\d+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Context();
}
