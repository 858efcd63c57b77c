using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData("opt-out", "Consented on the form. No texts now: texts to this number were stopped after the form.")]
    [InlineData("keep", "Consented on the form")]
    public async Task Whether_no_more_texts_are_wanted_is_decided_by_one_button_beside_the_words(string decision, string texts)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await BookedAsync(app, "2026-12-01T09:00");
        await app.ReplyAsync("I need to cancel. Text me other times");
        var visitor = await Desk.SignInAsync(app);
        Assert.Contains("Only texts for the visit's safety go", (await visitor.GetAsync(Desk.Patient(patient))).Text, StringComparison.Ordinal);

        var page = await visitor.GetAsync(Desk.Staff + "/texts");
        Assert.Contains("May want no more texts: please decide", page.Text, StringComparison.Ordinal);
        Assert.Contains("Undecided on Nov 17, 2026, 7:00 PM EST, it counts as an opt-out.", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Html.QuerySelector("main form[action$='/close']"));
        Assert.Equal(
            ["No more texts to Kim Park, born March 4, 1990, Nov 16, 2026, 10:01 AM EST", "Keep texting: Kim Park, born March 4, 1990, Nov 16, 2026, 10:01 AM EST"],
            page.Html.QuerySelectorAll("main form[action$='/opt-out'] button").Select(b => b.TextContent));
        var done = await visitor.SubmitAsync(page, new Typed { Button = decision });

        Assert.Contains("Nothing is open.", done.Text, StringComparison.Ordinal);
        var again = await visitor.SubmitAsync(page, new Typed { Button = decision });
        Assert.Equal((409, "This is not open any more, or changed just now"), ((int)again.Status, again.Heading));
        var referral = await visitor.GetAsync(await Desk.ReferralAsync(app));
        Assert.Equal(texts, referral.Html.QuerySelectorAll("dt").Single(d => d.TextContent == "Text messages").NextElementSibling!.TextContent.Trim());
    }

    [Fact]
    public async Task The_api_decides_too_refuses_to_close_without_a_decision_and_names_every_fault()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        await BookedAsync(app, "2026-12-01T09:00");
        await app.ReplyAsync("Should I stop? Text me back");
        var note = Assert.Single(await app.NotesAsync())!;
        var path = $"notes/{note["id"]}";

        Assert.Equal(("may-opt-out", "2026-11-18T00:00:00Z"), ((string)note["kind"]!, (string)note["decideBy"]!));
        await app.SendAsync(HttpMethod.Post, path + "/close", null, 409);
        await app.PostAsync(path + "/opt-out", new JsonObject { ["decision"] = "perhaps" }, 422);
        await app.PostAsync(path + "/opt-out", new JsonObject { ["decision"] = "keep", ["why"] = "x" }, 422);
        await app.PostAsync(path + "/opt-out", new JsonArray(), 422);
        await app.PostAsync("notes/nonsense/opt-out", new JsonObject { ["decision"] = "keep" }, 404);
        await app.PostAsync(path + "/opt-out", new JsonObject { ["decision"] = "opt-out" }, 204);
        await app.PostAsync(path + "/opt-out", new JsonObject { ["decision"] = "keep" }, 404);
        Assert.Empty(await app.NotesAsync());
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
