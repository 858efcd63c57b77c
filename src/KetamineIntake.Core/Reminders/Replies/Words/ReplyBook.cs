using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Reads patients' texts by the protocol's lists, whatever language they are in.</summary>
public sealed class ReplyBook
{
    // Fewer say too little for points to outweigh a wish.
    private const int FewestWords = 8;

    private readonly IReadOnlyList<ReplyWords> languages;

    private readonly CrisisWeights weights;

    internal ReplyBook(IReadOnlyList<ReplyWords> languages, CrisisWeights weights) => (this.languages, this.weights) = (languages, weights);

    /// <summary>
    /// A text that is nothing but a keyword ("help" alone is one, and its answer names 988); then crisis words anywhere, clear ones by themselves and others by their points; then short sentences that can only ask for no more texts, which a person reads too; then words that may ask for
    /// it, on which a person decides; everything else goes to staff.
    /// </summary>
    public Reply To(string message)
    {
        if ((Keyword(HeardWords.Of(message)) ?? Keyword(HeardWords.Mended(message))) is { } keyword)
        {
            return keyword;
        }

        return Danger(message) is { } danger ? new Reply(ReplyKind.Crisis, true, StopsBesideOtherWords(message), danger) : Sentences(message);
    }

    /// <summary>A phrase that always alarms is in it.</summary>
    internal bool IsClear(string message) => languages.Any(l => l.Crisis.In(message).IsClear);

    /// <summary>Words at which a phrase of any language's list begins.</summary>
    internal int PhrasesIn(string message) => languages.Sum(l => l.Crisis.In(message).Count);

    // The language in which danger was heard; null where none was.
    private SmsLanguage? Danger(string message)
    {
        var heard = languages.Select(l => (l.Language, Phrases: l.Crisis.In(message))).ToList();
        var first = heard.Find(h => h.Phrases.Count > 0).Language;
        if (heard.Exists(h => h.Phrases.IsClear))
        {
            return heard.Find(h => h.Phrases.IsClear).Language;
        }

        // Quoted words are ours, and ours name danger; sentences that can only opt out are known. The points know neither.
        var count = heard.Sum(h => h.Phrases.Count);
        return languages.Any(l => l.OptOut.IsTapback(message) || l.OptOut.IsSure(message, OptsOut)) ? (count > 0 ? first : null)
            : (count == 0 && IsShortWish(message)) || !weights.Alarm(message, count) ? null
            : count > 0 ? first
            : weights.LanguageOf(message);
    }

    // "Stop sending me stuff": nothing in it but what may be a wish for no more texts, which a person reads too.
    private bool IsShortWish(string message) => HeardWords.Of(message).Split(' ').Length < FewestWords && languages.Any(l => l.OptOut.IsDoubtful(message, OptsOut));

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
