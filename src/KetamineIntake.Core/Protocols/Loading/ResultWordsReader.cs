using System.Text.RegularExpressions;
using KetamineIntake.Core.Labs;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Checks the lists of words by which results in words are read: one that is missing, mistyped or never met would leave a finding unheard.</summary>
internal static partial class ResultWordsReader
{
    // A word of both would mean two things.
    private static readonly (string One, string Other)[] Opposites =
    [
        (ResultWords.TestPositive, ResultWords.TestNegative), (ResultWords.EcgBesideNormal, ResultWords.EcgIschaemia), (ResultWords.EcgBesideNormal, ResultWords.EcgBlock),
        (ResultWords.EcgBesideNormal, ResultWords.EcgDenied),
    ];

    /// <summary>Notes every fault.</summary>
    public static void Check(Node lists)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var words = new Dictionary<string, List<string>>(StringComparer.Ordinal);
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
            words[name] = CheckWords(fields["words"], name != ResultWords.EcgBesideNormal);
        }

        foreach (var word in Opposites.Where(o => words.ContainsKey(o.One) && words.ContainsKey(o.Other)).SelectMany(o => words[o.One].Intersect(words[o.Other], StringComparer.Ordinal)).Where(w => w.Length > 0))
        {
            lists.Fault($"\"{word}\" stands in two lists that mean opposite things.");
        }

        foreach (var name in ResultWords.Names.Where(n => !lists.IsMissing && !seen.Contains(n)))
        {
            lists.Fault($"The list \"{name}\" is missing.");
        }
    }

    /// <param name="mayBeOpen">Whether a word may stand for others: beside a normal ECG none may that nobody has read.</param>
    private static List<string> CheckWords(Node list, bool mayBeOpen)
    {
        var seen = new List<string>();
        foreach (var node in list.SomeElements())
        {
            var word = node.Text();
            if (!mayBeOpen && word.Contains('*', StringComparison.Ordinal))
            {
                node.Fault($"\"{word}\" would make any word that begins or ends like it normal.");
            }

            if (word.Length > 0 && !Word().IsMatch(word))
            {
                node.Fault($"\"{word}\" is not words in lower case, joined by single spaces, hyphens, slashes or apostrophes; a * at either end stands for any letters.");
            }
            else if (seen.Contains(word, StringComparer.Ordinal) && word.Length > 0)
            {
                node.Fault($"\"{word}\" stands here twice.");
            }

            seen.Add(word);
        }

        return seen;
    }

    [GeneratedRegex(@"^\*?[\p{Ll}0-9]+([ '/-][\p{Ll}0-9]+)*\*?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
