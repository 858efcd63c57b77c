using System.Text.RegularExpressions;
using KetamineIntake.Core.Labs;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Checks the lists of words by which results in words are read: one that is missing, mistyped or never met would leave a finding unheard.</summary>
internal static partial class ResultWordsReader
{
    /// <summary>Notes every fault.</summary>
    public static void Check(Node lists)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in lists.SomeElements())
        {
            var fields = node.Fields(["name", "description", "words", "source"]);
            var name = fields["name"].Text();
            if (name.Length > 0 && (!ResultWords.Names.Contains(name, StringComparer.Ordinal) || !seen.Add(name)))
            {
                fields["name"].Fault($"\"{name}\" is no list that is read, or stands here twice.");
            }

            fields["description"].Text();
            fields["source"].Text();
            CheckWords(fields["words"]);
        }

        foreach (var name in ResultWords.Names.Where(n => !lists.IsMissing && !seen.Contains(n)))
        {
            lists.Fault($"The list \"{name}\" is missing.");
        }
    }

    private static void CheckWords(Node list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in list.SomeElements())
        {
            var word = node.Text();
            if (word.Length > 0 && !Word().IsMatch(word))
            {
                node.Fault($"\"{word}\" is not words in lower case, joined by single spaces, hyphens, slashes or apostrophes; a * at either end stands for any letters.");
            }
            else if (!seen.Add(word) && word.Length > 0)
            {
                node.Fault($"\"{word}\" stands here twice.");
            }
        }
    }

    [GeneratedRegex(@"^\*?[\p{Ll}0-9]+([ '/-][\p{Ll}0-9]+)*\*?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
