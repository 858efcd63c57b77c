namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Whether a text asks for no more texts: "any reasonable means" opts out (47 CFR 64.1200(a)(10)), and what may mean something else is for a person to decide.</summary>
/// <param name="Sure">Whole sentences that can mean nothing else.</param>
/// <param name="Beside">Whole sentences that change nothing about those beside them.</param>
/// <param name="Doubtful">Anywhere in a text.</param>
/// <param name="Other">Like doubtful ones, but about something else; looked for before those.</param>
/// <param name="Tapbacks">What a phone writes in front of a text of ours that somebody liked or the like.</param>
internal sealed record OptOutWords(PhraseList Sure, PhraseList Beside, PhraseList Doubtful, PhraseList Other, PhraseList Tapbacks)
{
    private static readonly char[] Quotes = ['"', '“', '”', '«', '„', '‟'];

    // A dash parts sentences only with spaces around it: "opt-out" is a word.
    private static readonly string[] Parting = [".", "!", "?", ",", ";", ":", "\n", "\r", "¡", "¿", "–", "—", " - "];

    /// <summary>The text quotes one of ours; its words are not the patient's.</summary>
    public bool IsTapback(string message) => message.IndexOfAny(Quotes) is > 0 and var quote && Tapbacks.IsIn(HeardWords.Of(message[..quote]));

    public bool IsSure(string message, Func<string, bool> isKeyword)
    {
        var sentences = Sentences(message);
        return sentences.Exists(s => Asks(s, isKeyword)) && sentences.TrueForAll(s => Asks(s, isKeyword) || Beside.IsIn(s));
    }

    /// <param name="isKeyword">Words that opt out when nothing else stands there.</param>
    public bool IsDoubtful(string message, Func<string, bool> isKeyword) =>
        Doubtful.IsIn(Other.Without(HeardWords.Of(message))) || Sentences(message).Exists(s => Asks(s, isKeyword));

    /// <summary>A sentence that opts out stands beside others that are about something else.</summary>
    public bool HasSureSentence(string message, Func<string, bool> isKeyword) => Sentences(message).Exists(s => Asks(s, isKeyword));

    private bool Asks(string sentence, Func<string, bool> isKeyword) => Sure.IsIn(sentence) || isKeyword(sentence);

    private static List<string> Sentences(string message) =>
        [.. message.Split(Parting, StringSplitOptions.RemoveEmptyEntries).Select(HeardWords.Of).Where(s => s.Length > 0)];
}
