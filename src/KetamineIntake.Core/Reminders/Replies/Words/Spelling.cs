using System.Collections.Frozen;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Words whose misspellings count as they do.</summary>
internal sealed class Spelling(IReadOnlyList<string> words)
{
    // In a short word another letter makes another word: "went" is not "want".
    private const int Long = 6;

    private readonly FrozenSet<string> known = words.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenDictionary<char, string[]> byFirst = words.GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <param name="text">Words with single spaces.</param>
    public string Mend(string text) => string.Join(' ', text.Split(' ').Select(Mended));

    private string Mended(string word) =>
        word.Length < 3 || known.Contains(word) || !byFirst.TryGetValue(word[0], out var some) ? word : Array.Find(some, w => IsNear(word, w)) ?? word;

    /// <summary>One slip away: two letters swapped or one left out; in a long word also one too many or another one.</summary>
    internal static bool IsNear(string word, string meant)
    {
        var first = 0;
        while (first < word.Length && first < meant.Length && word[first] == meant[first])
        {
            first++;
        }

        var rest = word.AsSpan(first);
        var wanted = meant.AsSpan(first);
        return (wanted.Length - rest.Length) switch
        {
            1 => wanted[1..].SequenceEqual(rest),
            0 when rest.Length >= 2 && rest[0] == wanted[1] && rest[1] == wanted[0] => rest[2..].SequenceEqual(wanted[2..]),
            0 => meant.Length >= Long && rest.Length > 0 && rest[1..].SequenceEqual(wanted[1..]),
            -1 => meant.Length >= Long && rest[1..].SequenceEqual(wanted),
            _ => false,
        };
    }
}
