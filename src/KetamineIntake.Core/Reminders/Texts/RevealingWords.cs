using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Replies;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>
/// The protocol's list of words that name a treatment, drug, diagnosis or specialty, in all languages of its texts. Phones lie on tables: nothing in a text may show what the visit is for.
/// </summary>
public sealed class RevealingWords
{
    /// <summary>The document's name inside a protocol.</summary>
    public const string FileName = "texts.sms.revealing.json";

    private readonly IReadOnlyList<string> beginnings;
    private readonly IReadOnlySet<string> words;

    private RevealingWords(IReadOnlyList<string> beginnings, IReadOnlySet<string> words) => (this.beginnings, this.words) = (beginnings, words);

    /// <summary>Those that stand in the text, as words are compared: lower case, without accents.</summary>
    public IEnumerable<string> In(string text) =>
        PlainText.Of(text).Split(' ').Where(w => words.Contains(w) || beginnings.Any(b => w.StartsWith(b, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal);

    internal static RevealingWords Read(Node root)
    {
        var fields = root.Fields(["source", "beginnings", "words"]);
        fields["source"].Text();
        return new RevealingWords(List(fields["beginnings"]), List(fields["words"]).ToHashSet(StringComparer.Ordinal));
    }

    // A word that no text can hold when words are compared would guard nothing.
    private static List<string> List(Node list)
    {
        var read = new List<string>();
        foreach (var node in list.SomeElements())
        {
            var word = node.Text();
            if (word.Length > 0 && (PlainText.Of(word) != word || word.Contains(' ', StringComparison.Ordinal) || read.Contains(word, StringComparer.Ordinal)))
            {
                node.Fault("Needs one word, lower case and without accents, that stands here once.");
            }

            read.Add(word);
        }

        return read;
    }
}
