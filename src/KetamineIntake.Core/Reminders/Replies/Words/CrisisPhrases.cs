namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>
/// Words that may mean that somebody is in danger. Wide on purpose: a false alarm costs a phone call. It is no risk assessment, and its silence means nothing.
/// </summary>
/// <param name="Clear">So clear that they alarm whatever else the text says.</param>
/// <param name="Phrases">All others; how much they say, <see cref="CrisisWeights"/> knows.</param>
/// <param name="Idioms">Sayings with such words that mean something else; taken out of a text before it is compared, and before a slip could make them another word.</param>
/// <param name="Sound">How words are written to be compared.</param>
internal sealed record CrisisPhrases(PhraseList Clear, PhraseList Phrases, PhraseList Idioms, Spelling Spelling, Func<string, string> Sound)
{
    public HeardPhrases In(string message)
    {
        var rest = Idioms.Without(Sound(HeardWords.Mended(message)));
        var mended = Spelling.Mend(rest);
        var clear = Math.Max(Clear.CountIn(rest), Clear.CountIn(mended));
        return new HeardPhrases(clear > 0, clear + Math.Max(Phrases.CountIn(rest), Phrases.CountIn(mended)));
    }
}

/// <summary>What the lists of one language, or of several, hear in a text.</summary>
/// <param name="Count">Words at which a phrase begins.</param>
internal readonly record struct HeardPhrases(bool IsClear, int Count);
