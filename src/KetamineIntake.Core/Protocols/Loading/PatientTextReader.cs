using System.Text.RegularExpressions;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads texts.en.json and its translations: what patients read in the form and at its end.</summary>
internal static partial class PatientTextReader
{
    private static readonly string[] Messages = ["imminent", "high", "elevated", ProtocolTexts.Refused, "contraindicated", "needs-review", "incomplete", "eligible"];
    private static readonly string[] Occasions = ["always", "elevated", "high", "imminent"];
    private static readonly string[] Nexts = ["imminent", "high", "elevated", "emergency", "other"];

    /// <summary>The document of one language.</summary>
    public static string FileName(SmsLanguage language) => $"texts.{SmsLanguages.Code(language)}.json";

    public static ProtocolTexts Read(Node root, SmsLanguage language, RuleBook rules)
    {
        var isEnglish = language == SmsLanguage.English;
        var fields = root.Fields(["language", "messages", "resources", "emergencies", "emergencyReasons", "next", "page", "faults", .. isEnglish ? Array.Empty<string>() : ["notes"]]);
        var code = SmsLanguages.Code(language);
        if (fields["language"].Text() is { Length: > 0 } given && given != code)
        {
            fields["language"].Fault($"Needs \"{code}\".");
        }

        var next = fields["next"].Fields(Nexts);
        return Basic(fields) with
        {
            Language = language,
            Emergencies = Named(fields["emergencies"], rules.Rules.Select(r => r.Emergency)),
            EmergencyReasons = Named(fields["emergencyReasons"], rules.Rules.Where(r => r.Emergency is not null).Select(r => r.Id)),
            Next = Nexts.ToDictionary(k => k, IReadOnlyList<string> (k) => [.. next[k].SomeElements().Select(n => n.Text())], StringComparer.Ordinal),
            Notes = isEnglish ? new Dictionary<string, string>() : Named(fields["notes"], rules.Rules.Where(r => r.PatientText is not null).Select(r => r.Id)),
            Faults = Faults(fields["faults"]),
            Page = Named(fields["page"], isEnglish ? PageWords.All : [.. PageWords.All, PageWords.LanguageNote]),
        };
    }

    // What was typed must not be left out of one language, and no placeholder that nothing fills may reach a patient.
    private static Dictionary<string, string> Faults(Node node)
    {
        var words = Named(node, FaultWords.All.Keys);
        foreach (var (name, placeholders) in FaultWords.All.Where(f => words[f.Key].Length > 0))
        {
            var held = Placeholder().Matches(words[name]).Select(m => m.Groups["name"].Value).ToList();
            foreach (var detail in placeholders.Except(held, StringComparer.Ordinal).Select(p => $"Needs {{{p}}}.").Concat(held.Except(placeholders, StringComparer.Ordinal).Select(p => $"Nothing fills {{{p}}}.")))
            {
                node.Fields([name], [.. FaultWords.All.Keys])[name].Fault(detail);
            }
        }

        return words;
    }

    private static ProtocolTexts Basic(Fields fields)
    {
        var messages = fields["messages"].Fields(Messages);
        var resources = fields["resources"].Fields(Occasions);
        return new ProtocolTexts(
            Messages.ToDictionary(k => k, k => messages[k].Text(), StringComparer.Ordinal),
            Occasions.ToDictionary(k => k, IReadOnlyList<Resource> (k) => [.. resources[k].SomeElements().Select(One)], StringComparer.Ordinal));
    }

    /// <summary>A text for each of the names and for nothing else: what a rule names must be there, and what no rule names would never be read.</summary>
    private static Dictionary<string, string> Named(Node node, IEnumerable<string?> names)
    {
        string[] all = [.. names.OfType<string>().Distinct(StringComparer.Ordinal)];
        var fields = node.Fields(all);
        return all.ToDictionary(n => n, n => fields[n].Text(), StringComparer.Ordinal);
    }

    private static Resource One(Node node)
    {
        var fields = node.Fields(["title"], "phone", "url");
        var resource = new Resource(fields["title"].Text(), fields.Find("phone")?.Text(), fields.Find("url")?.Text());
        if (resource.Phone is null && resource.Url is null)
        {
            node.Fault("A resource needs a phone or a url.");
        }

        if (resource.Phone is { Length: > 0 } phone && !Phone().IsMatch(phone))
        {
            fields["phone"].Fault($"\"{phone}\" is not a number that can be dialled.");
        }

        if (resource.Url is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttps))
        {
            fields["url"].Fault("Needs an https address.");
        }

        return resource;
    }

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\+?[0-9]{3,15}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Phone();
}
