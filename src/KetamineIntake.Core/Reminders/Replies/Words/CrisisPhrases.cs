namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>
/// Words that may mean that somebody is in danger. Wide on purpose: a false alarm costs a phone call. It is no risk assessment, and its silence means nothing.
/// </summary>
/// <param name="Idioms">Sayings with such words that mean something else; taken out of a text before it is compared, and before a slip could make them another word.</param>
/// <param name="Sound">How words are written to be compared.</param>
internal sealed record CrisisPhrases(PhraseList Phrases, PhraseList Idioms, Spelling Spelling, Func<string, string> Sound)
{
    public bool AreIn(string message)
    {
        var rest = Idioms.Without(Sound(HeardWords.Mended(message)));
        return Phrases.IsIn(rest) || Phrases.IsIn(Spelling.Mend(rest));
    }
}
