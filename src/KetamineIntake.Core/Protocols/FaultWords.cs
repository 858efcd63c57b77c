using System.Text.Json;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Protocols;

/// <summary>What is wrong with a field, for the person who filled it in: a name under which the texts hold the words, and what stands at their placeholders.</summary>
public sealed record FaultWords(string Name, params (string Placeholder, string Value)[] Values)
{
    // Of the protocol that ships: what is wrong with a field is read before anybody knows whose it is. Read when the first field is wrong.
    private static readonly Lazy<Dictionary<string, string>> Shipped = new(() =>
    {
        using var document = JsonDocument.Parse(EmbeddedProtocols.Documents(EmbeddedProtocols.Shipped)["texts.en.json"]);
        return document.RootElement.GetProperty("faults").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString()!, StringComparer.Ordinal);
    });

    /// <summary>Every name, with the placeholders that its words hold in each language.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["date.unreadable"] = [],
        ["date.noYear"] = [],
        ["date.twoDigitYear"] = [],
        ["date.noSuchMonth"] = [],
        ["date.noSuchDay"] = [],
        ["date.inTheFuture"] = [],
        ["date.tooEarly"] = [],
        ["date.notWhole"] = [],
        ["date.ambiguous"] = [],
        ["date.enter"] = [],
        ["date.beforeBirth"] = [],
        ["birthDate.missing"] = [],
        ["name.missing"] = [],
        ["name.oneLine"] = [],
        ["name.hidden"] = ["mark"],
        ["name.long"] = ["count", "most"],
        ["name.noLetter"] = [],
        ["phone.missing"] = [],
        ["phone.notANumber"] = [],
        ["phone.letters"] = [],
        ["phone.extension"] = [],
        ["phone.unknownCountry"] = [],
        ["phone.noAreaCode"] = [],
        ["phone.tooShort"] = [],
        ["phone.tooLong"] = [],
        ["phone.notTextable"] = [],
        ["email.long"] = ["most"],
        ["email.hidden"] = [],
        ["email.spaces"] = [],
        ["email.unlike"] = [],
        ["choice.one"] = [],
        ["choice.alone"] = [],
        ["choice.unsureToo"] = [],
        ["choice.noneAndYes"] = ["question"],
        ["text.long"] = ["count", "most"],
        ["text.hidden"] = [],
        ["whole.range"] = ["least", "most"],
        ["whole.least"] = ["least"],
        ["whole.most"] = ["most"],
        ["whole.any"] = [],
        ["number.range"] = ["least", "most"],
        ["number.least"] = ["least"],
        ["number.most"] = ["most"],
        ["number.any"] = [],
        ["number.comma"] = ["typed", "whole", "part"],
        ["number.notLower"] = ["question"],
        ["measure.range"] = ["least", "most"],
        ["measure.twoBoxes"] = [],
        ["measure.askTwo"] = ["weight", "height"],
        ["measure.askOne"] = ["value"],
        ["unheard.contradicted"] = [],
        ["unheard.skipped"] = [],
        ["size.odd"] = ["said"],
        ["summary.one"] = [],
        ["summary.many"] = ["count"],
        ["summary.kept"] = [],
    };

    public string English => Filled(Shipped.Value[Name]);

    /// <summary>In the language of these texts; in English where they hold no words for it.</summary>
    public string In(ProtocolTexts texts) => texts.Faults.TryGetValue(Name, out var words) ? Filled(words) : English;

    private string Filled(string words) => Values.Aggregate(words, (text, v) => text.Replace("{" + v.Placeholder + "}", v.Value, StringComparison.Ordinal));
}
