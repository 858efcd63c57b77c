namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Phrases that are looked for together. Made ready when the first text comes, not at the start.</summary>
/// <param name="isWhole">They are the whole text, not a part of it.</param>
internal sealed class PhraseList(IReadOnlyList<IReadOnlyList<PhraseSlot>> phrases, bool isWhole = false)
{
    // Stands where a phrase was taken out; no phrase has it.
    private const string Taken = "-";

    private readonly Lazy<PhraseAutomaton> automaton = new(() => new PhraseAutomaton(phrases));

    /// <param name="text">Words with single spaces.</param>
    public bool IsIn(string text)
    {
        var words = Split(text);
        return isWhole
            ? words.Length > 0 && automaton.Value.EndFrom(words, 0) == words.Length
            : Enumerable.Range(0, words.Length).Any(i => automaton.Value.EndFrom(words, i) > i);
    }

    /// <summary>Words of the text at which a phrase begins.</summary>
    public int CountIn(string text)
    {
        var words = Split(text);
        return Enumerable.Range(0, words.Length).Count(i => automaton.Value.EndFrom(words, i) > i);
    }

    /// <summary>The text without them.</summary>
    public string Without(string text)
    {
        var words = Split(text);
        var rest = new List<string>(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            var end = automaton.Value.EndFrom(words, i);
            rest.Add(end > i ? Taken : words[i]);
            i = Math.Max(i, end - 1);
        }

        return string.Join(' ', rest);
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
