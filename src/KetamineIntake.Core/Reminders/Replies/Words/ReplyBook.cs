using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Reads patients' texts by the protocol's lists, whatever language they are in.</summary>
public sealed class ReplyBook
{
    private readonly IReadOnlyList<ReplyWords> languages;

    internal ReplyBook(IReadOnlyList<ReplyWords> languages) => this.languages = languages;

    /// <summary>
    /// A text that is nothing but a keyword ("help" alone is one, and its answer names 988); then crisis words anywhere; then short sentences that can only ask for no more texts, which a person reads too; then words that may ask for
    /// it, on which a person decides; everything else goes to staff.
    /// </summary>
    public Reply To(string message)
    {
        if ((Keyword(HeardWords.Of(message)) ?? Keyword(HeardWords.Mended(message))) is { } keyword)
        {
            return keyword;
        }

        return languages.FirstOrDefault(l => l.Crisis.AreIn(message)) is { } danger
            ? new Reply(ReplyKind.Crisis, true, StopsBesideOtherWords(message), danger.Language)
            : Sentences(message);
    }

    private Reply Sentences(string message)
    {
        var isTapback = languages.Any(l => l.OptOut.IsTapback(message));
        if (!isTapback && languages.FirstOrDefault(l => l.OptOut.IsSure(message, OptsOut)) is { } sure)
        {
            return new Reply(ReplyKind.Stop, true, Language: sure.Language);
        }

        // Of a text of ours that was liked only the quoted keyword is known; whether it was meant is for a person to say.
        return languages.FirstOrDefault(l => l.OptOut.IsDoubtful(message, OptsOut)) is { } doubtful ? new Reply(ReplyKind.MayStop, true, Language: doubtful.Language)
            : isTapback && HeardWords.Of(message).Split(' ').Any(w => OptsOut(w)) ? new Reply(ReplyKind.MayStop, true)
            : ShoutsKeyword(message) ? new Reply(ReplyKind.MayStop, true)
            : new Reply(ReplyKind.ToStaff, true);
    }

    // "Stop the voices" and "make it STOP" ask for help, not for silence: beside danger only a sentence of its own counts, and whoever reads the note sees the rest.
    private bool StopsBesideOtherWords(string message) => languages.Any(l => l.OptOut.HasSureSentence(message, OptsOut));

    // As in "please STOP these": the keyword alone in capitals.
    private bool ShoutsKeyword(string message) =>
        message.Any(char.IsLower) && Words(message).Any(w => w.Length > 1 && w.All(char.IsUpper) && OptsOut(PlainText.Of(w)));

    private static IEnumerable<string> Words(string message) =>
        string.Concat(message.Select(c => char.IsLetter(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private bool OptsOut(string sentence) => Keyword(sentence) is { Kind: ReplyKind.Stop };

    private Reply? Keyword(string words)
    {
        var plain = string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !languages.Any(l => l.Politeness.Contains(w))));
        foreach (var language in languages)
        {
            if (language.Keywords.TryGetValue(plain, out var reply))
            {
                return reply;
            }
        }

        return null;
    }
}
