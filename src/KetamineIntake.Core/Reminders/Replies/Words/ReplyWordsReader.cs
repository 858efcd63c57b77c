using System.Collections.Frozen;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Reads and checks what texts mean in one language: <c>replies.en.json</c>, <c>replies.es.json</c>. How phrases are written: <see cref="PhrasePattern"/>.</summary>
public static class ReplyWordsReader
{
    private static readonly Dictionary<string, ReplyKind> Kinds = new(StringComparer.Ordinal)
    {
        ["stop"] = ReplyKind.Stop,
        ["start"] = ReplyKind.Start,
        ["help"] = ReplyKind.Help,
        ["confirm"] = ReplyKind.Confirm,
        ["reschedule"] = ReplyKind.Reschedule,
    };

    /// <summary>The document's name inside a protocol.</summary>
    public static string FileName(SmsLanguage language) => $"replies.{SmsLanguages.Code(language)}.json";

    /// <summary>Everything that is wrong with a document; empty when it can be used.</summary>
    public static IReadOnlyList<ProtocolFault> Faults(ReadOnlyMemory<byte> json, SmsLanguage language)
    {
        var faults = new FaultList();
        _ = Read(DocumentReader.Root(FileName(language), json, faults), language);
        return faults.All;
    }

    internal static ReplyWords Read(Node root, SmsLanguage language)
    {
        var fields = root.Fields(["language", "groups", "politeness", "keywords", "optOut", "crisis"]);
        var code = SmsLanguages.Code(language);
        if (fields["language"].Text() is { Length: > 0 } given && given != code)
        {
            fields["language"].Fault($"Needs \"{code}\".");
        }

        var groups = Groups(fields["groups"]);
        return new ReplyWords(
            language,
            Keywords(fields["keywords"], language),
            fields["politeness"].SomeElements().Select(Plain).ToFrozenSet(StringComparer.Ordinal),
            OptOut(fields["optOut"], new Compiler(groups, w => w)),
            Crisis(fields["crisis"], new Compiler(groups, language == SmsLanguage.Spanish ? SpanishSound.Of : w => w)));
    }

    private static Dictionary<string, IReadOnlyList<Node>> Groups(Node node)
    {
        var groups = new Dictionary<string, IReadOnlyList<Node>>(StringComparer.Ordinal);
        foreach (var group in node.SomeElements())
        {
            var fields = group.Fields(["name", "phrases"]);
            if (!groups.TryAdd(fields["name"].Text(), fields["phrases"].SomeElements()))
            {
                group.Fault("The group stands here twice.");
            }
        }

        return groups;
    }

    private static FrozenDictionary<string, Reply> Keywords(Node node, SmsLanguage language)
    {
        var keywords = new Dictionary<string, Reply>(StringComparer.Ordinal);
        foreach (var list in node.SomeElements())
        {
            var fields = list.Fields(["does", "source", "words"], "tellStaff");
            _ = fields["source"].Text();
            var reply = new Reply(fields["does"].OneOf(Kinds), fields.Find("tellStaff")?.Flag() ?? false, Language: language);
            foreach (var word in fields["words"].SomeElements())
            {
                if (!keywords.TryAdd(Plain(word), reply))
                {
                    word.Fault("The keyword stands here twice.");
                }
            }
        }

        return keywords.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Written as texts are compared, or it would never be found.
    private static string Plain(Node node)
    {
        var text = node.Text();
        if (text.Length > 0 && PlainText.Of(text) != text)
        {
            node.Fault("Needs small letters and digits with single spaces, without accents.");
        }

        return text;
    }

    private static OptOutWords OptOut(Node node, Compiler compiler)
    {
        var fields = node.Fields(["source", "sure", "beside", "doubtful", "other", "tapbacks"]);
        _ = fields["source"].Text();
        return new OptOutWords(
            compiler.List([fields["sure"]], true), compiler.List([fields["beside"]], true), compiler.List([fields["doubtful"]]), compiler.List([fields["other"]]),
            compiler.List([fields["tapbacks"]], true));
    }

    private static CrisisPhrases Crisis(Node node, Compiler compiler)
    {
        var fields = node.Fields(["spelling", "idioms", "lists"]);
        var lists = fields["lists"].SomeElements().Select(l => l.Fields(["about", "source", "phrases"], "always")).ToLookup(l => l.Find("always")?.Flag() ?? false);
        foreach (var list in lists.SelectMany(l => l))
        {
            _ = list["about"].Text();
            _ = list["source"].Text();
        }

        var spelling = fields["spelling"].SomeElements().Select(Plain).Where(w => w.Length > 0).Select(compiler.Spell).ToList();
        return new CrisisPhrases(
            compiler.List(lists[true].Select(l => l["phrases"])), compiler.List(lists[false].Select(l => l["phrases"])), compiler.List([fields["idioms"]]), new Spelling(spelling), compiler.Spell);
    }

    /// <summary>Phrases in the spelling in which they are compared.</summary>
    private sealed class Compiler
    {
        private readonly Dictionary<string, IReadOnlyList<IReadOnlyList<PhraseSlot>>> known = new(StringComparer.Ordinal);

        public Compiler(Dictionary<string, IReadOnlyList<Node>> groups, Func<string, string> spell)
        {
            Spell = spell;
            foreach (var (name, phrases) in groups)
            {
                // A group may use those that stand before it.
                known[name] = [.. phrases.Select(Phrase)];
            }
        }

        public Func<string, string> Spell { get; }

        public PhraseList List(IEnumerable<Node> lists, bool isWhole = false) => new([.. lists.SelectMany(l => l.SomeElements()).Select(Phrase)], isWhole);

        private IReadOnlyList<PhraseSlot> Phrase(Node node)
        {
            var text = node.Text();
            var phrase = PhrasePattern.Of(text, known, Spell, out var fault);
            if (fault is not null && text.Length > 0)
            {
                node.Fault(fault);
            }

            return phrase;
        }
    }
}
