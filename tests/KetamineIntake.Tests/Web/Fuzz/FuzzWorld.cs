using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;
using KetamineIntake.Tests.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Tests.Web.Fuzz;

/// <summary>An address of the endpoint table.</summary>
internal sealed record FuzzRoute(string Method, string Pattern);

/// <summary>A browser that has been somewhere: its cookies and the token its forms carry.</summary>
internal sealed record FuzzBrowser(string Cookies, string Token);

/// <summary>The local host with something behind every address: what a request needs to get past the door.</summary>
internal sealed class FuzzWorld : IAsyncDisposable
{
    private FuzzWorld(LocalApp app) => App = app;

    public LocalApp App { get; }

    public IReadOnlyList<FuzzRoute> Routes { get; private set; } = [];

    /// <summary>Ids that exist, by the name of the route value and the collection before it.</summary>
    public Dictionary<string, string> Ids { get; } = new(StringComparer.Ordinal);

    public string EventsKey { get; private set; } = "";

    public IReadOnlyList<FuzzBrowser> Browsers { get; private set; } = [];

    public static async Task<FuzzWorld> StartAsync()
    {
        var world = new FuzzWorld(await LocalApp.StartAsync("2026-11-16T15:00:00Z"));
        var app = world.App;
        world.EventsKey = app.EventsKey;
        world.Routes = [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => new FuzzRoute(m, "/" + e.RoutePattern.RawText!.TrimStart('/'))))];
        world.Ids["patients"] = await app.PatientAsync();
        world.Ids["referrals"] = (string)(await app.GetAsync("referrals"))["items"]![0]!["id"]!;
        world.Ids["appointments"] = (string)(await app.BookAsync(world.Ids["patients"], "2026-11-19T14:00"))["id"]!;
        await app.AdvanceAsync("P1D");
        await app.ReplyAsync("I would like to know more");
        await app.ReplyAsync("my sister said stop these messages would be nice for her");
        world.Ids["notes"] = world.Ids["texts"] = (string)(await app.NotesAsync())[0]!["id"]!;
        world.Ids["p"] = Token(await app.InboxAsync());
        world.Browsers = [await PatientAsync(app), await StaffAsync(app)];
        return world;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static string Token(JsonArray inbox) =>
        inbox.Select(t => (string)t!["body"]!).Where(b => b.Contains("/p/", StringComparison.Ordinal)).Select(b => b[(b.IndexOf("/p/", StringComparison.Ordinal) + 3)..][..12]).FirstOrDefault() ?? "AAAAAAAAAAAA";

    private static async Task<FuzzBrowser> PatientAsync(LocalApp app)
    {
        var visitor = new Visitor(app.Client.BaseAddress!);
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        return Of(visitor, await visitor.SubmitAsync(about, PagesApp.WhoIAm()));
    }

    private static async Task<FuzzBrowser> StaffAsync(LocalApp app)
    {
        var visitor = new Visitor(app.Client.BaseAddress!);
        return Of(visitor, await visitor.SubmitAsync(await visitor.GetAsync("/northside/staff"), new Typed { ["key"] = app.Key }));
    }

    private static FuzzBrowser Of(Visitor visitor, Page page) =>
        new(string.Join("; ", visitor.Cookies("/northside").Select(c => $"{c.Name}={c.Value}")), page.Value("__RequestVerificationToken"));
}
