using System.Text.Json;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>Reads and checks the texts of one language: <c>{"language":"en","texts":{name: text}}</c>. Every fault is reported, not only the first.</summary>
public static class SmsTextsReader
{
    /// <summary>The texts, or null with what is wrong.</summary>
    public static (SmsTexts? Texts, IReadOnlyList<TextFault> Faults) Read(ReadOnlyMemory<byte> json, SmsLanguage language)
    {
        var faults = new List<TextFault>();
        try
        {
            using var document = JsonDocument.Parse(json);
            var texts = ReadDocument(document.RootElement, language, faults);
            return faults.Count == 0 ? (new SmsTexts(language, texts), faults) : (null, faults);
        }
        catch (JsonException broken)
        {
            return (null, [new TextFault(string.Empty, $"Not JSON (line {broken.LineNumber + 1}).")]);
        }
    }

    private static Dictionary<string, string> ReadDocument(JsonElement root, SmsLanguage language, List<TextFault> faults)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new TextFault(string.Empty, "An object is expected."));
            return texts;
        }

        var code = language == SmsLanguage.Spanish ? "es" : "en";
        faults.AddRange(root.EnumerateObject().Where(p => p.Name is not ("language" or "texts")).Select(p => new TextFault("/" + p.Name, "Unknown key.")));
        if (!root.TryGetProperty("language", out var given) || given.ValueKind != JsonValueKind.String || given.GetString() != code)
        {
            faults.Add(new TextFault("/language", $"\"{code}\" is expected."));
        }

        if (!root.TryGetProperty("texts", out var named) || named.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new TextFault("/texts", "An object of texts by name is expected."));
            return texts;
        }

        foreach (var text in named.EnumerateObject())
        {
            faults.AddRange(ReadText(text, texts));
        }

        faults.AddRange(SmsTextNames.All.Where(n => !named.TryGetProperty(n, out _)).Select(n => new TextFault("/texts/" + n, "The text is missing.")));
        return texts;
    }

    private static IEnumerable<TextFault> ReadText(JsonProperty text, Dictionary<string, string> texts)
    {
        var path = "/texts/" + text.Name;
        if (!SmsTextNames.All.Contains(text.Name, StringComparer.Ordinal))
        {
            return [new TextFault(path, "Unknown key.")];
        }

        if (text.Value.ValueKind != JsonValueKind.String)
        {
            return [new TextFault(path, "A text is expected.")];
        }

        if (!texts.TryAdd(text.Name, text.Value.GetString()!))
        {
            return [new TextFault(path, "The text comes twice.")];
        }

        return TextLint.Faults(texts[text.Name]).Concat(OpenPlaceholderFaults(text.Name, texts[text.Name])).Select(f => new TextFault(path, f));
    }

    // Texts about no visit have no visit's words to be filled with.
    private static IEnumerable<string> OpenPlaceholderFaults(string name, string template) =>
        SmsTextNames.WithoutVisit.Contains(name, StringComparer.Ordinal)
            ? Placeholders.In(template).Where(Placeholders.NeedsVisit).Select(p => $"{{{p}}} needs a visit, and this text is about none.")
            : [];
}
