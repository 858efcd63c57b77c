using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Appointments;

/// <summary>Why a patient gets no texts: the reason that holds, today.</summary>
public class TextsStoppedTests
{
    private const string NotConsented = "the patient did not agree to texts on the form";
    private const string OptedOut = "texts to this number were stopped after the form";
    private const string NotAccepted = "no referral of the patient is accepted";

    [Theory]
    [InlineData(true, true, false, null)]
    [InlineData(false, true, false, NotConsented)]
    [InlineData(false, false, false, NotConsented)]
    [InlineData(true, true, true, OptedOut)]
    [InlineData(true, false, true, OptedOut)]
    [InlineData(true, false, false, NotAccepted)]
    public async Task The_pages_name_the_one_reason_that_holds(bool consent, bool accepted, bool stopped, string? reason)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await app.PatientAsync(consent: consent, accepted: accepted);
        await (stopped ? app.ReplyAsync("STOP") : Task.CompletedTask);
        var visitor = await Desk.SignInAsync(app);

        foreach (var path in new[] { Desk.Patient(patient), await Desk.ReferralAsync(app) })
        {
            var text = (await visitor.GetAsync(path)).Text;
            Assert.Equal(reason is null ? [] : [reason], new[] { NotConsented, OptedOut, NotAccepted }.Where(r => text.Contains(r, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task After_a_stop_the_referral_says_what_was_agreed_and_that_it_ended_and_a_start_brings_it_back()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        await app.PatientAsync();
        var visitor = await Desk.SignInAsync(app);
        var referral = await Desk.ReferralAsync(app);

        await app.ReplyAsync("STOP");
        Assert.Equal($"Consented on the form. No texts now: {OptedOut}.", await TextsAsync(visitor, referral));

        await app.AdvanceAsync("PT1M");
        await app.ReplyAsync("START");
        Assert.Equal("Consented on the form", await TextsAsync(visitor, referral));
    }

    private static async Task<string> TextsAsync(Visitor visitor, string referral) =>
        (await visitor.GetAsync(referral)).Html.QuerySelectorAll("dt").Single(d => d.TextContent == "Text messages").NextElementSibling!.TextContent.Trim();
}
