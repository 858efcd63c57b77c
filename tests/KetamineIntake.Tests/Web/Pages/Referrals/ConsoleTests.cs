using System.Net;
using AngleSharp.Dom;
using KetamineIntake.Tests.Support;
using KetamineIntake.Tests.Web.Pages.Screenings;

namespace KetamineIntake.Tests.Web.Pages.Referrals;

public sealed class ConsoleTests(PagesApp app) : IClassFixture<PagesApp>
{
    private const string Staff = "/northside/staff";

    [Fact]
    public async Task A_clinician_signs_in_reads_a_referral_and_accepts_it_with_a_reason()
    {
        await SendAsync();
        var (visitor, list) = await app.SignedInAsync();
        Assert.Equal(Staff, list.Path);
        var page = await visitor.GetAsync(LinkTo(list, "Kim Park", "Eligible"));
        Assert.Equal("Kim Park, 41", page.Heading);
        Assert.Contains("(212) 555-0123", page.Text, StringComparison.Ordinal);
        Assert.Contains("Have you tried talk therapy for this?", page.Text, StringComparison.Ordinal);

        var decided = await visitor.SubmitAsync(page, new Typed { ["decision"] = "accept", ["reason"] = "Read <all> of it" });
        Assert.Equal(HttpStatusCode.OK, decided.Status);
        Assert.Contains("Accepted", decided.Html.QuerySelector(".badge:nth-of-type(3)")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Read <all> of it", decided.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accept", "", "Give a reason.")]
    [InlineData("accept", "   ", "Give a reason.")]
    [InlineData("approve", "Because", "Choose a decision.")]
    [InlineData("accept", "Because\u202Eof this", "Remove the characters that cannot be printed.")]
    public async Task A_decision_that_is_not_whole_is_refused_and_kept(string decision, string reason, string error)
    {
        await SendAsync();
        var (visitor, list) = await app.SignedInAsync();
        var page = await visitor.GetAsync(LinkTo(list, "Kim Park", "New"));
        var refused = await visitor.SubmitAsync(page, new Typed { ["decision"] = decision, ["reason"] = reason, ["note"] = "Call first" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(error, refused.Text, StringComparison.Ordinal);
        Assert.Equal("Call first", refused.Value("note"));
    }

    [Fact]
    public async Task Overriding_a_contraindication_takes_two_keys()
    {
        await SendAsync(("mind", new Typed { ["psy.schiz"] = "yes" }));
        var (visitor, list) = await app.SignedInAsync();
        var link = LinkTo(list, "Kim Park", "Contraindicated");
        var page = await visitor.GetAsync(link);
        Assert.Contains("takes an override", page.Text, StringComparison.Ordinal);
        Assert.Contains("Schizophrenia", page.Html.QuerySelector(".finding.danger")!.TextContent, StringComparison.Ordinal);

        var refused = await visitor.SubmitAsync(page, new Typed { ["decision"] = "accept", ["reason"] = "Stable" });
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("Stable", refused.Value("reason"));
        Assert.Contains("Nothing was recorded", refused.Html.QuerySelector("main > .summary")!.TextContent, StringComparison.Ordinal);

        var pending = await visitor.SubmitAsync(refused, new Typed { ["decision"] = "override" });
        Assert.Contains("Override awaits a second key", pending.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.SubmitAsync(pending, new Typed { ["decision"] = "override", ["reason"] = "Again" })).Status);

        var (director, _) = await app.SignedInAsync(app.Clinics[IntakeApp.Here].DirectorKey);
        var overridden = await director.SubmitAsync(await director.GetAsync(link), new Typed { ["decision"] = "override", ["reason"] = "Agreed" });
        Assert.Contains("Overridden", overridden.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_not_sure_keeps_open_and_what_is_missing_is_told_in_words()
    {
        await SendAsync(("heart", new Typed { ["cv.mi"] = "not-sure", ["cv.any"] = "" }), ("home", new Typed { ["log.escort"] = "not-sure" }));
        var (visitor, _) = await app.SignedInAsync();
        var list = await visitor.GetAsync(Staff + "?urgency=none&outcome=needs-review");
        var page = await visitor.GetAsync(LinkTo(list, "Kim Park", "Needs review"));
        Assert.Contains("Cannot be ruled out", page.Text, StringComparison.Ordinal);
        Assert.Contains("Cautions that are not ruled out", page.Text, StringComparison.Ordinal);
        Assert.Contains("A heart attack Not sure", Squeezed(page.Text), StringComparison.Ordinal);
        Assert.Contains(page.Html.QuerySelectorAll("dd.open"), d => d.TextContent == "Not sure");
    }

    [Fact]
    public async Task An_unfinished_form_with_a_suicide_risk_answer_stands_first_in_the_list_and_says_so()
    {
        var (visitor, safety) = await app.IntroducedAsync();
        await visitor.SubmitAsync(safety, new Typed { ["asq.1"] = "yes", ["asq.5"] = "yes" });
        var (clinician, list) = await app.SignedInAsync();
        var first = list.Html.QuerySelector("tbody tr")!;
        Assert.Contains("Imminent risk", first.TextContent, StringComparison.Ordinal);
        var page = await clinician.GetAsync(first.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Contains("The patient has not finished the form", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_field_does_not_turn_an_old_page_into_a_new_one()
    {
        await SendAsync();
        var (clinician, list) = await app.SignedInAsync();
        var page = await clinician.GetAsync(LinkTo(list, "Kim Park", "Eligible"));
        await clinician.SubmitAsync(page, new Typed { ["decision"] = "request-info", ["reason"] = "Which dose?" });

        var unread = await clinician.SubmitAsync(page, new Typed { ["decision"] = "accept", ["reason"] = " " });
        var refused = await clinician.SubmitAsync(unread, new Typed { ["reason"] = "Fit" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (unread.Status, refused.Status));
        Assert.Contains("has changed since", refused.Html.QuerySelector("main > .summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Which dose?", refused.Html.QuerySelector("#decisions + ol")!.LastElementChild!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_form_says_describes_it_is_on_the_page()
    {
        await SendAsync();
        var (clinician, list) = await app.SignedInAsync();
        var page = await clinician.GetAsync(LinkTo(list, "Kim Park", "Eligible"));

        Assert.All(page.Html.QuerySelectorAll("[aria-describedby]"), e => Assert.NotNull(page.Html.GetElementById(e.GetAttribute("aria-describedby")!)));
    }

    [Fact]
    public async Task The_list_can_be_filtered_and_ignores_nonsense()
    {
        await SendAsync();
        var (visitor, _) = await app.SignedInAsync();
        Assert.Contains("No referrals here", (await visitor.GetAsync(Staff + "?status=declined")).Text, StringComparison.Ordinal);
        var eligible = await visitor.GetAsync(Staff + "?outcome=eligible&status=&urgency=none");
        Assert.All(eligible.Html.QuerySelectorAll("tbody tr"), row => Assert.Contains("Eligible", row.TextContent, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Staff + "?status=huge&after=%00zzz&outcome='")).Status);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_that_show_each_referral_once()
    {
        for (var i = 0; i < 27; i++)
        {
            await app.ReferAsync(Bodies.Screening());
        }

        var (visitor, page) = await app.SignedInAsync();
        var seen = new List<string>();
        for (var next = Staff; next is not null; next = page.Html.QuerySelector("p.go a.button")?.GetAttribute("href"))
        {
            page = await visitor.GetAsync(next);
            seen.AddRange(page.Html.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")!));
        }

        Assert.True(seen.Count > 27);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(seen.Count, (await app.SnapshotAsync()).Count(row => row.StartsWith("northside referral|", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_is_signed_out_sees_the_sign_in_page_only()
    {
        await SendAsync();
        var (signedIn, list) = await app.SignedInAsync();
        var link = LinkTo(list, "Kim Park", "");
        var stranger = app.NewVisitor();
        foreach (var path in new[] { Staff, link })
        {
            Assert.Equal(Staff + "/sign-in", (await stranger.GetAsync(path)).Path);
        }

        var form = list.Html.QuerySelector($"form[action='{Staff}/sign-out']")!;
        var left = await signedIn.PostAsync(Staff + "/sign-out", Visitor.FieldsOf(form));
        Assert.Equal(Staff + "/sign-in", left.Path);
        Assert.Equal(Staff + "/sign-in", (await signedIn.GetAsync(link)).Path);
    }

    [Fact]
    public async Task A_wrong_key_and_another_clinics_key_open_nothing()
    {
        foreach (var key in new[] { "wrong", "", app.Clinics[IntakeApp.Elsewhere].ClinicianKey })
        {
            var (visitor, page) = await app.SignedInAsync(key);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.Contains("does not open this clinic", page.Text, StringComparison.Ordinal);
            Assert.Equal(Staff + "/sign-in", (await visitor.GetAsync(Staff)).Path);
        }
    }

    [Fact]
    public async Task A_session_of_one_clinic_is_none_in_another()
    {
        await SendAsync();
        var (visitor, list) = await app.SignedInAsync();
        Assert.Equal("/southside/staff/sign-in", (await visitor.GetAsync("/southside/staff")).Path);
        var id = LinkTo(list, "Kim Park", "").Split('/')[^1];
        Assert.Equal("/southside/staff/sign-in", (await visitor.GetAsync("/southside/staff/referrals/" + id)).Path);
    }

    [Fact]
    public async Task An_unknown_referral_is_not_found()
    {
        var (visitor, _) = await app.SignedInAsync();
        foreach (var id in new[] { "nonsense", new string('0', 26) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"{Staff}/referrals/{id}")).Status);
        }
    }

    [Fact]
    public async Task A_session_ends_after_a_working_day_however_busy_it_is()
    {
        var (visitor, _) = await app.SignedInAsync();
        var now = app.Clock.Now;
        try
        {
            app.Clock.Now = now + NodaTime.Duration.FromHours(8) - NodaTime.Duration.FromSeconds(2);
            Assert.Equal(Staff, (await visitor.GetAsync(Staff)).Path);
            app.Clock.Now = now + NodaTime.Duration.FromHours(8);
            Assert.Equal(Staff + "/sign-in", (await visitor.GetAsync(Staff)).Path);
        }
        finally
        {
            app.Clock.Now = now;
        }
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string LinkTo(Page list, string name, string also) => list.Html.QuerySelectorAll("tbody tr")
        .First(row => row.TextContent.Contains(name, StringComparison.Ordinal) && row.TextContent.Contains(also, StringComparison.Ordinal))
        .QuerySelector("a")!.GetAttribute("href")!;

    /// <summary>The healthy patient's form with changes on some pages, sent.</summary>
    private async Task SendAsync(params (string Section, Typed Changes)[] changes)
    {
        var (visitor, at) = await app.IntroducedAsync();
        var (review, _) = await HealthyPatient.FinishAsync(visitor, at);
        foreach (var (section, typed) in changes)
        {
            review = await visitor.SubmitAsync(await visitor.GetAsync($"/northside/form/{section}?from=review"), typed);
        }

        Assert.Equal("/northside/done", (await visitor.SubmitAsync(review)).Path);
    }
}
