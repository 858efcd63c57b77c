using System.Globalization;
using System.Text;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>A text as words are compared: lower case, without accents, apostrophes, punctuation and pictures, single spaces.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        // The letters that people type in English and Spanish; anything else parts words.
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Fold(character) is { } folded)
            {
                plain.Append(folded);
            }
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // Null: the character disappears, as in "don't".
    private static char? Fold(char character) => char.ToLowerInvariant(character) switch
    {
        '\'' or '\u2019' or '\u2018' or '\u02BC' or '`' or '\u00B4' or '\u200B' or '\u200D' or '\uFE0F' or '\u00AD' => null,
        'á' or 'à' or 'ä' or 'â' or 'ã' => 'a',
        'é' or 'è' or 'ë' or 'ê' => 'e',
        'í' or 'ì' or 'ï' or 'î' => 'i',
        'ó' or 'ò' or 'ö' or 'ô' or 'õ' => 'o',
        'ú' or 'ù' or 'ü' or 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        >= '\uFF01' and <= '\uFF5E' and var wide => Fold((char)(wide - 0xFEE0)),
        var lower when CharUnicodeInfo.GetUnicodeCategory(lower) == UnicodeCategory.NonSpacingMark => null,
        var lower when char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) => lower,
        _ => ' ',
    };
}
