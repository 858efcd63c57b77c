using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Appointments;

/// <summary>The list of notes: whoever reads or hears only its links and buttons knows which note each is about.</summary>
public class NotesPageTests
{
    [Fact]
    public async Task Two_patients_on_one_number_are_told_apart_in_links_and_buttons()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        string[] patients = [await BookedAsync(app, "2026-12-01T09:00"), await BookedAsync(app, "2026-12-02T09:00")];
        await app.ReplyAsync("Where do I park?");
        await app.AdvanceAsync("PT1M");
        await app.ReplyAsync("Is there a lift?");

        var page = await (await Desk.SignInAsync(app)).GetAsync(Desk.Staff + "/texts");

        var sections = page.Html.QuerySelectorAll("main section");
        Assert.Equal(2, sections.Length);
        var links = sections[0].QuerySelectorAll("a[href*='/patients/']");
        Assert.Equal(patients.Order(StringComparer.Ordinal), links.Select(l => l.GetAttribute("href")!.Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(links, l => Assert.Contains("Kim Park", l.TextContent, StringComparison.Ordinal));
        Assert.Equal(2, links.Select(l => l.TextContent).Distinct().Count());
        var buttons = page.Html.QuerySelectorAll("main form[action$='/close'] button");
        Assert.All(buttons, b => Assert.Contains("Kim Park", b.TextContent, StringComparison.Ordinal));
        Assert.All(buttons, b => Assert.StartsWith("Done", b.TextContent, StringComparison.Ordinal));
        Assert.Equal(2, buttons.Select(b => b.TextContent).Distinct().Count());
    }

    [Fact]
    public async Task A_text_from_a_number_that_nobody_has_names_the_number()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        await app.ReplyAsync("Who is this?", "+12125550177");

        var page = await (await Desk.SignInAsync(app)).GetAsync(Desk.Staff + "/texts");

        Assert.Equal("Done: A text to read, (212) 555-0177, Nov 16, 2026, 10:00 AM EST", page.Html.QuerySelector("main form[action$='/close'] button")!.TextContent);
    }

    // The later one sent the form a minute after the other: each form makes a patient of its own.
    private static async Task<string> BookedAsync(LocalApp app, string start)
    {
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, start);
        await app.AdvanceAsync("PT1M");
        return patient;
    }
}
