using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Referrals;

public sealed class DecideReferralTests
{
    [Theory]
    [InlineData(Outcome.Eligible, DecisionKind.Accept, ReferralStatus.Accepted)]
    [InlineData(Outcome.NeedsReview, DecisionKind.Accept, ReferralStatus.Accepted)]
    [InlineData(Outcome.Incomplete, DecisionKind.Accept, null)]
    [InlineData(Outcome.Contraindicated, DecisionKind.Accept, null)]
    [InlineData(Outcome.Incomplete, DecisionKind.Override, ReferralStatus.Overridden)]
    [InlineData(Outcome.NeedsReview, DecisionKind.Override, ReferralStatus.Overridden)]
    [InlineData(Outcome.Contraindicated, DecisionKind.Override, ReferralStatus.OverridePending)]
    [InlineData(Outcome.Contraindicated, DecisionKind.Decline, ReferralStatus.Declined)]
    [InlineData(Outcome.Incomplete, DecisionKind.RequestInfo, ReferralStatus.InfoRequested)]
    public void A_new_referral_takes_the_decisions_that_its_outcome_allows(Outcome outcome, DecisionKind kind, ReferralStatus? expected)
    {
        var (status, refusal) = DecideReferral.NextStatus(New(outcome), kind, "ana");

        Assert.Equal(expected ?? ReferralStatus.New, status);
        Assert.Equal(expected is null, refusal is not null);
    }

    [Theory]
    [InlineData(ReferralStatus.Accepted, DecisionKind.Accept)]
    [InlineData(ReferralStatus.Declined, DecisionKind.Decline)]
    [InlineData(ReferralStatus.InfoRequested, DecisionKind.RequestInfo)]
    [InlineData(ReferralStatus.Overridden, DecisionKind.Override)]
    public void Deciding_what_is_decided_already_is_refused(ReferralStatus status, DecisionKind kind) =>
        Assert.NotNull(DecideReferral.NextStatus(New(Outcome.NeedsReview) with { Status = status }, kind, "ana").Refusal);

    [Theory]
    [InlineData(DecisionKind.Accept)]
    [InlineData(DecisionKind.Override)]
    public void An_unfinished_questionnaire_cannot_be_accepted(DecisionKind kind) =>
        Assert.NotNull(DecideReferral.NextStatus(New(Outcome.NeedsReview) with { Submitted = false }, kind, "ana").Refusal);

    [Fact]
    public void An_acceptance_can_be_taken_back() =>
        Assert.Equal(ReferralStatus.Declined, DecideReferral.NextStatus(New(Outcome.Eligible) with { Status = ReferralStatus.Accepted }, DecisionKind.Decline, "ana").Status);

    [Fact]
    public async Task Overriding_a_contraindication_takes_a_second_key()
    {
        await using var clinic = await TestClinic.StartAsync();
        var id = await ContraindicatedAsync(clinic);

        Assert.IsType<DecideResult.AwaitingSecond>(await DecideAsync(clinic, id, DecisionKind.Override, clinic.Ana));
        Assert.IsType<DecideResult.Conflict>(await DecideAsync(clinic, id, DecisionKind.Override, clinic.Ana));
        var decided = Assert.IsType<DecideResult.Decided>(await DecideAsync(clinic, id, DecisionKind.Override, clinic.Ben));

        Assert.Equal(ReferralStatus.Overridden, decided.Referral.Referral.Status);
        Assert.Equal([clinic.Ana.Id, clinic.Ben.Id], decided.Referral.Referral.Decisions.Select(d => d.By));
    }

    [Fact]
    public async Task A_first_override_that_was_declined_in_between_has_to_be_made_anew()
    {
        await using var clinic = await TestClinic.StartAsync();
        var id = await ContraindicatedAsync(clinic);
        await DecideAsync(clinic, id, DecisionKind.Override, clinic.Ana);
        await DecideAsync(clinic, id, DecisionKind.Decline, clinic.Ben);

        Assert.IsType<DecideResult.AwaitingSecond>(await DecideAsync(clinic, id, DecisionKind.Override, clinic.Ben));
    }

    [Fact]
    public async Task A_decision_moves_the_referral_in_the_list_and_leaves_one_row()
    {
        await using var clinic = await TestClinic.StartAsync();
        var id = await ContraindicatedAsync(clinic);

        await DecideAsync(clinic, id, DecisionKind.Decline, clinic.Ana);

        var row = Assert.Single(await clinic.RowsAsync(Rows.Inbox));
        Assert.StartsWith("inbox|1|", row.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_decisions_at_once_both_are_kept_or_one_is_refused()
    {
        await using var clinic = await TestClinic.StartAsync();
        var id = await ContraindicatedAsync(clinic);

        var results = await Task.WhenAll(
            Task.Run(() => DecideAsync(clinic, id, DecisionKind.Decline, clinic.Ana)),
            Task.Run(() => DecideAsync(clinic, id, DecisionKind.RequestInfo, clinic.Ben)));

        var view = (await new FindReferral(clinic.Clock).RunAsync(clinic.Context, id, clinic.Ana, default))!;
        Assert.Equal(results.OfType<DecideResult.Decided>().Count(), view.Referral.Decisions.Count);
        Assert.Single(await clinic.RowsAsync(Rows.Inbox));
    }

    [Fact]
    public async Task Every_look_and_every_decision_is_on_record()
    {
        await using var clinic = await TestClinic.StartAsync();
        var id = await ContraindicatedAsync(clinic);
        await new FindReferral(clinic.Clock).RunAsync(clinic.Context, id, clinic.Ana, default);
        await DecideAsync(clinic, id, DecisionKind.Decline, clinic.Ben);

        var audit = (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).ToList();

        Assert.Contains(audit, a => a.By == clinic.Ana.Id && a.Action == "referral.read");
        Assert.Contains(audit, a => a.By == clinic.Ben.Id && a.Action == "referral.decline");
        Assert.Contains(audit, a => a.By == "patient" && a.Action == "screening.received");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00000000000000000000000000")]
    public async Task An_unknown_referral_is_not_found(string id)
    {
        await using var clinic = await TestClinic.StartAsync();

        Assert.IsType<DecideResult.NotFound>(await DecideAsync(clinic, id, DecisionKind.Decline, clinic.Ana));
    }

    private static Referral New(Outcome outcome) =>
        new("r", "p", "s", ReferralStatus.New, outcome, Urgency.None, Submitted: true, TestClock.Start, []);

    private static Task<DecideResult> DecideAsync(TestClinic clinic, string id, DecisionKind kind, StaffMember by) =>
        new DecideReferral(clinic.Clock).RunAsync(clinic.Context, id, kind, "Discussed with the patient", null, by, default);

    private static async Task<string> ContraindicatedAsync(TestClinic clinic)
    {
        var result = await new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(
            clinic.Context, TestClinic.Kim, TestClinic.Answers(("psy.schiz", "yes")), null, default);
        return Assert.IsType<SubmitResult.Created>(result).Receipt.ReferralId;
    }
}
