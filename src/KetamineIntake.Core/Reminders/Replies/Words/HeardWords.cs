using System.Text;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>A text as phrases are compared with it: what phones and thumbs do to words is undone, so that the lists need not hold every spelling.</summary>
internal static class HeardWords
{
    // "k i l l", but not "I a".
    private const int FewestSpaced = 3;

    /// <summary>Words with single spaces, as they were written but for marks.</summary>
    public static string Of(string message) => PlainText.Of(message);

    /// <summary>The same with letters for the digits and signs that stand for them, and no letter more than twice in a row.</summary>
    public static string Mended(string message)
    {
        var marks = new StringBuilder(message.Length);
        for (var i = 0; i < message.Length; i++)
        {
            // "su!cide" and "$uicide", but no price and no end of a sentence.
            var isInside = i + 1 < message.Length && char.IsLetter(message[i + 1]) && ((i > 0 && char.IsLetter(message[i - 1])) || message[i] is '$' or '@');
            marks.Append(isInside && Sign(message[i]) is { } letter ? letter : message[i]);
        }

        return string.Join(' ', Joined(PlainText.Of(marks.ToString()).Split(' ')).Select(w => Short(Letters(w))));
    }

    private static List<string> Joined(string[] words)
    {
        var joined = new List<string>(words.Length);
        var start = 0;
        for (var i = 0; i <= words.Length; i++)
        {
            if (i < words.Length && words[i].Length == 1)
            {
                continue;
            }

            var letters = words[start..i];
            joined.AddRange(letters.Length >= FewestSpaced ? [string.Concat(letters)] : letters);
            joined.AddRange(i < words.Length ? [words[i]] : []);
            start = i + 1;
        }

        return joined;
    }

    private static string? Sign(char sign) => sign switch
    {
        '@' => "a",
        '$' => "s",
        '!' => "i",
        '*' => "",
        _ => null,
    };

    // Only in words that begin with a letter: 30 is a number, and 4pm a time.
    private static string Letters(string word) => !word.Any(char.IsAsciiLetterLower) || !word.Any(char.IsAsciiDigit) || char.IsAsciiDigit(word[0])
        ? word
        : string.Concat(word.Replace("11", "ll", StringComparison.Ordinal).Select(c => c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', _ => c }));

    // "killll meeee" is "kil me", which the lists' own words mend.
    private static string Short(string word)
    {
        var kept = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            var runs = i;
            while (runs + 1 < word.Length && word[runs + 1] == word[i])
            {
                runs++;
            }

            kept.Append(word[i], char.IsAsciiLetterLower(word[i]) && runs - i >= 2 ? 1 : runs - i + 1);
            i = runs;
        }

        return kept.ToString();
    }
}
