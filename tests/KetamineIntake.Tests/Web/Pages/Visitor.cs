using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>What a visitor types, ticks (several values: several boxes) or clears (empty), by field name.</summary>
internal sealed class Typed : Dictionary<string, string>
{
    public const char AndAlso = '|';

    /// <summary>The button that is pressed; null is the first, as Enter would.</summary>
    public string? Button { get; init; }
}

/// <summary>A page as the browser got it, after any redirects.</summary>
internal sealed record Page(HttpStatusCode Status, string Path, IHtmlDocument Html)
{
    public string Heading => Html.QuerySelector("h1")!.TextContent;

    public string Text => Html.QuerySelector("main")!.TextContent;

    /// <summary>The text of a field or, for radio buttons and boxes, what is chosen, joined by <see cref="Typed.AndAlso"/>.</summary>
    public string Value(string name) => string.Join(Typed.AndAlso, Visitor.FieldsOf(Html.Body!).Where(f => f.Name == name).Select(f => f.Value));

    public bool Has(string name) => Html.QuerySelector($"[name='{name}']") is not null;

    public string? Error(string linkId) => Html.GetElementById(linkId.Replace('.', '-') + "-error")?.TextContent;
}

/// <summary>A browser without scripts: keeps cookies, follows redirects, sends forms with all that stands in them.</summary>
internal sealed class Visitor(Uri root)
{
    private readonly CookieContainer cookies = new();

    public CookieCollection Cookies(string path) => cookies.GetCookies(new Uri(root, path));

    public async Task<Page> GetAsync(string path)
    {
        using var client = NewClient();
        return await ReadAsync(await client.GetAsync(path));
    }

    /// <summary>Sends the page's last form (the console's first one is "sign out") with changes.</summary>
    public async Task<Page> SubmitAsync(Page page, Typed? changes = null)
    {
        var form = page.Html.QuerySelectorAll<IHtmlFormElement>("form[method=post]").Last(f => changes?.Keys.All(k => f.QuerySelector($"[name='{k}']") is not null) ?? true);
        var button = form.QuerySelectorAll<IHtmlButtonElement>("button").First(b => changes?.Button is null || b.Value == changes.Button);
        var fields = FieldsOf(form).Where(f => changes?.ContainsKey(f.Name) != true)
            .Concat(changes?.SelectMany(c => c.Value.Split(Typed.AndAlso).Select(v => (Name: c.Key, Value: v))) ?? [])
            .Concat(button.Name is { Length: > 0 } name ? [(name, button.Value)] : []);
        return await PostAsync(form.GetAttribute("action")!, fields);
    }

    public async Task<Page> PostAsync(string path, IEnumerable<(string Name, string Value)> fields)
    {
        using var client = NewClient();
        using var body = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await ReadAsync(await client.PostAsync(path, body));
    }

    /// <summary>What a browser would send of a form.</summary>
    public static IEnumerable<(string Name, string Value)> FieldsOf(IElement form)
    {
        foreach (var field in form.QuerySelectorAll("input, textarea, select"))
        {
            switch (field)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox" } box:
                    if (box.IsChecked)
                    {
                        yield return (box.Name!, box.Value);
                    }

                    break;
                case IHtmlInputElement input:
                    yield return (input.Name!, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return (area.Name!, area.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return (select.Name!, select.Value ?? "");
                    break;
            }
        }
    }

    private static async Task<Page> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var html = await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
            return new Page(response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, html);
        }
    }

    private HttpClient NewClient() => new(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = root };
}
