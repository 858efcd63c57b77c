using KetamineIntake.Core.Labs;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabScheduleTests
{
    [Theory]
    [InlineData("2026-11-09", null)]
    [InlineData("2026-11-10", 21)]
    [InlineData("2026-11-20", 21)]
    [InlineData("2026-11-21", 10)]
    [InlineData("2026-11-27", 10)]
    [InlineData("2026-11-28", 3)]
    [InlineData("2026-11-30", 3)]
    [InlineData("2026-12-01", null)]
    public void The_patient_is_told_21_10_and_3_days_before_and_once_for_each(string today, int? step)
    {
        var due = LabSchedule.DueTexts(Patient, [Flag(LabTests.Ecg, "2026-12-01")], Day(today), Noon, LeadDays);

        Assert.Equal(step, due.SingleOrDefault()?.DaysBefore);
    }

    [Fact]
    public void A_text_that_is_due_stands_and_the_nearest_visit_comes_first()
    {
        var due = LabSchedule.DueTexts(Patient, [Flag(LabTests.Ecg, "2026-12-04"), Flag(LabTests.Cbc, "2026-12-01")], Day("2026-11-20"), Noon, LeadDays);

        Assert.Equal([("visit-2026-12-01", true), ("visit-2026-12-04", true)], due.Select(n => (n.Visit.Id, n.Stands)));
    }

    [Fact]
    public void Several_tests_of_one_visit_make_one_text()
    {
        var one = LabSchedule.DueTexts(Patient, [Flag(LabTests.Ecg, "2026-12-01")], Day("2026-11-20"), Noon, LeadDays);
        var two = LabSchedule.DueTexts(Patient, [Flag(LabTests.Ecg, "2026-12-01"), Flag(LabTests.Cbc, "2026-12-01")], Day("2026-11-15"), Noon, LeadDays);

        Assert.Equal(one, two);
    }

    [Fact]
    public void Another_date_another_step_and_another_visit_are_other_texts()
    {
        var ids = new[]
        {
            Due("2026-12-01", "2026-11-20"), Due("2026-12-02", "2026-11-20"), Due("2026-12-01", "2026-11-25"),
            LabSchedule.DueTexts(Patient, [Flag(LabTests.Ecg, "2026-12-01") with { VisitId = "other" }], Day("2026-11-20"), Noon, LeadDays).Single().Id,
        };

        Assert.Equal(4, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Two_visits_that_fail_at_the_same_moment_make_one_text_and_the_farther_keeps_its_next()
    {
        LabFlag[] flags = [Flag(LabTests.Ecg, "2026-12-01"), Flag(LabTests.Cbc, "2026-12-04")];
        var first = LabSchedule.Keep([], LabSchedule.DueTexts(Patient, flags, Day("2026-11-14"), Noon, LeadDays), flags);
        var again = LabSchedule.Keep(first, LabSchedule.DueTexts(Patient, flags, Day("2026-11-15"), Noon, LeadDays), flags);
        var next = LabSchedule.Keep(again, LabSchedule.DueTexts(Patient, [flags[1]], Day("2026-11-24"), Noon, LeadDays), flags);

        Assert.Equal(["visit-2026-12-01"], first.Where(n => n.Stands).Select(n => n.Visit.Id));
        Assert.Equal(first, again);
        Assert.Equal([("visit-2026-12-01", 21), ("visit-2026-12-04", 10)], next.Where(n => n.Stands).Select(n => (n.Visit.Id, n.DaysBefore)));
    }

    [Theory]
    // The nearer visit's tests are there; the farther one's step (21 days) lasts until the tenth day before it.
    [InlineData("2026-11-14", 21)]
    [InlineData("2026-11-23", 21)]
    [InlineData("2026-11-24", 10)]
    public void When_the_nearer_visits_text_is_withdrawn_the_farther_visit_gets_the_step_it_is_at(string today, int step)
    {
        LabFlag[] flags = [Flag(LabTests.Ecg, "2026-12-01"), Flag(LabTests.Cbc, "2026-12-04")];
        var before = LabSchedule.Keep([], LabSchedule.DueTexts(Patient, flags, Day("2026-11-14"), Noon, LeadDays), flags);
        LabFlag[] left = [flags[0] with { ClosedAt = Noon }, flags[1]];
        var after = LabSchedule.Keep(before, LabSchedule.DueTexts(Patient, left, Day(today), Noon.Plus(Duration.FromHours(1)), LeadDays), left);
        var again = LabSchedule.Keep(after, LabSchedule.DueTexts(Patient, left, Day(today), Noon.Plus(Duration.FromHours(2)), LeadDays), left);

        Assert.Equal([("visit-2026-12-04", step)], after.Where(n => n.Stands).Select(n => (n.Visit.Id, n.DaysBefore)));
        Assert.Equal(after, again);
    }

    [Fact]
    public void When_the_farther_visits_tests_are_there_the_nearer_ones_text_stays_alone()
    {
        LabFlag[] flags = [Flag(LabTests.Ecg, "2026-12-01"), Flag(LabTests.Cbc, "2026-12-04")];
        var before = LabSchedule.Keep([], LabSchedule.DueTexts(Patient, flags, Day("2026-11-14"), Noon, LeadDays), flags);
        LabFlag[] left = [flags[0], flags[1] with { ClosedAt = Noon }];

        Assert.Equal(before, LabSchedule.Keep(before, LabSchedule.DueTexts(Patient, left, Day("2026-11-15"), Noon.Plus(Duration.FromHours(1)), LeadDays), left));
    }

    [Fact]
    public void Closed_flags_and_flags_without_a_visit_send_no_text()
    {
        LabFlag[] flags = [Flag(LabTests.Ecg, "2026-12-01") with { ClosedAt = Noon }, Flag(LabTests.Cbc, "2026-12-01") with { VisitId = null, VisitOn = null }];

        Assert.Empty(LabSchedule.DueTexts(Patient, flags, Day("2026-11-20"), Noon, LeadDays));
        Assert.Equal(["visit-2026-12-01"], LabSchedule.Holds(flags, [Visit("2026-12-01")], Day("2026-12-01")));
        Assert.Empty(LabSchedule.Holds([flags[0]], [Visit("2026-12-01")], Day("2026-12-01")));
    }

    [Fact]
    public void A_visit_is_held_on_its_day_and_on_no_other()
    {
        LabFlag[] flags = [Flag(LabTests.Ecg, "2026-12-01"), Flag(LabTests.Cbc, "2026-12-01"), Flag(LabTests.Liver, "2026-12-04")];
        LabVisit[] visits = [Visit("2026-12-01"), Visit("2026-12-04")];

        Assert.Equal(["visit-2026-12-01"], LabSchedule.Holds(flags, visits, Day("2026-12-01")));
        Assert.Empty(LabSchedule.Holds(flags, visits, Day("2026-11-30")));
    }

    [Theory]
    // The flag names a visit of yesterday, of today, of later, or none; its result is good until then, or missing.
    [InlineData("2026-11-30", "2026-11-29", true)]
    [InlineData("2026-12-01", "2026-11-30", true)]
    [InlineData("2026-12-04", "2026-12-03", false)]
    [InlineData("2026-12-04", "2026-12-01", false)]
    [InlineData("2026-11-30", null, true)]
    [InlineData(null, null, true)]
    [InlineData(null, "2026-11-30", true)]
    public void A_visit_of_today_is_held_by_what_is_not_valid_today_whichever_visit_the_flag_names(string? named, string? expires, bool held)
    {
        var flag = Flag(LabTests.Ecg, named ?? "2026-12-01") with { ExpiresOn = expires is null ? null : Day(expires) };
        flag = named is null ? flag with { VisitId = null, VisitOn = null } : flag;

        Assert.Equal(held, LabSchedule.Holds([flag], [Visit("2026-12-01"), Visit("2026-12-04")], Day("2026-12-01")).SequenceEqual(["visit-2026-12-01"]));
    }

    [Theory]
    // Valid: the day after the last good one.
    [InlineData("2026-11-01", "2026-09-01", "2026-11-24", "2026-12-02")]
    [InlineData("2026-11-01", "2026-09-01", null, "2026-12-02")]
    // Failing: opening, each text, the turn, the hold, the day after.
    [InlineData("2026-11-01", "2026-09-01", "2026-12-10", "2026-11-19")]
    [InlineData("2026-11-19", "2026-09-01", "2026-12-10", "2026-11-30")]
    [InlineData("2026-11-30", "2026-09-01", "2026-12-10", "2026-12-02")]
    [InlineData("2026-12-02", "2026-09-01", "2026-12-10", "2026-12-07")]
    [InlineData("2026-12-07", "2026-09-01", "2026-12-10", "2026-12-10")]
    [InlineData("2026-12-10", "2026-09-01", "2026-12-10", "2026-12-11")]
    [InlineData("2026-12-01", null, "2026-12-10", "2026-12-07")]
    // Only news can change anything.
    [InlineData("2026-12-11", "2026-09-01", null, null)]
    [InlineData("2026-12-11", null, null, null)]
    public void A_patient_is_looked_at_again_when_something_can_change(string today, string? collected, string? visit, string? next) =>
        Assert.Equal(
            next is null ? (LocalDate?)null : Day(next),
            LabSchedule.NextRecheck([JudgeEcg(today, collected, visit is null ? [] : [visit])], Day(today), LeadDays));

    [Fact]
    public void The_nearest_turn_of_all_tests_is_the_next() =>
        Assert.Equal(
            Day("2026-12-02"),
            LabSchedule.NextRecheck([JudgeEcg("2026-11-01", "2026-10-01"), JudgeEcg("2026-11-01", "2026-09-01")], Day("2026-11-01"), LeadDays));

    private static string Due(string visit, string today) => LabSchedule.DueTexts(Patient, [Flag(LabTests.Ecg, visit)], Day(today), Noon, LeadDays).Single().Id;

    private static LabFlag Flag(string test, string visit) =>
        new(LabIds.Of(test, visit), Patient, test, LabStanding.Missing, "visit-" + visit, Day(visit), null, Noon, null, []);
}
