using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;
using Drafts = KetamineIntake.Core.Screenings.Drafts;

namespace KetamineIntake.Tests.Screenings;

/// <summary>The commits of a draft, looked at one by one.</summary>
public sealed class DraftIntakeTests
{
    private static readonly Dictionary<string, Answer?> Urgent = new() { ["phq9.9"] = new Answer.Number(2) };
    private static readonly Dictionary<string, Answer?> Harmless = new() { ["cv.any"] = new Answer.Choice("no") };

    private readonly MemoryRecords records = new();
    private readonly TestClock clock = new();

    [Fact]
    public async Task A_new_draft_is_empty_and_its_end_is_planned_in_the_same_commit()
    {
        var draft = await new Drafts(MemoryStores.Phones(), clock).StartAsync(SmallClinic.With(records), default);

        Assert.Equal(2, Assert.Single(records.Commits).Count);
        var purge = records.Keys.Single(Rows.IsOutbox);
        Assert.Equal(TestClock.Start + Duration.FromDays(30), Rows.OutboxDue(purge));
        Assert.Equal(new Message(Queues.Purge, "northside", Rows.Draft(draft.Id)), Outbox.Read(records[purge]));
        Assert.Equal((null, 0, Urgency.None, null, null, TestClock.Start), (draft.Patient, draft.Answers.Count, draft.Urgency, draft.ReferralId, draft.Receipt, draft.UpdatedAt));
    }

    [Fact]
    public async Task An_urgent_answer_is_saved_without_a_referral_until_it_is_known_whose_it_is()
    {
        var drafts = new Drafts(MemoryStores.Phones(), clock);
        var clinic = SmallClinic.With(records);
        var draft = await drafts.StartAsync(clinic, default);

        var anonymous = await drafts.SaveAsync(clinic, draft.Id, null, Urgent, default);
        var known = await drafts.SaveAsync(clinic, draft.Id, TestClinic.Kim, Harmless, default);

        Assert.Equal((Urgency.None, null), (anonymous!.Raised, anonymous.Draft.ReferralId));
        Assert.Equal(Urgency.High, known!.Raised);
        Assert.NotNull(known.Draft.ReferralId);
        Assert.Equal("draft", string.Join(' ', records.Commits[1].Select(c => c.Key.Split('|')[0])));
        Assert.Equal("patient screening referral inbox audit phone draft", string.Join(' ', records.Commits[^1].Select(c => c.Key.Split('|')[0])));
    }

    [Fact]
    public async Task A_saved_draft_lives_from_its_last_saving()
    {
        var drafts = new Drafts(MemoryStores.Phones(), clock);
        var clinic = SmallClinic.With(records);
        var draft = await drafts.StartAsync(clinic, default);
        clock.Advance(Duration.FromDays(29));

        var saved = await drafts.SaveAsync(clinic, draft.Id, null, Harmless, default);

        Assert.Equal(clock.Now, saved!.Draft.UpdatedAt);
        Assert.Equal(clock.Now, (await drafts.FindAsync(clinic, draft.Id, default))!.UpdatedAt);
    }

    [Fact]
    public async Task A_draft_whose_referral_is_gone_is_a_bug_and_not_a_new_referral()
    {
        var drafts = new Drafts(MemoryStores.Phones(), clock);
        var clinic = SmallClinic.With(records);
        var draft = await drafts.StartAsync(clinic, default);
        var saved = await drafts.SaveAsync(clinic, draft.Id, TestClinic.Kim, Urgent, default);
        records.Remove(Rows.Referral(saved!.Draft.ReferralId!));

        var bug = await Assert.ThrowsAsync<InvalidOperationException>(() => drafts.SubmitAsync(clinic, draft.Id, default));

        Assert.Equal("A draft's referral is gone.", bug.Message);
    }

    [Theory]
    [InlineData("save", "A draft was being changed by somebody else at each attempt to save it.")]
    [InlineData("submit", "A draft was being changed by somebody else at each attempt to submit it.")]
    [InlineData("delete", "A draft was being changed by somebody else at each attempt to delete it.")]
    public async Task Whoever_is_outrun_once_tries_again_and_five_times_gives_up(string what, string message)
    {
        var drafts = new Drafts(MemoryStores.Phones(), clock);
        var clinic = SmallClinic.With(records);
        var draft = await drafts.StartAsync(clinic, default);
        await drafts.SaveAsync(clinic, draft.Id, TestClinic.Kim, Harmless, default);
        Func<Task> act = what switch
        {
            "save" => () => drafts.SaveAsync(clinic, draft.Id, null, Harmless, default),
            "submit" => () => drafts.SubmitAsync(clinic, draft.Id, default),
            _ => () => Drafts.DiscardAsync(clinic, draft.Id, default),
        };

        records.Instead = () => new CommitResult.Conflict(Rows.Draft(draft.Id));
        Assert.Equal(message, (await Assert.ThrowsAsync<RecordStoreException>(act)).Message);

        var refusals = 4;
        records.Instead = () => refusals-- > 0 ? new CommitResult.Conflict(Rows.Draft(draft.Id)) : null;
        await act();
        Assert.Equal(-1, refusals);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task What_is_no_id_does_not_reach_the_store(string id)
    {
        var drafts = new Drafts(MemoryStores.Phones(), clock);

        Assert.Null(await drafts.FindAsync(SmallClinic.With(records), id, default));
        await Drafts.DiscardAsync(SmallClinic.With(records), id, default);

        Assert.Empty(records.Found);
        Assert.Empty(records.Commits);
    }

    [Theory]
    [InlineData("SUI-CHANGED", Urgency.High, Urgency.High, true)]
    [InlineData("SUI-CHANGED", Urgency.Elevated, Urgency.Elevated, false)]
    [InlineData("SUI-CHANGED", Urgency.None, Urgency.Elevated, false)]
    [InlineData("SUI-01", Urgency.High, Urgency.Elevated, false)]
    public void A_replay_keeps_only_what_the_forms_history_added(string recordedRule, Urgency recorded, Urgency after, bool isTold)
    {
        var replayed = Result("A") with { Urgency = Urgency.Elevated };

        var kept = DraftIntake.KeepRaised(replayed, recorded, Result("Z", recordedRule).Findings);

        Assert.Equal(after, kept.Urgency);
        Assert.Equal(isTold ? ["A", "SUI-CHANGED"] : ["A"], kept.Findings.Select(f => f.Rule));
    }

    [Fact]
    public void What_was_changed_later_is_told_in_these_words()
    {
        var told = DraftIntake.KeepRaised(Result(), Urgency.High, Result("SUI-CHANGED").Findings);

        var finding = Assert.Single(told.Findings);
        Assert.Equal(
            (Outcome.NeedsReview, Severity.Review, Verdict.True, "An earlier suicide-risk answer in this form was more serious and was changed later.", "design: suicide risk"),
            (told.Outcome, finding.Severity, finding.Verdict, finding.Reason, finding.Source));
    }

    private static ScreeningResult Result(params string[] rules) =>
        new(Outcome.Eligible, Urgency.None, [.. rules.Select(r => new Finding(r, Severity.Review, Verdict.True, false, "r", [], "s"))], [], []);
}
