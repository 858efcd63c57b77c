using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads answers.json.</summary>
internal static class AnswerContentReader
{
    public const string FileName = "answers.json";

    private const int Youngest = 18;
    private const int Oldest = 120;

    public static AnswerContent Read(Node root)
    {
        var fields = root.Fields(["codedWords", "refusedForm"]);
        var refused = fields["refusedForm"].Fields(["age", "source"]);
        refused["source"].Text();
        return new AnswerContent(Coded(fields["codedWords"].Fields(["description", "yes", "no", "neither", "source"])), refused["age"].Whole(Youngest, Oldest));
    }

    private static CodedWords Coded(Fields fields)
    {
        fields["description"].Text();
        fields["source"].Text();
        var (first, seen) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var code in new[] { "yes", "no" })
        {
            foreach (var word in fields[code].SomeElements().Select(n => Phrase(n, seen, isOneWord: true)))
            {
                first.TryAdd(word, code);
            }
        }

        return new CodedWords(first, [.. fields["neither"].SomeElements().Select(n => Phrase(n, seen, isOneWord: false))]);
    }

    // Compared with words that have lost their case and punctuation: one that has not would never be met.
    private static string Phrase(Node node, HashSet<string> seen, bool isOneWord)
    {
        var phrase = node.Text();
        if (phrase.Length > 0 && (CodingCheck.Plain(phrase) != phrase || (isOneWord && phrase.Contains(' ', StringComparison.Ordinal))))
        {
            node.Fault($"\"{phrase}\" is not {(isOneWord ? "one word" : "words")} in lower case without punctuation.");
        }
        else if (!seen.Add(phrase) && phrase.Length > 0)
        {
            node.Fault($"\"{phrase}\" stands here twice.");
        }

        return phrase;
    }
}
