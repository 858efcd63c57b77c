using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>Whoever is told to call finds out whom, and at which number.</summary>
public class WhoToCallTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_pages_about_a_patient_say_who_it_is_and_how_to_call_and_lead_to_each_other(bool accepted)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await app.PatientAsync(accepted: accepted);
        var visitor = await Desk.SignInAsync(app);
        var referral = await Desk.ReferralAsync(app);
        var pages = new[] { Desk.Patient(patient), Desk.Labs(patient) };

        foreach (var path in pages)
        {
            var page = await visitor.GetAsync(path);
            Assert.StartsWith("Kim Park", page.Heading, StringComparison.Ordinal);
            var who = page.Html.GetElementById("who")!;
            Assert.Contains("March 4, 1990", who.TextContent, StringComparison.Ordinal);
            Assert.Equal("(212) 555-0123", who.QuerySelector("a[href='tel:+12125550123']")!.TextContent);
            Assert.NotNull(who.QuerySelector($"a[href='{referral}']"));
            Assert.NotNull(who.QuerySelector($"a[href='{pages.Single(p => p != path)}']"));
            Assert.DoesNotContain("Kim", page.Html.Title!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_note_about_a_text_that_did_not_go_has_the_number_to_call()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        await app.BookAsync(await app.PatientAsync(), "2026-12-01T09:00");
        await app.AdvanceAsync("P14DT7H");
        await app.ReplyAsync("STOP");
        await app.AdvanceAsync("PT4H");
        await app.ReplyAsync("START");
        await app.AdvanceAsync("PT1M");

        var note = Assert.Single(await app.NotesAsync(), n => (string)n!["kind"]! == "text-failed")!;
        var page = await (await Desk.SignInAsync(app)).GetAsync(Desk.Staff + "/texts");

        Assert.Equal(LocalApp.Phone, (string?)note["phone"]);
        var section = page.Html.QuerySelectorAll("main section").Single(s => s.QuerySelector("h2")!.TextContent == "A text did not go, or did not arrive");
        Assert.Contains("Please call", section.TextContent, StringComparison.Ordinal);
        Assert.NotNull(section.QuerySelector("a[href='tel:+12125550123']"));
    }
}
