using System.Net;
using AngleSharp.Dom;
using KetamineIntake.Tests.Web.Pages.Screenings;

namespace KetamineIntake.Tests.Web.Pages.Referrals;

/// <summary>A clinician decides on what was shown, and the patient goes on answering.</summary>
public sealed class StaleDecisionTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public async Task A_decision_does_not_count_for_what_the_patient_answered_after_the_page_was_drawn()
    {
        var (patient, safety) = await app.IntroducedAsync();
        await patient.SubmitAsync(safety, new Typed { ["asq.2"] = "yes", ["asq.5"] = "no" });
        var (clinician, list) = await app.SignedInAsync();
        var link = list.Html.QuerySelectorAll("tbody tr").Last(r => r.TextContent.Contains("form not finished", StringComparison.Ordinal) && r.TextContent.Contains("High", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        var opened = await clinician.GetAsync(link);
        var (review, _) = await HealthyPatient.FinishAsync(patient, await patient.GetAsync("/northside/form/reason"));
        review = await patient.SubmitAsync(await patient.GetAsync("/northside/form/heart?from=review"), new Typed { ["cv.mi"] = "yes" });
        await patient.SubmitAsync(review);

        var refused = await clinician.SubmitAsync(opened, new Typed { ["decision"] = "accept", ["reason"] = "Talked today" });

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        var summary = refused.Html.QuerySelector("main > .summary")!.TextContent;
        Assert.Contains("Nothing was recorded", summary, StringComparison.Ordinal);
        Assert.Contains("has changed since you opened it", summary, StringComparison.Ordinal);
        Assert.Equal("Talked today", refused.Value("reason"));
        Assert.Contains("heart attack", refused.Html.QuerySelector(".finding")!.ParentElement!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("None yet", refused.Text, StringComparison.Ordinal);
        var decided = await clinician.SubmitAsync(refused);
        Assert.Contains("Accepted", decided.Html.QuerySelector(".badge:nth-of-type(3)")!.TextContent, StringComparison.Ordinal);
    }
}
