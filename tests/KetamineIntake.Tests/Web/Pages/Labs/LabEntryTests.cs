using System.Net;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Labs;

/// <summary>Typing a result into the console: what is refused must not turn into another result at the next click.</summary>
public class LabEntryTests
{
    [Fact]
    public async Task A_refused_entry_keeps_all_that_was_typed_and_says_at_the_top_that_nothing_was_recorded()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var (visitor, path) = await OpenAsync(app);

        var page = await EnterAsync(visitor, path, "kidney", "2027-01-01", "preliminary");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(("kidney", "2027-01-01", "preliminary"), (page.Value("test"), page.Value("collectedOn"), page.Value("status")));
        Assert.Contains("Nothing was recorded. The date of collection lies in the future.", Desk.Alert(page), StringComparison.Ordinal);
        Assert.StartsWith("Error: ", page.Html.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_nothing_back_keeps_what_was_typed_too()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var (visitor, path) = await OpenAsync(app);

        var page = await EnterAsync(visitor, path, "cbc", "2026-11-19", "entered-in-error");

        Assert.Equal(("cbc", "2026-11-19", "entered-in-error"), (page.Value("test"), page.Value("collectedOn"), page.Value("status")));
        Assert.Contains("Nothing was taken back", Desk.Alert(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_form_has_no_test_chosen_and_is_refused_until_one_is()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var (visitor, path) = await OpenAsync(app);
        var empty = await visitor.GetAsync(path);

        var page = await EnterAsync(visitor, path, empty.Value("test"), "2026-11-20", "final");

        Assert.Equal("", empty.Value("test"));
        Assert.Equal("Choose a test", empty.Html.QuerySelector("select[name=test] option")!.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Nothing was recorded. Choose a test.", Desk.Alert(page), StringComparison.Ordinal);
        Assert.Equal(("", "2026-11-20", "final"), (page.Value("test"), page.Value("collectedOn"), page.Value("status")));
        Assert.Empty(page.Html.QuerySelectorAll("[name=takeBack]"));
    }

    private static async Task<(Visitor Visitor, string Path)> OpenAsync(LocalApp app) =>
        (await Desk.SignInAsync(app), Desk.Labs(await app.PatientAsync(tested: false)));

    private static async Task<Page> EnterAsync(Visitor visitor, string path, string test, string collectedOn, string status) =>
        await visitor.SubmitAsync(await visitor.GetAsync(path), new Typed { ["test"] = test, ["collectedOn"] = collectedOn, ["status"] = status });
}
