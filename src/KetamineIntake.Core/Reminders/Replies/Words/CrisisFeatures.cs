using System.Globalization;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>
/// What a text has that can be given points, each once: words, words side by side (<c>^</c> begins the text, <c>$</c> ends it), words with one or two others between (<c>want .. die</c>), what
/// words mean (<c>&lt;kin&gt; &lt;gun&gt;</c>, other words left out), runs of three to five letters of a word (<c>~suici</c>), and how many phrases the lists hear (<c>{1}</c>, <c>{2}</c>,
/// <c>{4}</c> or more). Their number grows with the text alone.
/// </summary>
/// <param name="laughter">Words that count as if they did not stand there; <c>haha*</c> any ending.</param>
/// <param name="concepts">Words of one meaning, in whatever language.</param>
internal sealed class CrisisFeatures(IReadOnlyList<string> laughter, IReadOnlyList<(string Name, IReadOnlyList<string> Words)> concepts)
{
    private const int ShortestRun = 3;
    private const int LongestRun = 5;

    // Two words with at most two others between, and the same for meanings.
    private const int Farthest = 3;

    // A longer word is none; its letters need not be looked at.
    private const int LongestWord = 40;

    private static readonly int[] PhraseSteps = [1, 2, 4];

    private readonly WordTable<bool> laughs = new(laughter.Select(w => (w, true)));
    private readonly WordTable<string> meanings = new(concepts.SelectMany(c => c.Words.Select(w => (w, $"<{c.Name}>"))));

    /// <param name="phrases">How many phrases the lists hear.</param>
    public HashSet<string> Of(string message, int phrases)
    {
        var words = WordsOf(message);
        var features = new HashSet<string>(StringComparer.Ordinal);
        features.UnionWith(words);
        AddPairs(words, features);
        AddSides(words, features);
        AddMeanings(words, features);
        foreach (var word in words)
        {
            AddRuns(word, features);
        }

        features.UnionWith(PhraseSteps.Where(s => phrases >= s).Select(s => string.Create(CultureInfo.InvariantCulture, $"{{{s}}}")));
        return features;
    }

    /// <summary>The words that can be given points; <c>#</c> for a number.</summary>
    public List<string> WordsOf(string message) =>
        [.. HeardWords.Mended(message).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !laughs.TryGet(w, out _)).Select(w => w.All(char.IsAsciiDigit) ? "#" : w)];

    private void AddMeanings(List<string> words, HashSet<string> features)
    {
        var meant = new List<string>(words.Count);
        foreach (var word in words)
        {
            if (meanings.TryGet(word, out var meaning))
            {
                meant.Add(meaning);
            }
        }

        features.UnionWith(meant);
        AddPairs(meant, features);
    }

    private static void AddPairs(List<string> words, HashSet<string> features)
    {
        for (var i = 0; i < words.Count; i++)
        {
            for (var j = i + 1; j < words.Count && j <= i + Farthest; j++)
            {
                features.Add(j == i + 1 ? $"{words[i]} {words[j]}" : $"{words[i]} .. {words[j]}");
            }
        }
    }

    private static void AddSides(List<string> words, HashSet<string> features)
    {
        if (words.Count > 0)
        {
            features.Add($"^ {words[0]}");
            features.Add($"{words[^1]} $");
        }
    }

    private static void AddRuns(string word, HashSet<string> features)
    {
        if (word.Length > LongestWord)
        {
            return;
        }

        var whole = $"^{word}$";
        for (var length = ShortestRun; length <= LongestRun; length++)
        {
            for (var i = 0; i + length <= whole.Length; i++)
            {
                features.Add(string.Concat("~", whole.AsSpan(i, length)));
            }
        }
    }
}
