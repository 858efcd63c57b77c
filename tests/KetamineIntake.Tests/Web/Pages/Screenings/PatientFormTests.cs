using System.Net;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

public sealed class PatientFormTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public async Task A_healthy_patient_walks_from_the_welcome_to_an_ending_that_fits()
    {
        var (visitor, at) = await app.IntroducedAsync();
        var (review, paths) = await HealthyPatient.FinishAsync(visitor, at);

        Assert.Equal("Check your answers", review.Heading);
        Assert.DoesNotContain("unanswered that the clinic needs", review.Text, StringComparison.Ordinal);
        Assert.Contains("Kim", review.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/northside/form/pregnancy", paths);

        var ending = await visitor.SubmitAsync(review);
        Assert.Equal("/northside/done", ending.Path);
        Assert.Contains(app.Protocol.Texts.Messages["eligible"], ending.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_the_patient_is_comes_before_anything_else()
    {
        var visitor = app.NewVisitor();
        await visitor.SubmitAsync(await visitor.GetAsync("/northside"));

        Assert.Equal("/northside/form/about", (await visitor.GetAsync("/northside/form/safety")).Path);
        Assert.Equal("/northside/form/about", (await visitor.GetAsync("/northside/review")).Path);
    }

    [Fact]
    public async Task Without_a_draft_every_page_leads_to_the_welcome()
    {
        var visitor = app.NewVisitor();
        foreach (var path in new[] { "form/heart", "review", "done", "forget", "form/safety/help" })
        {
            Assert.Equal("/northside", (await visitor.GetAsync("/northside/" + path)).Path);
        }
    }

    [Fact]
    public async Task An_error_keeps_everything_that_was_typed_and_says_where_it_is()
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var typed = PagesApp.WhoIAm();
        typed["dem.phone"] = "12";
        typed["dem.dob:day"] = "31";
        typed["dem.weightKg"] = "heavy";
        var page = await visitor.SubmitAsync(about, typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("12", page.Value("dem.phone"));
        Assert.Equal("31", page.Value("dem.dob:day"));
        Assert.Equal("heavy", page.Value("dem.weightKg"));
        Assert.Equal("Kim", page.Value("dem.givenName"));
        foreach (var linkId in new[] { "dem.phone", "dem.dob", "dem.weightKg" })
        {
            Assert.NotNull(page.Error(linkId));
        }

        var links = page.Html.QuerySelectorAll(".summary a").Select(a => a.GetAttribute("href")![1..]).ToList();
        Assert.Equal(3, links.Count);
        Assert.All(links, id => Assert.NotNull(page.Html.GetElementById(id)));
        Assert.StartsWith("Error: ", page.Html.Title!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Valid_answers_are_saved_beside_an_invalid_one()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        var page = await visitor.SubmitAsync(heart, new Typed { ["cv.htn"] = "yes", ["cv.bpSys"] = "9999" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);

        heart = await visitor.GetAsync("/northside/form/heart");
        Assert.Equal("yes", heart.Value("cv.htn"));
        Assert.Equal("", heart.Value("cv.bpSys"));
    }

    [Fact]
    public async Task None_of_these_answers_no_to_every_blank_question_of_its_group_only()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        await visitor.SubmitAsync(heart, new Typed { ["group.cv:none"] = "none", ["cv.valve"] = "not-sure" });

        heart = await visitor.GetAsync("/northside/form/heart");
        Assert.Equal("no", heart.Value("cv.mi"));
        Assert.Equal("no", heart.Value("cv.pacemaker"));
        Assert.Equal("not-sure", heart.Value("cv.valve"));
        Assert.Equal("", heart.Value("cv.meds"));
        Assert.Equal("", heart.Value("group.cv:none"));
    }

    [Fact]
    public async Task None_of_these_beside_a_yes_is_an_error_that_keeps_both_and_answers_nothing_else()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.SubmitAsync(
            await visitor.GetAsync("/northside/form/heart"), new Typed { ["group.cv:none"] = "none", ["cv.htn"] = "yes" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotNull(page.Error("group.cv"));
        Assert.Equal("none", page.Value("group.cv:none"));
        Assert.Equal("yes", page.Value("cv.htn"));
        Assert.Equal("", (await visitor.GetAsync("/northside/form/heart")).Value("cv.mi"));
    }

    [Fact]
    public async Task A_follow_up_answer_is_dropped_when_its_question_is_not_asked()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        await visitor.SubmitAsync(heart, new Typed { ["cv.mi"] = "yes", ["cv.mi.date:year"] = "2019" });
        heart = await visitor.GetAsync("/northside/form/heart");
        Assert.Equal("2019", heart.Value("cv.mi.date:year"));

        await visitor.SubmitAsync(heart, new Typed { ["cv.mi"] = "no", ["cv.mi.date:year"] = "2019" });
        heart = await visitor.GetAsync("/northside/form/heart");
        Assert.Equal("", heart.Value("cv.mi.date:year"));
    }

    [Fact]
    public async Task An_error_in_a_question_that_is_not_asked_stops_nobody()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var next = await visitor.SubmitAsync(
            await visitor.GetAsync("/northside/form/heart"), new Typed { ["cv.mi"] = "no", ["cv.mi.date:year"] = "20" });
        Assert.Equal("/northside/form/brain", next.Path);
    }

    [Fact]
    public async Task A_section_that_an_earlier_answer_rules_out_takes_its_answers_with_it()
    {
        var (visitor, _) = await app.IntroducedAsync("female");
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/pregnancy"), new Typed { ["preg.pregnant"] = "no" });
        var about = await visitor.GetAsync("/northside/form/about?from=review");
        var review = await visitor.SubmitAsync(about, new Typed { ["dem.sexAtBirth"] = "male" });
        Assert.Equal("/northside/review", review.Path);
        Assert.DoesNotContain("Are you pregnant?", review.Text, StringComparison.Ordinal);

        await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/about"), new Typed { ["dem.sexAtBirth"] = "female" });
        Assert.Equal("", (await visitor.GetAsync("/northside/form/pregnancy")).Value("preg.pregnant"));
    }

    [Theory]
    [InlineData("", "", "2019", "2019")]
    [InlineData("5", "", "2019", "May 2019")]
    [InlineData("5", "9", "2019", "May 9, 2019")]
    [InlineData("", "", "2019-05-09", "May 9, 2019")]
    public async Task A_date_may_be_as_exact_as_the_patient_knows(string month, string day, string year, string words)
    {
        var (visitor, _) = await app.IntroducedAsync();
        await visitor.SubmitAsync(
            await visitor.GetAsync("/northside/form/heart"),
            new Typed { ["cv.mi"] = "yes", ["cv.mi.date:month"] = month, ["cv.mi.date:day"] = day, ["cv.mi.date:year"] = year });
        var answer = (await visitor.GetAsync("/northside/review")).Html.QuerySelectorAll("dd").Select(d => d.TextContent);
        Assert.Contains(words, answer);
    }

    [Theory]
    [InlineData("13", "", "2019")]
    [InlineData("2", "30", "2019")]
    [InlineData("", "9", "2019")]
    [InlineData("5", "", "")]
    [InlineData("", "", "19")]
    [InlineData("", "", "2999")]
    [InlineData("", "", "1899")]
    public async Task A_date_that_cannot_be_is_refused(string month, string day, string year)
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.SubmitAsync(
            await visitor.GetAsync("/northside/form/heart"),
            new Typed { ["cv.mi"] = "yes", ["cv.mi.date:month"] = month, ["cv.mi.date:day"] = day, ["cv.mi.date:year"] = year });
        Assert.NotNull(page.Error("cv.mi.date"));
        Assert.Equal(year, page.Value("cv.mi.date:year"));
    }

    [Fact]
    public async Task Not_sure_beside_a_date_is_an_error_and_alone_an_answer()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var both = new Typed { ["cv.mi"] = "yes", ["cv.mi.date:year"] = "2019", ["cv.mi.date:unsure"] = "not-sure" };
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/heart"), both);
        Assert.NotNull(page.Error("cv.mi.date"));

        page = await visitor.SubmitAsync(page, new Typed { ["cv.mi.date:year"] = "" });
        Assert.Equal("/northside/form/brain", page.Path);
        Assert.Equal("not-sure", (await visitor.GetAsync("/northside/form/heart")).Value("cv.mi.date:unsure"));
    }

    [Fact]
    public async Task Whoever_comes_back_goes_on_where_they_stopped()
    {
        var (visitor, at) = await app.IntroducedAsync();
        await visitor.SubmitAsync(at, HealthyPatient.Fill(at));
        var welcome = await visitor.GetAsync("/northside");
        Assert.Equal("/northside/form/reason", welcome.Html.QuerySelector("a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Skipping_everything_is_allowed_and_the_review_names_what_the_clinic_needs()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var review = await visitor.GetAsync("/northside/review");
        Assert.Contains("questions unanswered that the clinic needs", review.Text, StringComparison.Ordinal);
        var links = review.Html.QuerySelectorAll(".warn a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Contains("/northside/form/mind?from=review#q-psy-schiz", links);

        var ending = await visitor.SubmitAsync(review);
        Assert.Contains("still open", ending.Text, StringComparison.Ordinal);
        Assert.Contains("You left out a safety question. A clinician will ask you about it.", ending.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Protocol.Texts.Messages["eligible"], ending.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_patient_types_is_text_and_never_markup()
    {
        var (visitor, _) = await app.IntroducedAsync();
        const string Hostile = "</textarea><script>alert(1)</script>\"'&";
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/medicines"), new Typed { ["med.list"] = Hostile });
        var page = await visitor.GetAsync("/northside/form/medicines");
        Assert.Equal(Hostile, page.Value("med.list"));
        Assert.Empty(page.Html.QuerySelectorAll("script"));
        Assert.Empty((await visitor.GetAsync("/northside/review")).Html.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task An_unknown_section_or_clinic_is_not_found()
    {
        var visitor = app.NewVisitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/northside/form/unheard-of")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/nowhere")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/assets/site.css")).Status);
    }
}
