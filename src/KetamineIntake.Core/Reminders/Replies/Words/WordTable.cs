using System.Diagnostics.CodeAnalysis;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Finds a word, or the beginning of words that is written <c>haha*</c>, in as many steps as the word has letters.</summary>
internal sealed class WordTable<T>
{
    private readonly Dictionary<string, T> words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> beginnings = new(StringComparer.Ordinal);
    private readonly int longest;

    public WordTable(IEnumerable<(string Word, T Value)> rows)
    {
        foreach (var (word, value) in rows)
        {
            _ = word.EndsWith('*') ? beginnings.TryAdd(word[..^1], value) : words.TryAdd(word, value);
        }

        longest = beginnings.Keys.Select(b => b.Length).DefaultIfEmpty().Max();
    }

    /// <summary>The whole word first, then its longest beginning.</summary>
    public bool TryGet(string word, [MaybeNullWhen(false)] out T value)
    {
        if (words.TryGetValue(word, out value))
        {
            return true;
        }

        var lookup = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(word.Length, longest); length > 0; length--)
        {
            if (lookup.TryGetValue(word.AsSpan(0, length), out value))
            {
                return true;
            }
        }

        return false;
    }
}
