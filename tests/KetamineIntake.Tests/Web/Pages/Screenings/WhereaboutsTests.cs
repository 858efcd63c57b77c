using KetamineIntake.Core.Referrals;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>After help was shown: where the person is and whom the clinic may call, as a choice.</summary>
public sealed class WhereaboutsTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public async Task It_is_asked_after_help_says_that_it_calls_nobody_and_reaches_the_clinician()
    {
        var (visitor, help) = await AtRiskAsync();
        Assert.Contains("It calls nobody", help.Text, StringComparison.Ordinal);
        var saved = await visitor.SubmitAsync(help, new Typed { ["where"] = "12 Elm Street, flat 3", ["whom"] = "Ana, 212 555 0188" });

        Assert.Contains("It has called nobody", saved.Text, StringComparison.Ordinal);
        Assert.Equal("12 Elm Street, flat 3", saved.Value("where"));
        Assert.Equal("/northside/form/reason", saved.Html.QuerySelector("main a.button")!.GetAttribute("href"));
        var (clinician, list) = await app.SignedInAsync();
        var pages = new List<string>();
        foreach (var link in list.Html.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")!))
        {
            pages.Add((await clinician.GetAsync(link)).Text);
        }

        Assert.Contains(pages, p => p.Contains("12 Elm Street, flat 3", StringComparison.Ordinal) && p.Contains("Ana, 212 555 0188", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_stays_with_the_referral_when_the_form_goes_on_and_is_sent()
    {
        var (visitor, help) = await AtRiskAsync();
        await visitor.SubmitAsync(help, new Typed { ["where"] = "At the lake", ["whom"] = "" });
        var (review, _) = await HealthyPatient.FinishAsync(visitor, await visitor.GetAsync("/northside/form/reason"));
        await visitor.SubmitAsync(review);

        var told = (await app.ReferralsAsync()).Select(r => r.TryGetProperty("whereabouts", out var where) ? where.GetProperty("where").GetString() : null);
        Assert.Contains("At the lake", told);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\u0000\n ", "")]
    public async Task It_may_be_left_blank(string where, string whom)
    {
        var (visitor, help) = await AtRiskAsync();
        Assert.Equal("", (await visitor.SubmitAsync(help, new Typed { ["where"] = where, ["whom"] = whom })).Value("where"));
    }

    [Fact]
    public async Task What_is_too_long_is_cut_and_never_refused()
    {
        var (visitor, help) = await AtRiskAsync();
        var saved = await visitor.SubmitAsync(help, new Typed { ["where"] = new string('a', 5000), ["whom"] = "x" });
        Assert.Equal(Whereabouts.Longest, saved.Value("where").Length);
    }

    [Fact]
    public async Task Whoever_is_at_no_high_risk_is_not_asked()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var help = await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/mood"), new Typed { ["phq9.9"] = "1" });
        Assert.Equal("/northside/form/mood/help", help.Path);
        Assert.False(help.Has("where"));
    }

    private async Task<(Visitor Visitor, Page Help)> AtRiskAsync()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        var typed = HealthyPatient.Fill(safety);
        (typed["asq.1"], typed["asq.5"]) = ("yes", "yes");
        return (visitor, await visitor.SubmitAsync(safety, typed));
    }
}
