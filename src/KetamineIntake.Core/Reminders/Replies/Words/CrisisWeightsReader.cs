using System.Collections.Frozen;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Reads and checks <c>replies.weights.json</c>: how much words say that somebody is in danger. Its base, threshold and points are written by <c>tests/KetamineIntake.Phrases</c>.</summary>
public static class CrisisWeightsReader
{
    /// <summary>The document's name inside a protocol.</summary>
    public const string FileName = "replies.weights.json";

    // Learnt points are below 10; a slip of the comma is far above.
    private const decimal Most = 100;

    /// <summary>Everything that is wrong with the document; empty when it can be used.</summary>
    public static IReadOnlyList<ProtocolFault> Faults(ReadOnlyMemory<byte> json)
    {
        var faults = new FaultList();
        _ = Read(DocumentReader.Root(FileName, json, faults));
        return faults.All;
    }

    internal static CrisisWeights Read(Node root)
    {
        var fields = root.Fields(["source", "threshold", "base", "laughter", "spanish", "concepts", "points"]);
        _ = fields["source"].Text();
        return new CrisisWeights(
            Amount(fields["threshold"]),
            Amount(fields["base"]),
            Points(fields["points"]),
            new CrisisFeatures(Words(fields["laughter"], new HashSet<string>(StringComparer.Ordinal)), Concepts(fields["concepts"])),
            Words(fields["spanish"], new HashSet<string>(StringComparer.Ordinal)).ToFrozenSet(StringComparer.Ordinal));
    }

    // Not frozen: tens of thousands of rows, and freezing them would cost the start more than it saves a text.
    private static Dictionary<string, double> Points(Node node)
    {
        var points = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in node.SomeElements())
        {
            var fields = row.Fields(["points", "of"]);
            var amount = Amount(fields["points"]);
            foreach (var element in fields["of"].SomeElements())
            {
                var feature = element.Text();
                if (!points.TryAdd(feature, amount) && feature.Length > 0)
                {
                    element.Fault("The row stands here twice.");
                }
            }
        }

        return points;
    }

    private static List<(string Name, IReadOnlyList<string> Words)> Concepts(Node node)
    {
        var concepts = new List<(string Name, IReadOnlyList<string> Words)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var concept in node.SomeElements())
        {
            var fields = concept.Fields(["name", "words"]);
            var name = fields["name"].Text();
            if (name.Length > 0 && concepts.Exists(c => c.Name == name))
            {
                concept.Fault("The concept stands here twice.");
            }

            concepts.Add((name, Words(fields["words"], known)));
        }

        return concepts;
    }

    // A word has one meaning, so it stands in one list once.
    private static List<string> Words(Node node, HashSet<string> known)
    {
        var words = new List<string>();
        foreach (var element in node.SomeElements())
        {
            var word = element.Text();
            var letters = word.EndsWith('*') ? word[..^1] : word;
            if (word.Length > 0 && (letters.Length == 0 || !letters.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
            {
                element.Fault("Needs one word of small letters and digits, without accents.");
            }
            else if (word.Length > 0 && !known.Add(word))
            {
                element.Fault("The word stands here twice.");
            }

            words.Add(word);
        }

        return words;
    }

    // JSON knows no number without end, and what a decimal cannot hold is a fault of the node's.
    private static double Amount(Node node)
    {
        var number = node.Number();
        if (Math.Abs(number) > Most)
        {
            node.Fault($"Needs a number from -{Most} to {Most}.");
        }

        return (double)number;
    }
}
