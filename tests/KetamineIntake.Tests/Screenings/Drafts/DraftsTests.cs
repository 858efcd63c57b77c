using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;
using Drafts = KetamineIntake.Core.Screenings.Drafts;

namespace KetamineIntake.Tests.Screenings;


public sealed class DraftsTests
{
    private static readonly Dictionary<string, Answer?> Nothing = [];

    [Fact]
    public async Task What_was_saved_is_there_again_and_other_answers_stay()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("cv.any", "yes"), default);
        await drafts.SaveAsync(clinic.Context, draft.Id, null, Answer("psy.bipolar", "no"), default);

        var found = (await drafts.FindAsync(clinic.Context, draft.Id, default))!;
        Assert.Equal(TestClinic.Kim, found.Patient);
        Assert.Equal(2, found.Answers.Count);
    }

    [Fact]
    public async Task Null_clears_an_answer()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("cv.any", "yes"), default);

        var saved = await drafts.SaveAsync(clinic.Context, draft.Id, null, new Dictionary<string, Answer?> { ["cv.any"] = null }, default);

        Assert.Equal(0, saved!.Draft.Answers.Count);
    }

    [Fact]
    public async Task Without_a_positive_suicide_risk_answer_a_draft_refers_nobody()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        var saved = await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("asq.1", "no"), default);

        Assert.Equal(Urgency.None, saved!.Raised);
        Assert.Empty(await clinic.RowsAsync(Rows.Referrals));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("declined")]
    [InlineData("not-sure")]
    public async Task A_positive_answer_makes_the_referral_at_once_and_submitting_completes_the_same_one(string answer)
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        var saved = await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("asq.2", answer), default);
        var early = Assert.Single(await ListAsync(clinic));
        clinic.Clock.Advance(Duration.FromMinutes(10));
        await drafts.SaveAsync(clinic.Context, draft.Id, null, Answer("asq.5", "no"), default);
        var receipt = await drafts.SubmitAsync(clinic.Context, draft.Id, default);

        Assert.True(saved!.Raised >= Urgency.High);
        Assert.False(early.Submitted);
        var final = Assert.Single(await ListAsync(clinic));
        Assert.True(final.Submitted);
        Assert.Equal(early.Id, receipt!.ReferralId);
        Assert.Equal(early.Id, final.Id);
        Assert.Equal(early.ReceivedAt, final.ReceivedAt);
    }

    [Fact]
    public async Task Taking_a_positive_answer_back_keeps_the_urgency_and_tells_the_clinician()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("asq.1", "yes"), default);

        await drafts.SaveAsync(clinic.Context, draft.Id, null, Answer("asq.1", "no"), default);
        var receipt = (await drafts.SubmitAsync(clinic.Context, draft.Id, default))!;

        var view = (await new FindReferral(clinic.Clock).RunAsync(clinic.Context, receipt.ReferralId, clinic.Ana, default))!;
        Assert.Equal(Urgency.Imminent, view.Referral.Urgency);
        Assert.True(view.Referral.Outcome >= Outcome.NeedsReview);
        Assert.Contains(view.Screening.Result.Findings, f => f.Rule == "SUI-CHANGED");
        var replayed = await (Rescreen.RunAsync(clinic.Context, asRecorded: true, default)).SingleAsync();
        Assert.True(replayed.IsSame);
    }

    [Fact]
    public async Task Submitting_twice_refers_once_and_answers_the_same()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("cv.any", "yes"), default);

        var receipts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => drafts.SubmitAsync(clinic.Context, draft.Id, default)));

        Assert.Single(receipts.Select(r => r!.ReferralId).Distinct());
        Assert.Single(await clinic.RowsAsync(Rows.Referrals));
        Assert.Null(await drafts.SaveAsync(clinic.Context, draft.Id, null, Answer("cv.any", "no"), default));
    }

    [Fact]
    public async Task A_submitted_draft_holds_neither_answers_nor_identity()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("cv.any", "yes"), default);
        await drafts.SubmitAsync(clinic.Context, draft.Id, default);

        var kept = (await drafts.FindAsync(clinic.Context, draft.Id, default))!;

        Assert.NotNull(kept.Receipt);
        Assert.Null(kept.Patient);
        Assert.Equal(0, kept.Answers.Count);
    }

    [Fact]
    public async Task A_clinicians_decision_on_an_unfinished_questionnaire_survives_its_submission()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        var saved = await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("asq.1", "yes"), default);
        await new DecideReferral(clinic.Clock).RunAsync(clinic.Context, saved!.Draft.ReferralId!, DecisionKind.RequestInfo, "Called, no answer", null, clinic.Ana, default);

        await drafts.SubmitAsync(clinic.Context, draft.Id, default);

        var referral = Assert.Single(await ListAsync(clinic));
        Assert.Equal(ReferralStatus.InfoRequested, referral.Status);
    }

    [Theory]
    [InlineData("asq.5", "no", ReferralStatus.Declined)]
    [InlineData("asq.5", "yes", ReferralStatus.New)]
    public async Task A_referral_declined_before_the_form_was_finished_opens_again_when_the_answers_get_worse(string item, string answer, ReferralStatus status)
    {
        var (clinic, drafts, draft) = await DeclinedAsync();
        await using var _ = clinic;

        await drafts.SaveAsync(clinic.Context, draft, null, Answer(item, answer), default);

        Assert.Equal(status, Assert.Single(await ListAsync(clinic)).Status);
    }

    [Fact]
    public async Task A_referral_declined_before_the_form_was_finished_opens_again_when_it_is_sent()
    {
        var (clinic, drafts, draft) = await DeclinedAsync();
        await using var _ = clinic;

        var receipt = await drafts.SubmitAsync(clinic.Context, draft, default);

        Assert.Equal(ReferralStatus.New, Assert.Single(await ListAsync(clinic)).Status);
        var view = await new FindReferral(clinic.Clock).RunAsync(clinic.Context, receipt!.ReferralId, clinic.Ana, default);
        Assert.Equal(DecisionKind.Decline, Assert.Single(view!.Referral.Decisions).Kind);
    }

    [Fact]
    public async Task Two_tabs_lose_nothing_of_each_other()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        await Task.WhenAll(
            drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("cv.any", "yes"), default),
            drafts.SaveAsync(clinic.Context, draft.Id, null, Answer("psy.bipolar", "no"), default));

        Assert.Equal(2, (await drafts.FindAsync(clinic.Context, draft.Id, default))!.Answers.Count);
    }

    [Fact]
    public async Task An_untouched_draft_is_gone_after_thirty_days_and_a_saved_one_thirty_days_later()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var untouched = await drafts.StartAsync(clinic.Context, default);
        var saved = await drafts.StartAsync(clinic.Context, default);
        clinic.Clock.Advance(Duration.FromDays(29));
        await drafts.SaveAsync(clinic.Context, saved.Id, TestClinic.Kim, Nothing, default);

        clinic.Clock.Advance(Duration.FromDays(1));
        await clinic.DeliverAsync();
        Assert.Null(await drafts.FindAsync(clinic.Context, untouched.Id, default));
        Assert.NotNull(await drafts.FindAsync(clinic.Context, saved.Id, default));

        clinic.Clock.Advance(Duration.FromDays(29));
        await clinic.DeliverAsync();
        Assert.Empty(await clinic.RowsAsync(Rows.Drafts));
    }

    [Fact]
    public async Task Discarding_a_draft_deletes_it_and_leaves_a_referral_that_it_made()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Answer("asq.1", "yes"), default);

        await Drafts.DiscardAsync(clinic.Context, draft.Id, default);
        await Drafts.DiscardAsync(clinic.Context, draft.Id, default);

        Assert.Empty(await clinic.RowsAsync(Rows.Drafts));
        Assert.Single(await ListAsync(clinic));
    }

    /// <summary>A draft whose referral (urgency high) a clinician has declined.</summary>
    private static async Task<(TestClinic Clinic, Drafts Drafts, string Draft)> DeclinedAsync()
    {
        var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        var asked = new Dictionary<string, Answer?> { ["asq.1"] = new Answer.Choice("yes"), ["asq.5"] = new Answer.Choice("no") };
        var saved = await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, asked, default);
        await new DecideReferral(clinic.Clock).RunAsync(clinic.Context, saved!.Draft.ReferralId!, DecisionKind.Decline, "Not a candidate", null, clinic.Ana, default);
        return (clinic, drafts, draft.Id);
    }

    private static Dictionary<string, Answer?> Answer(string linkId, string code) =>
        new() { [linkId] = code == "not-sure" ? Core.Screenings.Answer.NotSure.Instance : new Answer.Choice(code) };

    private static async Task<IReadOnlyList<ReferralSummary>> ListAsync(TestClinic clinic) =>
        (await new ListReferrals(clinic.Clock).RunAsync(clinic.Context, new ReferralFilter(null, null, null, 10, null), clinic.Ana, default)).Items;
}
