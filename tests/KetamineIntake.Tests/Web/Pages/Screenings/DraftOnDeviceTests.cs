using System.Net;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

public sealed class DraftOnDeviceTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public async Task Sending_twice_makes_one_referral()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var review = await visitor.GetAsync("/northside/review");
        var before = await ReferralsAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.SubmitAsync(review)));
        Assert.All(answers, a => Assert.Equal("/northside/done", a.Path));
        Assert.Equal("/northside/done", (await visitor.SubmitAsync(review)).Path);
        Assert.Equal(before + 1, await ReferralsAsync());
    }

    [Fact]
    public async Task After_sending_going_back_shows_the_ending_and_no_answers()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/review"));
        Assert.Equal("/northside/done", (await visitor.GetAsync("/northside/form/heart")).Path);
        Assert.Equal("/northside/done", (await visitor.GetAsync("/northside/review")).Path);

        // A page that was still open in another tab changes nothing any more.
        var before = await app.SnapshotAsync();
        Assert.Equal("/northside/done", (await visitor.SubmitAsync(heart, new Typed { ["cv.htn"] = "yes" })).Path);
        Assert.Equal(before, await app.SnapshotAsync());
    }

    [Fact]
    public async Task Deleting_the_answers_deletes_the_draft_and_the_cookie()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var id = await OnlyNewDraftAsync(visitor);
        var confirm = await visitor.GetAsync("/northside/forget");
        var welcome = await visitor.SubmitAsync(confirm);
        Assert.Contains("deleted", welcome.Text, StringComparison.Ordinal);
        Assert.Null(visitor.Cookies("/northside")["intake-draft"]);
        Assert.DoesNotContain(await app.SnapshotAsync(), row => row.Contains(id, StringComparison.Ordinal) && row.Contains(" draft|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cookie_is_for_one_clinic_unreadable_and_out_of_reach_of_scripts()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var cookie = visitor.Cookies("/northside/form")["intake-draft"]!;
        Assert.True(cookie.HttpOnly);
        Assert.Equal("/northside", cookie.Path);
        Assert.True(cookie.Expires > DateTime.UtcNow.AddDays(29));
        Assert.Null(visitor.Cookies("/southside")["intake-draft"]);
        Assert.DoesNotContain(await app.SnapshotAsync(), row => row.Contains(cookie.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cookie_of_another_clinic_or_a_forged_one_opens_nothing()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var sealedHere = visitor.Cookies("/northside")["intake-draft"]!.Value;
        foreach (var (clinic, value) in new[] { ("southside", sealedHere), ("northside", sealedHere[..^4] + "AAAA"), ("northside", "nonsense!"), ("northside", "") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/{clinic}/review");
            request.Headers.Add("Cookie", "intake-draft=" + value);
            using var answer = await app.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal("/" + clinic, answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task A_form_that_does_not_come_from_our_own_page_is_refused_and_changes_nothing()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var before = await app.SnapshotAsync();
        foreach (var path in new[] { "start", "form/heart", "review", "forget", "staff/sign-in", "staff/sign-out" })
        {
            var answer = await visitor.PostAsync("/northside/" + path, [("cv.htn", "yes")]);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }

        Assert.Equal(before, await app.SnapshotAsync());
    }

    [Fact]
    public async Task An_outage_is_told_in_words_and_a_second_try_succeeds()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        app.Stores.Fault = () => new RecordStoreException("down");
        var page = await visitor.SubmitAsync(heart, new Typed { ["cv.htn"] = "yes" });
        app.Stores.Fault = null;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("Go back and send it again", page.Text, StringComparison.Ordinal);
        Assert.Equal("/northside/form/brain", (await visitor.SubmitAsync(heart, new Typed { ["cv.htn"] = "yes" })).Path);
    }

    private async Task<int> ReferralsAsync() =>
        (await app.SnapshotAsync()).Count(row => row.StartsWith("northside referral|", StringComparison.Ordinal));

    private async Task<string> OnlyNewDraftAsync(Visitor visitor)
    {
        var before = await app.SnapshotAsync();
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/heart"), new Typed { ["cv.htn"] = "no" });
        var changed = (await app.SnapshotAsync()).Except(before).Single(row => row.StartsWith("northside draft|", StringComparison.Ordinal));
        return changed.Split('|')[1].Split(' ')[0];
    }
}
