using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads the FHIR R4 Questionnaire document.</summary>
internal sealed partial class QuestionnaireReader
{
    private readonly Dictionary<string, QuestionnaireItem> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> systems = new(StringComparer.Ordinal);

    public static Questionnaire Read(Node root, ReadOnlyMemory<byte> document) => new QuestionnaireReader().Whole(root, document);

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    public static partial Regex Version();

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LinkId();

    private Questionnaire Whole(Node root, ReadOnlyMemory<byte> document)
    {
        var fields = root.Fields(
            ["resourceType", "id", "url", "version", "name", "title", "status", "language", "subjectType", "item"],
            "_title", "date", "publisher", "description");
        Equal(fields["resourceType"], "Questionnaire");
        Equal(fields["status"], "active");
        fields["id"].Text();
        fields["name"].Text();
        foreach (var key in fields.Among(["date", "publisher", "description", "language"]))
        {
            fields[key].Text();
        }

        foreach (var subject in fields["subjectType"].SomeElements())
        {
            Equal(subject, "Patient");
        }

        Translations.Check(fields.Find("_title"));
        var sections = fields["item"].SomeElements().Select(Section).Where(IsNew).ToList();
        return new Questionnaire(Url(fields["url"]), Semantic(fields["version"]), fields["title"].Text(), sections, document);
    }

    /// <summary>A version of three numbers.</summary>
    public static string Semantic(Node node)
    {
        var version = node.Text();
        if (version.Length > 0 && !Version().IsMatch(version))
        {
            node.Fault($"\"{version}\" is not a version of the form 1.2.3.");
        }

        return version;
    }

    /// <summary>Versions of the same questionnaire whose answers are taken, each below the one that is asked now.</summary>
    public static IReadOnlyList<string> Earlier(Node? list, string current)
    {
        var versions = new List<string>();
        foreach (var node in list?.Elements() ?? [])
        {
            var version = Semantic(node);
            if (System.Version.TryParse(version, out var earlier) && System.Version.TryParse(current, out var now) && (earlier >= now || versions.Contains(version)))
            {
                node.Fault($"\"{version}\" is not earlier than {current}, or stands here twice.");
            }

            versions.Add(version);
        }

        return versions;
    }

