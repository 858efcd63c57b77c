using KetamineIntake.Core.Labs;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabFlagsTests
{
    private static readonly string[] Series = ["2026-11-24", "2026-11-27", "2026-12-01", "2026-12-04", "2026-12-08", "2026-12-11"];

    [Theory]
    [InlineData("2026-11-12", false)]
    [InlineData("2026-11-13", true)]
    [InlineData("2026-12-04", true)]
    public void A_flag_opens_21_days_before_the_visit_that_fails(string today, bool open)
    {
        var flags = Decide([], today, "2026-09-01", Series);

        Assert.Equal(open, flags.Count == 1);
        if (open)
        {
            Assert.Equal((LabStanding.ExpiresBeforeVisit, "visit-2026-12-04", LabFlagAction.Opened), (flags[0].Flag.Kind == LabStanding.Expired ? LabStanding.ExpiresBeforeVisit : flags[0].Flag.Kind, flags[0].Flag.VisitId, flags[0].Action));
        }
    }

    [Fact]
    public void A_nearer_visit_opens_it_at_once() =>
        Assert.Equal(LabFlagAction.Opened, Assert.Single(Decide([], "2026-12-01", null, "2026-12-03")).Action);

    [Fact]
    public void With_none_booked_it_opens_at_once()
    {
        var flag = Assert.Single(Decide([], "2026-12-01", null)).Flag;

        Assert.Equal((LabStanding.Missing, null, null), (flag.Kind, flag.VisitId, flag.VisitOn));
    }

    [Fact]
    public void Deciding_again_changes_nothing()
    {
        var first = Stored(Decide([], "2026-12-01", null, "2026-12-03"));

        var again = Assert.Single(Decide(first, "2026-12-01", null, "2026-12-03"));

        Assert.Null(again.Action);
        Assert.Same(first[0], again.Flag);
    }

    [Fact]
    public void A_new_result_closes_it_and_the_history_is_kept()
    {
        var open = Stored(Decide([], "2026-11-20", "2026-09-01", Series));

        var closed = Assert.Single(Decide(open, "2026-11-22", "2026-11-21", Series));

        Assert.Equal(LabFlagAction.Closed, closed.Action);
        Assert.False(closed.Flag.IsOpen);
        Assert.Equal(Noon, closed.Flag.ClosedAt);
        Assert.Equal([LabFlagAction.Opened, LabFlagAction.Closed], closed.Flag.History.Select(e => e.Action));
        Assert.Null(Assert.Single(Decide([closed.Flag], "2026-11-23", "2026-11-21", Series)).Action);
    }

    [Fact]
    public void A_moved_visit_changes_the_flag_that_stands()
    {
        var open = Stored(Decide([], "2026-11-20", "2026-09-01", Series));

        var moved = Assert.Single(Decide(open, "2026-11-20", "2026-09-01", "2026-11-24", "2026-12-14"));

        Assert.Equal((LabFlagAction.Changed, "visit-2026-12-14", open[0].Id), (moved.Action, moved.Flag.VisitId, moved.Flag.Id));
        Assert.Equal(open[0].OpenedAt, moved.Flag.OpenedAt);
        Assert.Equal(Day("2026-12-14"), moved.Flag.History[^1].VisitOn);
    }

    [Fact]
    public void An_open_flag_stays_when_its_visit_moves_out_of_the_lead_time()
    {
        var open = Stored(Decide([], "2026-11-20", "2026-09-01", Series));

        var moved = Assert.Single(Decide(open, "2026-11-20", "2026-09-01", "2027-02-01"));

        Assert.True(moved.Flag.IsOpen);
        Assert.Equal(Day("2027-02-01"), moved.Flag.VisitOn);
    }

    [Fact]
    public void A_cancelled_visit_closes_it_when_the_result_is_good_today() =>
        Assert.Equal(LabFlagAction.Closed, Assert.Single(Decide(Stored(Decide([], "2026-11-20", "2026-09-01", Series)), "2026-11-20", "2026-09-01")).Action);

    [Fact]
    public void A_result_that_turns_too_old_changes_the_flag_that_stands()
    {
        var open = Stored(Decide([], "2026-11-20", "2026-09-01", Series));

        var expired = Assert.Single(Decide(open, "2026-12-02", "2026-09-01", Series));

        Assert.Equal((LabFlagAction.Changed, LabStanding.Expired), (expired.Action, expired.Flag.Kind));
    }

    [Fact]
    public void A_test_that_is_not_required_any_more_closes_its_flag()
    {
        var open = Stored(Decide([], "2026-11-20", "2026-09-01", Series));

        Assert.Equal(LabFlagAction.Closed, Assert.Single(LabFlags.Decide(Patient, open, [], Day("2026-11-20"), Noon, LeadDays[0])).Action);
    }

    [Fact]
    public void The_same_fact_true_again_opens_the_same_flag_and_no_other()
    {
        var missing = Stored(Decide([], "2026-12-01", null));
        var closed = Stored(Decide(missing, "2026-12-01", "2026-11-30"));

        var again = Assert.Single(Decide(closed, "2026-12-02", null));

        Assert.Equal((LabFlagAction.Reopened, missing[0].Id, true, null), (again.Action, again.Flag.Id, again.Flag.IsOpen, again.Flag.ClosedAt));
        Assert.Equal([LabFlagAction.Opened, LabFlagAction.Closed, LabFlagAction.Reopened], again.Flag.History.Select(e => e.Action));
    }

    [Fact]
    public void A_closed_flag_does_not_open_again_before_its_time()
    {
        var closed = Stored(Decide(Stored(Decide([], "2026-11-20", "2026-09-01", Series)), "2026-11-20", "2026-09-01"));

        Assert.Null(Assert.Single(Decide(closed, "2026-11-20", "2026-09-01", "2027-02-01")).Action);
    }

    [Fact]
    public void A_newer_result_that_fails_too_is_another_fact()
    {
        var open = Stored(Decide([], "2026-11-20", "2026-08-25", "2026-12-04"));

        var changes = Decide(open, "2026-11-20", "2026-09-02", "2026-12-04");

        Assert.Equal([LabFlagAction.Closed, LabFlagAction.Opened], changes.Select(c => c.Action!.Value));
        Assert.NotEqual(changes[0].Flag.Id, changes[1].Flag.Id);
    }

    [Fact]
    public void Flags_of_two_tests_and_two_patients_are_apart()
    {
        var statuses = LabJudgement.Judge(Requirements, [], [], Day("2026-12-01"));
        var one = LabFlags.Decide(Patient, [], statuses, Day("2026-12-01"), Noon, LeadDays[0]);
        var other = LabFlags.Decide("1123456789abcdefghjkmnpqrs", [], statuses, Day("2026-12-01"), Noon, LeadDays[0]);

        Assert.Equal(8, one.Concat(other).Select(c => c.Flag.Id).Distinct(StringComparer.Ordinal).Count());
    }

    private static IReadOnlyList<LabFlagChange> Decide(IReadOnlyList<LabFlag> existing, string today, string? collected, params string[] visits) =>
        LabFlags.Decide(Patient, existing, [JudgeEcg(today, collected, visits)], Day(today), Noon, LeadDays[0]);

    private static List<LabFlag> Stored(IReadOnlyList<LabFlagChange> changes) => [.. changes.Select(c => c.Flag)];
}
