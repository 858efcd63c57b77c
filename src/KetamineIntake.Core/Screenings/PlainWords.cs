using System.Globalization;
using System.Text;

namespace KetamineIntake.Core.Screenings;

/// <summary>
/// What somebody wrote as words that can be compared: lower case, without accents. Letters of any script and pictures stay words, because whatever nobody here
/// can read must not pass for nothing.
/// </summary>
internal static class PlainWords
{
    // Those that people type in English and Spanish: a host without ICU takes no accent off.
    private const string Accented = "áàäâãåéèëêíìïîóòöôõúùüûñç";
    private const string Plain = "aaaaaaeeeeiiiiooooouuuunc";

    public static IEnumerable<string> Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r) != UnicodeCategory.NonSpacingMark))
        {
            plain.Append(Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) ? Fold(Rune.ToLowerInvariant(rune)) : " ");
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Fold(Rune lower)
    {
        var letter = lower.ToString();
        return Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Plain[at..(at + 1)] : letter;
    }
}
