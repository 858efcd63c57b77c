using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;
using Drafts = KetamineIntake.Core.Screenings.Drafts;

namespace KetamineIntake.Tests.Screenings;

/// <summary>The edges of a draft: who, when, how often, and what is on record afterwards.</summary>
public sealed class DraftEdgeTests
{
    private static readonly Dictionary<string, Answer?> Elevated = new() { ["phq9.9"] = new Answer.Number(1) };
    private static readonly Dictionary<string, Answer?> Harmless = new() { ["cv.any"] = new Answer.Choice("no") };

    [Fact]
    public async Task Nothing_is_submitted_before_the_form_says_who_the_patient_is()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => drafts.SubmitAsync(clinic.Context, draft.Id, default));

        Assert.Contains("who the patient is", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await clinic.RowsAsync(Rows.Referrals));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("draft|00000000000000000000000000")]
    public async Task What_is_no_id_is_no_draft(string id)
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);

        Assert.Null(await drafts.FindAsync(clinic.Context, id, default));
        Assert.Null(await drafts.SaveAsync(clinic.Context, id, TestClinic.Kim, Harmless, default));
        Assert.Null(await drafts.SubmitAsync(clinic.Context, id, default));
        await Drafts.DiscardAsync(clinic.Context, id, default);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task An_untouched_draft_ends_to_the_second(int secondsPast, bool isThere)
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        clinic.Clock.Advance(Drafts.Lifetime + Duration.FromSeconds(secondsPast));

        Assert.Equal(isThere, await drafts.FindAsync(clinic.Context, draft.Id, default) is not null);
    }

    [Fact]
    public async Task Corrected_details_replace_the_earlier_ones_and_missing_ones_do_not()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Harmless, default);

        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim with { GivenName = "Kimberly" }, Harmless, default);
        var saved = await drafts.SaveAsync(clinic.Context, draft.Id, null, Harmless, default);

        Assert.Equal("Kimberly", saved!.Draft.Patient!.GivenName);
        Assert.Null(saved.Draft.ReferralId);
    }

    [Fact]
    public async Task Help_is_shown_when_the_urgency_rises_and_not_at_every_page_afterwards()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);

        var first = await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Elevated, default);
        var second = await drafts.SaveAsync(clinic.Context, draft.Id, null, Harmless, default);

        Assert.Equal((Urgency.Elevated, Urgency.None), (first!.Raised, second!.Raised));
        Assert.Equal(Urgency.Elevated, second.Draft.Urgency);
        Assert.NotNull(second.Draft.ReferralId);
    }

    [Fact]
    public async Task An_answer_that_was_never_taken_back_is_not_said_to_have_been_changed()
    {
        await using var clinic = await TestClinic.StartAsync();
        var view = await SubmittedAsync(clinic, Elevated, Harmless);

        Assert.Equal(Urgency.Elevated, view.Referral.Urgency);
        Assert.DoesNotContain(view.Screening.Result.Findings, f => f.Rule == "SUI-CHANGED");
        Assert.True((await Rescreen.RunAsync(clinic.Context, asRecorded: true, default).SingleAsync()).IsSame);
    }

    [Fact]
    public async Task A_changed_answer_is_told_once_with_reason_and_source()
    {
        await using var clinic = await TestClinic.StartAsync();
        var view = await SubmittedAsync(clinic, Elevated, new Dictionary<string, Answer?> { ["phq9.9"] = new Answer.Number(0) });

        var changed = Assert.Single(view.Screening.Result.Findings, f => f.Rule == "SUI-CHANGED");
        Assert.Contains("changed later", changed.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(changed.Source);
        Assert.Equal(Urgency.Elevated, view.Screening.Result.Urgency);
    }

    [Fact]
    public async Task Each_saving_of_a_referred_draft_and_its_submission_are_on_record()
    {
        await using var clinic = await TestClinic.StartAsync();
        var view = await SubmittedAsync(clinic, Elevated, Harmless);

        var audit = (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>)
            .Where(a => a.Action.StartsWith("screening.", StringComparison.Ordinal)).ToList();

        Assert.Equal(["screening.received", "screening.saved", "screening.received"], audit.Select(a => a.Action));
        Assert.All(audit, a => Assert.Equal(("patient", Rows.Screening(view.Patient.Id, view.Screening.Id)), (a.By, a.Subject)));
    }

    [Fact]
    public async Task A_draft_that_somebody_else_keeps_changing_is_an_outage_and_not_a_loop_without_end()
    {
        await using var clinic = await TestClinic.StartAsync();
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, Harmless, default);
        await clinic.Phones.CompleteAsync(clinic.Context, default);
        var contested = new Contested(clinic.Context.Records);
        var context = clinic.Context with { Records = contested };

        foreach (var attempt in new Func<Task>[]
        {
            () => drafts.SaveAsync(context, draft.Id, null, Harmless, default),
            () => drafts.SubmitAsync(context, draft.Id, default),
            () => Drafts.DiscardAsync(context, draft.Id, default),
        })
        {
            contested.Commits = 0;
            Assert.Contains("somebody else", (await Assert.ThrowsAsync<RecordStoreException>(attempt)).Message, StringComparison.Ordinal);
            Assert.Equal(5, contested.Commits);
        }
    }

    private static async Task<ReferralView> SubmittedAsync(TestClinic clinic, params IReadOnlyDictionary<string, Answer?>[] pages)
    {
        var drafts = new Drafts(clinic.Phones, clinic.Clock);
        var draft = await drafts.StartAsync(clinic.Context, default);
        foreach (var page in pages)
        {
            await drafts.SaveAsync(clinic.Context, draft.Id, TestClinic.Kim, page, default);
            clinic.Clock.Advance(Duration.FromMinutes(1));
        }

        var receipt = await drafts.SubmitAsync(clinic.Context, draft.Id, default);
        return (await new FindReferral(clinic.Clock).RunAsync(clinic.Context, receipt!.ReferralId, clinic.Ana, default))!;
    }

    /// <summary>Somebody else always commits first.</summary>
    private sealed class Contested(IRecordStore inner) : IRecordStore
    {
        public int Commits { get; set; }

        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            Commits++;
            return Task.FromResult<CommitResult>(new CommitResult.Conflict(changes[0].Key));
        }
    }
}
