using System.Net;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>What can be an emergency now is said on saving, before the next question, and again at the end.</summary>
public sealed class EmergencyHelpTests(PagesApp app) : IClassFixture<PagesApp>
{
    private ProtocolTexts English => app.Protocol.Texts;

    private ProtocolTexts Spanish => app.Protocol.Translations[SmsLanguage.Spanish];

    [Theory]
    [InlineData("heart", "cv.angina", "cv.angina.rest", "medical")]
    [InlineData("mind", "psy.maniaNow", null, "mental")]
    [InlineData("mind", "psy.delirium", null, "mental")]
    [InlineData("mind", "psy.hallucinationsNow", null, "mental")]
    [InlineData("brain", "eye.openGlobe", null, "medical")]
    [InlineData("hormones", "endo.hyperthyroid", "endo.hyperthyroid.storm", "medical")]
    public async Task An_emergency_is_said_before_the_next_question(string section, string item, string? detail, string name)
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.GetAsync($"/northside/form/{section}");
        var typed = HealthyPatient.Fill(page);
        typed[item] = "yes";
        typed[detail ?? item] = "yes";
        var help = await visitor.SubmitAsync(page, typed);

        Assert.Equal($"/northside/form/{section}/help", help.Path);
        Assert.Contains(English.Emergencies[name], help.Text, StringComparison.Ordinal);
        Assert.NotNull(help.Html.QuerySelector("main .crisis a[href='tel:911']"));
        Assert.False(help.Has("where"));
        Assert.NotEqual($"/northside/form/{section}", (await visitor.GetAsync(help.Html.QuerySelector("main a.button")!.GetAttribute("href")!)).Path);
    }

    [Fact]
    public async Task It_stands_at_the_end_too_and_nothing_there_says_that_it_can_wait()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        await HealthyPatient.FinishAsync(visitor, safety);
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/mind"), new Typed { ["psy.delirium"] = "yes" });
        var review = await visitor.GetAsync("/northside/review");
        var ending = await visitor.SubmitAsync(review);

        foreach (var page in new[] { review, ending })
        {
            Assert.Contains(English.Emergencies["mental"], page.Html.QuerySelector("main .crisis")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(English.EmergencyReasons["PSY-08b"], page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(English.Page[PageWords.ReadFirst], ending.Heading);
        Assert.DoesNotContain("first talk", ending.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody watches", ending.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_said_once_and_not_again_on_a_page_that_has_nothing_to_do_with_it()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var mind = await visitor.GetAsync("/northside/form/mind");
        var typed = HealthyPatient.Fill(mind);
        typed["psy.maniaNow"] = "yes";
        await visitor.SubmitAsync(mind, typed);

        var heart = await visitor.GetAsync("/northside/form/heart");
        Assert.Equal("/northside/form/brain", (await visitor.SubmitAsync(heart, HealthyPatient.Fill(heart))).Path);
        Assert.Equal("/northside/form/brain", (await visitor.GetAsync("/northside/form/heart/help")).Path);
        Assert.Equal("/northside/form/mind/help", (await visitor.GetAsync("/northside/form/mind/help")).Path);
    }

    [Fact]
    public async Task It_stands_above_an_error_on_the_same_page()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        var page = await visitor.SubmitAsync(heart, new Typed { ["cv.angina"] = "yes", ["cv.angina.rest"] = "yes", ["cv.bpSys"] = "9999" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(English.Emergencies["medical"], page.Html.QuerySelector("main > .crisis[role=alert]")?.TextContent ?? "no help", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_speaks_Spanish_reads_help_emergencies_and_the_ending_in_Spanish()
    {
        var visitor = app.NewVisitor();
        var welcome = await visitor.GetAsync("/northside");
        Assert.Contains("están en inglés", welcome.Html.QuerySelector("main [lang=es]")!.TextContent, StringComparison.Ordinal);

        var who = PagesApp.WhoIAm();
        who["dem.lang"] = "es";
        var safety = await visitor.SubmitAsync(await visitor.SubmitAsync(welcome), who);
        var typed = HealthyPatient.Fill(safety);
        (typed["asq.1"], typed["asq.5"]) = ("yes", "yes");
        var help = await visitor.SubmitAsync(safety, typed);
        Assert.Equal("es", help.Html.DocumentElement.GetAttribute("lang"));
        Assert.Contains(Spanish.Messages["imminent"], help.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody watches", help.Html.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Help at any time", help.Html.Body!.TextContent, StringComparison.Ordinal);

        var mind = await visitor.GetAsync("/northside/form/mind");
        var told = HealthyPatient.Fill(mind);
        told["psy.delirium"] = "yes";
        var both = await visitor.SubmitAsync(mind, told);
        Assert.Contains(Spanish.Messages["imminent"], both.Text, StringComparison.Ordinal);
        Assert.Contains(Spanish.Emergencies["mental"], both.Text, StringComparison.Ordinal);

        var (review, _) = await HealthyPatient.FinishAsync(visitor, await visitor.GetAsync("/northside/form/heart"));
        Assert.Equal("es", review.Html.QuerySelector("main .crisis")!.GetAttribute("lang"));
        var ending = await visitor.SubmitAsync(review);
        Assert.Equal("es", ending.Html.DocumentElement.GetAttribute("lang"));
        Assert.Contains(Spanish.Messages["imminent"], ending.Text, StringComparison.Ordinal);
        Assert.Contains(Spanish.Emergencies["mental"], ending.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(English.Page[PageWords.Next], ending.Text, StringComparison.Ordinal);
    }
}
