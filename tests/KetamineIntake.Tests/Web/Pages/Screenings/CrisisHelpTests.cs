using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

public sealed class CrisisHelpTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory]
    [InlineData("yes", "imminent")]
    [InlineData("", "imminent")]
    [InlineData("declined", "imminent")]
    [InlineData("no", "high")]
    public async Task A_suicide_risk_answer_shows_help_before_the_next_question(string now, string urgency)
    {
        var (visitor, safety) = await app.IntroducedAsync();
        Assert.Equal("/northside/form/safety", safety.Path);
        var typed = HealthyPatient.Fill(safety);
        typed["asq.3"] = "yes";
        typed["asq.5"] = now;
        var help = await visitor.SubmitAsync(safety, typed);

        Assert.Equal("/northside/form/safety/help", help.Path);
        Assert.Contains(app.Protocol.Texts.Messages[urgency], help.Text, StringComparison.Ordinal);
        Assert.NotNull(help.Html.QuerySelector("main a[href='tel:988']"));
        Assert.NotNull(help.Html.QuerySelector("main a[href='tel:911']"));
        Assert.NotNull(help.Html.QuerySelector("main a[href='sms:741741']"));
        Assert.Contains("Nobody watches this form live", help.Text, StringComparison.Ordinal);
        Assert.Equal("/northside/form/reason", help.Html.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_referral_is_there_before_the_form_is_finished_and_stays_the_only_one()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        var before = await ReferralsAsync();
        var typed = HealthyPatient.Fill(safety);
        typed["asq.1"] = "yes";
        typed["asq.5"] = "yes";
        var help = await visitor.SubmitAsync(safety, typed);
        Assert.Equal(before + 1, await ReferralsAsync());

        var next = await visitor.GetAsync(help.Html.QuerySelector("main a.button")!.GetAttribute("href")!);
        var (review, _) = await HealthyPatient.FinishAsync(visitor, next);
        var ending = await visitor.SubmitAsync(review);
        Assert.Equal(before + 1, await ReferralsAsync());
        Assert.Equal("Please read this first", ending.Heading);
        Assert.Contains(app.Protocol.Texts.Messages["imminent"], ending.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Your answers are sent", ending.Heading, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_stands_above_errors_on_the_same_page()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var mood = await visitor.GetAsync("/northside/form/mood");
        var page = await visitor.SubmitAsync(mood, new Typed { ["phq9.9"] = "3", ["phq9.1"] = "99" });
        Assert.Equal("alert", page.Html.QuerySelector("main > .crisis")!.GetAttribute("role"));
        Assert.NotNull(page.Error("phq9.1"));
        Assert.Contains(app.Protocol.Texts.Messages["high"], page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_such_an_answer_there_is_no_interruption_but_help_is_at_the_bottom_of_every_page()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        var next = await visitor.SubmitAsync(safety, HealthyPatient.Fill(safety));
        Assert.Equal("/northside/form/reason", next.Path);
        Assert.NotNull(next.Html.QuerySelector("footer a[href='tel:988']"));
        Assert.NotNull(next.Html.QuerySelector("footer a[href='tel:911']"));
        Assert.Equal("/northside/form/reason", (await visitor.GetAsync("/northside/form/safety/help")).Path);
    }

    [Fact]
    public async Task Who_deletes_the_form_is_told_that_the_clinic_keeps_what_concerns_their_safety()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        await visitor.SubmitAsync(safety, new Typed { ["asq.1"] = "yes" });
        Assert.Contains("the clinic already has", (await visitor.GetAsync("/northside/forget")).Text, StringComparison.Ordinal);
    }

    private async Task<int> ReferralsAsync() =>
        (await app.SnapshotAsync()).Count(row => row.StartsWith("northside referral|", StringComparison.Ordinal));
}