    private static string Url(Node node)
    {
        var url = node.Text();
        if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out _) || url.Contains('|', StringComparison.Ordinal)))
        {
            node.Fault("Needs an absolute URL without \"|\".");
        }

        return url;
    }

    private static void Equal(Node node, string expected)
    {
        if (node.Text() is var text && text.Length > 0 && text != expected)
        {
            node.Fault($"Needs \"{expected}\".");
        }
    }

    private QuestionnaireItem Section(Node node)
    {
        var section = Item(node);
        if (!node.IsMissing && section.Type != ItemType.Group)
        {
            node.Fault("A section is a group.");
        }

        return section;
    }

    private QuestionnaireItem Item(Node node)
    {
        var fields = node.Fields(
            ["linkId", "text", "type"],
            "_text", "code", "extension", "enableWhen", "enableBehavior", "repeats", "required", "maxLength", "answerOption", "item");
        var linkId = Name(fields["linkId"]);
        var type = fields["type"].OneOf(FhirTerms.Types);
        var translations = Translations.Check(fields.Find("_text"));
        Codings(fields.Find("code"));
        var extensions = ItemExtensions.Read(fields.Find("extension"), type);
        var gates = fields.Find("enableWhen") is { } list ? EnableWhenReader.Read(list, known, systems) : [];
        var options = Options(fields.Find("answerOption"), linkId);
        var item = new QuestionnaireItem(
            linkId, type, fields["text"].Text(), extensions.Help, options,
            fields.Find("repeats")?.Flag() ?? false, extensions.Optional, extensions.Identity, extensions.SelectAll,
            extensions.Minimum, extensions.Maximum, extensions.Unit,
            fields.Find("maxLength")?.Whole(1, 10_000), gates, EnableWhenReader.All(fields.Find("enableBehavior"), gates), [])
        {
            Hidden = extensions.Hidden,
            LessThan = extensions.LessThan,
            AskBelow = extensions.AskBelow,
            AskAbove = extensions.AskAbove,
            BmiAskBelow = extensions.BmiAskBelow,
            BmiAskAbove = extensions.BmiAskAbove,
            UnitCode = extensions.UnitCode,
            Required = fields.Find("required")?.Flag() ?? false,
            Translations = translations,
        };
        if (item.LessThan is { Length: > 0 } larger && known.GetValueOrDefault(larger) is not { Type: ItemType.Integer or ItemType.Decimal })
        {
            node.Fault($"No earlier number \"{larger}\" is asked.");
        }

        // Known before its children are read: they may depend on it, it may not depend on itself.
        var added = linkId.Length > 0 && known.TryAdd(linkId, item);
        if (!added && linkId.Length > 0)
        {
            fields["linkId"].Fault($"The linkId \"{linkId}\" stands here twice.");
        }

        item = item with { Items = [.. (fields.Find("item")?.SomeElements() ?? []).Select(Item).Where(IsNew)] };
        ItemChecks.Check(node, fields, item);
        if (added)
        {
            known[linkId] = item;
        }

        return item;
    }

    /// <summary>A linkId that stands twice has been reported; the second one would break the index by linkId.</summary>
    private bool IsNew(QuestionnaireItem item) => known.TryGetValue(item.LinkId, out var first) && ReferenceEquals(first, item);

    private static string Name(Node node)
    {
        var linkId = node.Text();
        if (linkId.Length > 0 && (linkId.Length > 64 || !LinkId().IsMatch(linkId)))
        {
            node.Fault($"\"{linkId}\" is not a linkId: words of letters and digits, joined by dots.");
        }

        return linkId;
    }

    private static void Codings(Node? codes)
    {
        foreach (var code in codes?.SomeElements() ?? [])
        {
            var fields = code.Fields(["system", "code"], "display");
            fields["system"].Text();
            fields["code"].Text();
        }
    }

    private List<AnswerOption> Options(Node? list, string linkId)
    {
        var options = new List<AnswerOption>();
        foreach (var node in list?.SomeElements() ?? [])
        {
            var fields = node.Fields(["valueCoding"], "extension");
            var coding = fields["valueCoding"].Fields(["system", "code", "display"], "_display");
            Translations.Check(coding.Find("_display"));
            var code = coding["code"].Text();
            systems[$"{linkId}|{code}"] = coding["system"].Text();
            if (options.Exists(o => o.Code == code))
            {
                coding["code"].Fault($"The code \"{code}\" stands here twice.");
            }

            options.Add(Option(code, coding["display"].Text(), fields.Find("extension")) with { System = systems[$"{linkId}|{code}"], Translated = Translations.Contents(coding.Find("_display")) });
        }

        return options;
    }

    private static AnswerOption Option(string code, string display, Node? list)
    {
        var option = new AnswerOption(code, display, null);
        foreach (var extension in list?.SomeElements() ?? [])
        {
            var url = extension.Fields(["url"], "valueDecimal", "valueString", "valueCoding")["url"];
            if (url.Text() == FhirTerms.SameAs)
            {
                var same = extension.Fields(["url", "valueCoding"])["valueCoding"].Fields(["system", "code"]);
                option = option with { SameAs = (same["system"].Text(), same["code"].Text()) };
            }
            else if (url.Text() == FhirTerms.Since)
            {
                option = option with { Since = SinceOf(extension.Fields(["url", "valueString"])["valueString"]) };
            }
            else
            {
                Equal(url, FhirTerms.Ordinal);
                option = option with { Ordinal = extension.Fields(["url", "valueDecimal"])["valueDecimal"].Number() };
            }
        }

        return option;
    }

    private static Version? SinceOf(Node node) => System.Version.TryParse(Semantic(node), out var version) ? version : null;
}
