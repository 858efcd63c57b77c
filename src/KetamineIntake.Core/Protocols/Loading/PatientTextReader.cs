using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads texts.en.json: what patients see at the end.</summary>
internal static partial class PatientTextReader
{
    private static readonly string[] Messages = ["imminent", "high", "elevated", "contraindicated", "needs-review", "incomplete", "eligible"];
    private static readonly string[] Occasions = ["always", "elevated", "high", "imminent"];

    public static ProtocolTexts Read(Node root)
    {
        var fields = root.Fields(["language", "messages", "resources"]);
        if (fields["language"].Text() is var language && language.Length > 0 && language != "en")
        {
            fields["language"].Fault("Needs \"en\".");
        }

        var messages = fields["messages"].Fields(Messages);
        var resources = fields["resources"].Fields(Occasions);
        return new ProtocolTexts(
            Messages.ToDictionary(k => k, k => messages[k].Text(), StringComparer.Ordinal),
            Occasions.ToDictionary(k => k, IReadOnlyList<Resource> (k) => [.. resources[k].SomeElements().Select(One)], StringComparer.Ordinal));
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

    [GeneratedRegex(@"^\+?[0-9]{3,15}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Phone();
}
