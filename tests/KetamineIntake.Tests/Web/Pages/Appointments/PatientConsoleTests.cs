using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Appointments;

/// <summary>What a front desk sees and does about texts.</summary>
public class PatientConsoleTests
{
    private const string Now = "2026-11-16T15:00:00Z";
    private const string Staff = "/northside/staff";

    [Fact]
    public async Task An_open_crisis_text_stands_on_every_page_of_the_console_until_somebody_has_dealt_with_it()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");
        var (visitor, before) = await SignInAsync(app);
        Assert.Null(before.Html.GetElementById("crises"));
        await app.ReplyAsync("I want to die");

        foreach (var path in new[] { Staff, Staff + "/texts", $"{Staff}/patients/{patient}", Staff + "/labs" })
        {
            var page = await visitor.GetAsync(path);
            Assert.Contains("1 open crisis text: call now", page.Html.GetElementById("crises")?.TextContent ?? path, StringComparison.Ordinal);
        }

        var asked = await visitor.SubmitAsync(await visitor.GetAsync(Staff + "/texts"));
        Assert.NotNull((await visitor.GetAsync(Staff)).Html.GetElementById("crises"));
        var closed = await visitor.SubmitAsync(asked);
        Assert.Null(closed.Html.GetElementById("crises"));
        Assert.Contains("Nothing is open.", closed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crisis_text_is_closed_only_by_who_says_that_somebody_has_taken_it_over()
    {
        await using var app = await LocalApp.StartAsync(Now);
        await app.BookAsync(await app.PatientAsync(), "2026-12-01T14:00");
        var (visitor, _) = await SignInAsync(app);
        await app.ReplyAsync("I want to die");

        var asked = await visitor.SubmitAsync(await visitor.GetAsync(Staff + "/texts"));
        Assert.Equal("crisis", (string)Assert.Single(await app.NotesAsync())!["kind"]!);
        Assert.Equal("I want to die", asked.Html.QuerySelector("blockquote")!.TextContent);
        Assert.Contains("(212) 555-0123", asked.Text, StringComparison.Ordinal);
        Assert.Equal("I have spoken to them or handed it over", asked.Html.QuerySelector("main button")!.TextContent);

        Assert.Equal(Staff + "/texts", (await visitor.SubmitAsync(asked)).Path);
        Assert.Empty(await app.NotesAsync());
    }

    [Theory]
    [InlineData("I want to die")]
    [InlineData("Where do I park?")]
    public async Task Who_closes_what_somebody_else_has_closed_is_told_that_they_closed_nothing(string words)
    {
        await using var app = await LocalApp.StartAsync(Now);
        await app.BookAsync(await app.PatientAsync(), "2026-12-01T14:00");
        var (visitor, _) = await SignInAsync(app);
        await app.ReplyAsync(words);
        var list = await visitor.GetAsync(Staff + "/texts");
        await app.SendAsync(HttpMethod.Post, $"notes/{(await app.NotesAsync())[0]!["id"]}/close", null, 204);

        var late = await visitor.SubmitAsync(list);

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("You closed nothing", late.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_notes_than_one_page_holds_are_reached_by_the_next_page()
    {
        await using var app = await LocalApp.StartAsync(Now);
        for (var i = 0; i < 51; i++)
        {
            await app.ReplyAsync("Where do I park?");
        }

        var first = await app.GetAsync("notes?limit=50");
        var second = await app.GetAsync($"notes?limit=50&after={first["next"]}");
        Assert.Equal((50, 1), (first["items"]!.AsArray().Count, second["items"]!.AsArray().Count));
        Assert.Null(second["next"]);
        await app.SendAsync(HttpMethod.Get, "notes?limit=0", null, 422);
        await app.SendAsync(HttpMethod.Get, "notes?after=x", null, 422);
        await app.SendAsync(HttpMethod.Get, "notes?page=2", null, 422);

        var (visitor, _) = await SignInAsync(app);
        var page = await visitor.GetAsync(Staff + "/texts");
        Assert.Equal(50, page.Html.QuerySelectorAll("blockquote").Length);
        var next = await visitor.GetAsync(page.Html.QuerySelector("a.button")!.GetAttribute("href")!);
        Assert.Single(next.Html.QuerySelectorAll("blockquote"));
    }

    [Fact]
    public async Task Staff_record_an_opt_out_that_they_were_told_of()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");
        var (visitor, _) = await SignInAsync(app);
        var page = await visitor.SubmitAsync(await visitor.GetAsync($"{Staff}/patients/{patient}"), new Typed { ["how"] = "in-person" });

        Assert.Contains("This patient gets no texts", page.Text, StringComparison.Ordinal);
        Assert.False(page.Has("how"));
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/opt-out", new JsonObject { ["how"] = "phone" }, 204);
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/opt-out", new JsonObject { ["how"] = "telepathy" }, 422);
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/opt-out", new JsonObject { ["how"] = "phone", ["why"] = "x" }, 422);
        await app.SendAsync(HttpMethod.Post, $"patients/{new string('0', 26)}/opt-out", new JsonObject { ["how"] = "phone" }, 404);
    }

    [Fact]
    public async Task Staff_see_what_a_move_would_text_before_they_move()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-01T14:00");
        var (visitor, _) = await SignInAsync(app);
        var form = (await visitor.GetAsync($"{Staff}/patients/{patient}")).Html.QuerySelector($"form[action$='appointments/{visit["id"]}']")!;

        var page = await visitor.PostAsync(form.GetAttribute("action")!,
            [.. Visitor.FieldsOf(form).Where(f => f.Name != "start"), ("start", "2026-12-03T10:00"), ("do", "preview")]);

        Assert.Contains("It would move to", page.Text, StringComparison.Ordinal);
        Assert.Contains("visit Thu Dec 3 10:00 AM", page.Text, StringComparison.Ordinal);
        Assert.Equal("2026-12-01T14:00", (string)(await app.GetAsync($"patients/{patient}/appointments"))["items"]![0]!["start"]!);
        Assert.Equal("2026-12-03T10:00", page.Html.QuerySelector($"form[action$='appointments/{visit["id"]}'] input[name=start]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Visits_to_call_about_are_no_text_to_read()
    {
        await using var app = await LocalApp.StartAsync(Now);
        await app.BookAsync(await app.PatientAsync(), "2026-12-01T14:00");
        await app.ReplyAsync("STOP");
        var (visitor, _) = await SignInAsync(app);

        Assert.Equal("visits", (string)Assert.Single(await app.NotesAsync())!["kind"]!);
        var page = await visitor.GetAsync(Staff + "/texts");
        Assert.Equal("About booked visits: please call", page.Html.QuerySelector("main h2")!.TextContent);
    }

    [Fact]
    public async Task Staff_make_a_new_link_for_a_visit()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-01T14:00");
        var (visitor, _) = await SignInAsync(app);
        var shown = await visitor.GetAsync($"{Staff}/patients/{patient}");
        var form = shown.Html.QuerySelector($"form[action$='{visit["id"]}/link']")!;
        var page = await visitor.PostAsync(form.GetAttribute("action")!, Visitor.FieldsOf(form));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotEqual(LinkOn(shown), LinkOn(page));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(LinkOn(shown))).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(LinkOn(page))).Status);
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/appointments/{visit["id"]}/preparation-link", null, 204);
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/appointments/{new string('0', 26)}/preparation-link", null, 404);
    }

    private static string LinkOn(Page page) => page.Html.QuerySelector("a[href^='/p/']")!.GetAttribute("href")!;

    private static async Task<(Visitor Visitor, Page List)> SignInAsync(LocalApp app)
    {
        var visitor = new Visitor(app.Client.BaseAddress!);
        return (visitor, await visitor.SubmitAsync(await visitor.GetAsync(Staff), new Typed { ["key"] = app.Key }));
    }
}
