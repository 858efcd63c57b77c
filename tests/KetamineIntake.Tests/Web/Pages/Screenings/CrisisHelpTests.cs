using System.Net;
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
    public async Task Thoughts_on_several_days_show_help_before_the_next_question_and_at_the_end_and_close_no_door()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        await HealthyPatient.FinishAsync(visitor, safety);

        var help = await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/mood"), new Typed { ["phq9.9"] = "1" });
        var next = await visitor.GetAsync(help.Html.QuerySelector("main a.button")!.GetAttribute("href")!);
        var review = await visitor.GetAsync("/northside/review");
        var ending = await visitor.SubmitAsync(review);

        Assert.Equal("/northside/form/mood/help", help.Path);
        Assert.StartsWith("/northside/form/", next.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("/mood", next.Path, StringComparison.Ordinal);
        foreach (var page in new[] { help, review, ending })
        {
            Assert.Contains(app.Protocol.Texts.Messages["elevated"], page.Html.QuerySelector("main .crisis")?.TextContent ?? page.Path, StringComparison.Ordinal);
            Assert.NotNull(page.Html.QuerySelector("main .crisis a[href='tel:988']"));
            Assert.DoesNotContain(app.Protocol.Texts.Messages["imminent"], page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(app.Protocol.Texts.Messages["high"], page.Text, StringComparison.Ordinal);
        }

        var (_, list) = await app.SignedInAsync();
        Assert.Contains(list.Html.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("Elevated", StringComparison.Ordinal) && r.TextContent.Contains("Eligible", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thoughts_on_several_days_show_help_above_an_error_on_the_same_page()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/mood"), new Typed { ["phq9.9"] = "1", ["phq9.1"] = "99" });
        Assert.Contains(app.Protocol.Texts.Messages["elevated"], page.Html.QuerySelector("main > .crisis[role=alert]")?.TextContent ?? "no help", StringComparison.Ordinal);
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

    [Theory]
    [InlineData("yes")]
    [InlineData("declined")]
    [InlineData("not-sure")]
    public async Task Thoughts_right_now_are_not_dropped_because_the_questions_before_were_skipped(string now)
    {
        var (visitor, safety) = await app.IntroducedAsync();
        var page = await visitor.SubmitAsync(safety, new Typed { ["asq.5"] = now });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(app.Protocol.Texts.Messages["imminent"], page.Html.QuerySelector("main > .crisis")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Error("asq.5"));
        Assert.Equal("#asq-1--yes", page.Html.QuerySelector(".summary a")!.GetAttribute("href"));
        Assert.Equal(now, page.Value("asq.5"));

        var help = await visitor.SubmitAsync(page, new Typed { ["asq.3"] = "yes" });
        Assert.Equal("/northside/form/safety/help", help.Path);
        Assert.Contains(app.Protocol.Texts.Messages["imminent"], help.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thoughts_right_now_after_four_noes_show_help_make_the_referral_and_ask_which_holds()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        var before = await ReferralsAsync();
        var typed = HealthyPatient.Fill(safety);
        typed["asq.5"] = "yes";
        var page = await visitor.SubmitAsync(safety, typed);

        Assert.NotNull(page.Html.QuerySelector("main > .crisis a[href='tel:988']"));
        Assert.Contains("killing yourself right now", page.Html.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("", page.Value("asq.5"));
        Assert.Equal(before + 1, await ReferralsAsync());
        Assert.Equal("/northside/form/safety/help", (await visitor.SubmitAsync(page)).Path);
        var (_, list) = await app.SignedInAsync();
        Assert.Contains(list.Html.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("form not finished", StringComparison.Ordinal) && r.TextContent.Contains("Imminent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chest_pain_at_rest_is_not_dropped_where_the_question_before_it_says_no()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        var page = await visitor.SubmitAsync(heart, new Typed { ["cv.angina"] = "no", ["cv.angina.rest"] = "yes" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("911", page.Html.QuerySelector("main > .crisis")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Error("cv.angina.rest"));
    }

    [Fact]
    public async Task No_thoughts_right_now_need_no_questions_before()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        Assert.Equal("/northside/form/reason", (await visitor.SubmitAsync(safety, new Typed { ["asq.5"] = "no" })).Path);
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
