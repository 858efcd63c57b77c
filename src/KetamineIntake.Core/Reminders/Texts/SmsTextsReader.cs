using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>Reads and checks the texts of one language: <c>{"language":"en","texts":{name: text}}</c>.</summary>
public static class SmsTextsReader
{
    /// <summary>The document's name inside a protocol.</summary>
    public static string FileName(SmsLanguage language) => $"texts.sms.{SmsLanguages.Code(language)}.json";

    /// <summary>The texts, or null with everything that is wrong.</summary>
    public static (SmsTexts? Texts, IReadOnlyList<ProtocolFault> Faults) Read(ReadOnlyMemory<byte> json, SmsLanguage language, RevealingWords revealing)
    {
        var faults = new FaultList();
        var texts = Read(DocumentReader.Root(FileName(language), json, faults), language, revealing);
        return faults.IsEmpty ? (texts, []) : (null, faults.All);
    }

    internal static SmsTexts Read(Node root, SmsLanguage language, RevealingWords revealing)
    {
        var fields = root.Fields(["language", "texts"]);
        var code = SmsLanguages.Code(language);
        if (fields["language"].Text() is { Length: > 0 } given && given != code)
        {
            fields["language"].Fault($"Needs \"{code}\".");
        }

        var named = fields["texts"].Fields([.. SmsTextNames.All]);
        return new SmsTexts(language, SmsTextNames.All.ToDictionary(n => n, n => ReadText(n, named[n], revealing), StringComparer.Ordinal));
    }

    private static string ReadText(string name, Node node, RevealingWords revealing)
    {
        var text = node.Text();
        foreach (var fault in TextLint.Faults(text, revealing).Concat(OpenPlaceholders(name, text)))
        {
            node.Fault(fault);
        }

        return text;
    }

    // Texts about no visit have no visit's words to be filled with.
    private static IEnumerable<string> OpenPlaceholders(string name, string template) =>
        SmsTextNames.WithoutVisit.Contains(name, StringComparer.Ordinal)
            ? Placeholders.In(template).Where(Placeholders.NeedsVisit).Select(p => $"{{{p}}} needs a visit, and this text is about none.")
            : [];
}
