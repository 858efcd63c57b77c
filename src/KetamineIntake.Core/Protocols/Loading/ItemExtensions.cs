namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>What the extensions of one questionnaire item say.</summary>
internal sealed record ItemExtensions(string? Help, bool Optional, bool Identity, bool SelectAll, decimal? Minimum, decimal? Maximum, string? Unit, bool Hidden)
{
    public string? LessThan { get; init; }

    public string? UnitCode { get; init; }

    public decimal? AskBelow { get; init; }

    public decimal? AskAbove { get; init; }

    public decimal? BmiAskBelow { get; init; }

    public decimal? BmiAskAbove { get; init; }

    private static readonly ItemExtensions None = new(null, false, false, false, null, null, null, false);

    public static ItemExtensions Read(Node? list, ItemType type)
    {
        var read = None;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in list?.SomeElements() ?? [])
        {
            var fields = node.Fields(["url"], "valueString", "_valueString", "valueBoolean", "valueInteger", "valueDecimal", "valueCoding");
            var url = fields["url"].Text();
            if (!seen.Add(url))
            {
                node.Fault("The same extension stands here twice.");
            }

            read = Apply(read, url, node, type);
        }

        if (read.Minimum > read.Maximum)
        {
            list?.Fault("The smallest value is above the largest.");
        }

        return read;
    }

    private static ItemExtensions Apply(ItemExtensions read, string url, Node node, ItemType type)
    {
        switch (url)
        {
            case FhirTerms.Help:
                var help = node.Fields(["url", "valueString"], "_valueString");
                Translations.Check(help.Find("_valueString"));
                return read with { Help = help["valueString"].Text() };
            case FhirTerms.Optional:
                return read with { Optional = Flag(node) };
            case FhirTerms.Identity:
                return read with { Identity = Flag(node) };
            case FhirTerms.SelectAll:
                return read with { SelectAll = Flag(node) && Fits(node, type == ItemType.Group, "Only a group can offer \"none of these\".") };
            case FhirTerms.Hidden:
                return read with { Hidden = Flag(node) };
            case FhirTerms.MinValue:
                return read with { Minimum = Bound(node, type) };
            case FhirTerms.MaxValue:
                return read with { Maximum = Bound(node, type) };
            case FhirTerms.LessThan:
                Fits(node, IsNumber(type), "Only a number is less than another one.");
                return read with { LessThan = node.Fields(["url", "valueString"])["valueString"].Text() };
            case FhirTerms.AskBelow:
                return read with { AskBelow = Bound(node, type) };
            case FhirTerms.AskAbove:
                return read with { AskAbove = Bound(node, type) };
            case FhirTerms.BmiAskBelow:
                return read with { BmiAskBelow = Bound(node, type) };
            case FhirTerms.BmiAskAbove:
                return read with { BmiAskAbove = Bound(node, type) };
            case FhirTerms.Confirm:
                Fits(node, IsNumber(type), "Only a number is confirmed.");
                var confirm = node.Fields(["url", "valueString"], "_valueString");
                Translations.Check(confirm.Find("_valueString"));
                confirm["valueString"].Text();
                return read;
            case FhirTerms.Unit:
                Fits(node, IsNumber(type), "Only a number has a unit.");
                var unit = node.Fields(["url", "valueCoding"])["valueCoding"].Fields(["system", "code", "display"]);
                return read with { Unit = unit["display"].Text(), UnitCode = unit["code"].Text() };
            default:
                Fits(node, url.Length == 0, $"Unknown extension \"{url}\".");
                return read;
        }
    }

    private static bool Flag(Node node) => node.Fields(["url", "valueBoolean"])["valueBoolean"].Flag();

    private static decimal? Bound(Node node, ItemType type)
    {
        Fits(node, IsNumber(type), "Only a number has a smallest and a largest value.");
        return type == ItemType.Integer
            ? node.Fields(["url", "valueInteger"])["valueInteger"].Whole(-1_000_000, 1_000_000)
            : node.Fields(["url", "valueDecimal"])["valueDecimal"].Number();
    }

    private static bool IsNumber(ItemType type) => type is ItemType.Integer or ItemType.Decimal;

    private static bool Fits(Node node, bool fits, string detail)
    {
        if (!fits)
        {
            node.Fault(detail);
        }

        return fits;
    }
}

/// <summary>Translations ride in FHIR's own translation extension beside a text ("_text", "_display", "_title").</summary>
internal static class Translations
{
    /// <summary>The texts themselves, of a node that <see cref="Check"/> has seen.</summary>
    public static IReadOnlyList<string> Contents(Node? beside) =>
    [
        .. (beside?.Fields([], "extension").Find("extension")?.Elements() ?? []).SelectMany(e => e.Fields([], "url", "extension").Find("extension")?.Elements() ?? [])
            .Where(p => p.IsObject && p.Json.TryGetProperty("valueString", out var text) && text.ValueKind == System.Text.Json.JsonValueKind.String)
            .Select(p => p.Json.GetProperty("valueString").GetString()!),
    ];

    /// <returns>Contents by language; faults are told.</returns>
    public static IReadOnlyDictionary<string, string> Check(Node? beside)
    {
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var extension in beside?.Fields(["extension"])["extension"].SomeElements() ?? [])
        {
            var fields = extension.Fields(["url", "extension"]);
            if (fields["url"].Text() is var url && url.Length > 0 && url != FhirTerms.Translation)
            {
                fields["url"].Fault($"Unknown extension \"{url}\".");
                continue;
            }

            CheckOne(fields["extension"], contents);
        }

        return contents;
    }

    private static void CheckOne(Node parts, Dictionary<string, string> contents)
    {
        string? content = null;
        string? language = null;
        foreach (var part in parts.SomeElements())
        {
            var fields = part.Fields(["url"], "valueCode", "valueString");
            switch (fields["url"].Text())
            {
                case "lang":
                    language = part.Fields(["url", "valueCode"])["valueCode"].Text();
                    break;
                case "content":
                    content = part.Fields(["url", "valueString"])["valueString"].Text();
                    break;
                default:
                    part.Fault("A translation holds lang and content.");
                    break;
            }
        }

        if (language is null || content is not { Length: > 0 } || !contents.TryAdd(language, content))
        {
            parts.Fault("A translation needs one lang, one content, and each language once.");
        }
    }
}
