using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabJudgementTests
{
    [Theory]
    // Exactly three calendar months: the last day is included.
    [InlineData("2026-09-01", 3, "2026-12-01")]
    [InlineData("2026-12-31", 3, "2027-03-31")]
    // The end of a shorter month is clamped; in a leap year to the 29th.
    [InlineData("2026-11-30", 3, "2027-02-28")]
    [InlineData("2027-11-30", 3, "2028-02-29")]
    [InlineData("2027-11-29", 3, "2028-02-29")]
    [InlineData("2026-11-28", 3, "2027-02-28")]
    [InlineData("2026-08-31", 1, "2026-09-30")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2027-02-28", 12, "2028-02-28")]
    public void A_result_is_good_to_the_end_of_its_calendar_months(string collected, int months, string last) =>
        Assert.Equal(Day(last), LabJudgement.ExpiresOn(Day(collected), months));

    [Theory]
    // With a visit: judged on its day, whatever today is.
    [InlineData("exactly three months", "2026-11-01", "2026-09-01", "2026-12-01", LabStanding.Valid, null)]
    [InlineData("one day over", "2026-11-01", "2026-09-01", "2026-12-02", LabStanding.ExpiresBeforeVisit, "2026-12-02")]
    [InlineData("30 November reaches the end of February", "2027-02-01", "2026-11-30", "2027-02-28", LabStanding.Valid, null)]
    [InlineData("30 November does not reach March", "2027-02-01", "2026-11-30", "2027-03-01", LabStanding.ExpiresBeforeVisit, "2027-03-01")]
    [InlineData("30 November reaches 29 February of a leap year", "2028-02-01", "2027-11-30", "2028-02-29", LabStanding.Valid, null)]
    [InlineData("30 November of a leap winter does not reach March", "2028-02-01", "2027-11-30", "2028-03-01", LabStanding.ExpiresBeforeVisit, "2028-03-01")]
    [InlineData("the visit is today, on the last day", "2026-12-01", "2026-09-01", "2026-12-01", LabStanding.Valid, null)]
    [InlineData("the visit is today, a day too late", "2026-12-02", "2026-09-01", "2026-12-02", LabStanding.Expired, "2026-12-02")]
    [InlineData("a visit of the past is over", "2026-11-15", "2026-09-01", "2026-11-14", LabStanding.Valid, null)]
    [InlineData("collected today for today", "2026-12-01", "2026-12-01", "2026-12-01", LabStanding.Valid, null)]
    [InlineData("too old today names the next visit", "2026-12-10", "2026-09-01", "2026-12-20", LabStanding.Expired, "2026-12-20")]
    // With none booked: judged today.
    [InlineData("none booked, last day", "2026-12-01", "2026-09-01", null, LabStanding.Valid, null)]
    [InlineData("none booked, a day later", "2026-12-02", "2026-09-01", null, LabStanding.Expired, null)]
    [InlineData("none booked, no result", "2026-12-02", null, null, LabStanding.Missing, null)]
    [InlineData("no result names the next visit", "2026-11-01", null, "2026-12-01", LabStanding.Missing, "2026-12-01")]
    public void A_required_test_is_judged_on_the_day_of_treatment(
        string because, string today, string? collected, string? visit, LabStanding standing, string? failing)
    {
        var status = JudgeEcg(today, collected, visit is null ? [] : [visit]);

        Assert.True(standing == status.Standing, because);
        Assert.Equal(failing is null ? (LocalDate?)null : Day(failing), status.Visit?.Date);
    }

    [Fact]
    public void Of_six_visits_the_third_is_the_first_that_fails()
    {
        var status = JudgeEcg("2026-11-20", "2026-09-01", "2026-11-24", "2026-11-27", "2026-12-02", "2026-12-04", "2026-12-08", "2026-12-11");

        Assert.Equal(new LabStatus(LabTests.Ecg, LabStanding.ExpiresBeforeVisit, Day("2026-09-01"), Day("2026-12-01"), Visit("2026-12-02")), status);
    }

    [Fact]
    public void Visits_may_come_in_any_order() =>
        Assert.Equal(Visit("2026-12-02"), JudgeEcg("2026-11-20", "2026-09-01", "2026-12-11", "2026-12-02", "2026-11-24").Visit);

    [Theory]
    [InlineData("2026-12-02T04:30:00Z", LabStanding.Valid)]
    [InlineData("2026-12-02T05:00:00Z", LabStanding.Expired)]
    public void The_clinics_midnight_decides_what_today_is(string instant, LabStanding standing)
    {
        var newYork = DateTimeZoneProviders.Tzdb["America/New_York"];
        var today = NodaTime.Text.InstantPattern.General.Parse(instant).Value.InZone(newYork).Date;

        var status = LabJudgement.Judge([Ecg()], [Typed(LabTests.Ecg, "2026-09-01")], [], today).Single();

        Assert.Equal(standing, status.Standing);
    }

    [Fact]
    public void The_newest_result_counts_whatever_order_they_arrive_in()
    {
        LabResult[] results = [Typed(LabTests.Ecg, "2026-10-15"), Typed(LabTests.Ecg, "2026-06-01"), Typed(LabTests.Ecg, "2026-08-01")];

        Assert.Equal(Day("2026-10-15"), LabJudgement.Judge([Ecg()], results, [], Day("2026-11-01")).Single().CollectedOn);
        Assert.Equal(Day("2026-10-15"), LabJudgement.Judge([Ecg()], [.. results.Reverse()], [], Day("2026-11-01")).Single().CollectedOn);
    }

    [Theory]
    [InlineData(LabResultStatus.Final, true)]
    [InlineData(LabResultStatus.Amended, true)]
    [InlineData(LabResultStatus.Corrected, true)]
    [InlineData(LabResultStatus.Registered, false)]
    [InlineData(LabResultStatus.Preliminary, false)]
    [InlineData(LabResultStatus.Cancelled, false)]
    [InlineData(LabResultStatus.EnteredInError, false)]
    [InlineData(LabResultStatus.Unknown, false)]
    public void Only_final_amended_and_corrected_results_count(LabResultStatus status, bool counts)
    {
        var judged = LabJudgement.Judge([Ecg()], [Typed(LabTests.Ecg, "2026-10-01", status)], [], Day("2026-11-01")).Single();

        Assert.Equal(counts ? LabStanding.Valid : LabStanding.Missing, judged.Standing);
    }

    [Fact]
    public void An_unknown_date_is_a_missing_result() =>
        Assert.Equal(LabStanding.Missing, LabJudgement.Judge([Ecg()], [Typed(LabTests.Ecg, "2026-10-01") with { CollectedOn = null }], [], Day("2026-11-01")).Single().Standing);

    [Fact]
    public void A_result_from_the_future_does_not_count_before_its_day()
    {
        LabResult[] results = [Typed(LabTests.Ecg, "2026-11-02")];

        Assert.Equal(LabStanding.Missing, LabJudgement.Judge([Ecg()], results, [], Day("2026-11-01")).Single().Standing);
        Assert.Equal(LabStanding.Valid, LabJudgement.Judge([Ecg()], results, [], Day("2026-11-02")).Single().Standing);
    }

    [Theory]
    [InlineData("24323-8", "liver,kidney")]
    [InlineData("24325-3", "liver")]
    [InlineData("1742-6,1920-8", "liver")]
    [InlineData("1742-6", "")]
    [InlineData("1920-8,718-7,6690-2", "")]
    [InlineData("718-7,6690-2,777-3", "cbc")]
    [InlineData("57021-8", "cbc")]
    [InlineData("2160-0", "kidney")]
    [InlineData("11524-6,98979-8", "ecg,kidney")]
    [InlineData("liver", "liver")]
    [InlineData("2951-2", "")]
    public void One_of_several_code_sets_satisfies_a_test_and_a_set_only_as_a_whole(string codes, string tests)
    {
        var judged = LabJudgement.Judge(Requirements, [Coded("2026-10-01", codes.Split(','))], [], Day("2026-11-01"));

        Assert.Equal(tests, string.Join(',', judged.Where(s => s.Standing == LabStanding.Valid).Select(s => s.Test)));
        Assert.Equal(tests, string.Join(',', LabJudgement.SatisfiedBy(Requirements, codes.Split(','))));
    }

    [Fact]
    public void Parts_of_a_set_from_different_days_count_from_the_oldest()
    {
        LabResult[] results = [Coded("2026-10-01", "718-7"), Coded("2026-10-20", "6690-2"), Coded("2026-10-25", "777-3"), Coded("2026-10-28", "718-7")];

        Assert.Equal(Day("2026-10-20"), LabJudgement.Judge(Requirements, results, [], Day("2026-11-01")).Single(s => s.Test == LabTests.Cbc).CollectedOn);
    }

    [Fact]
    public void The_newest_of_several_satisfied_sets_counts()
    {
        LabResult[] results = [Coded("2026-10-01", "58410-2"), Coded("2026-09-01", "718-7", "6690-2", "777-3")];

        Assert.Equal(Day("2026-10-01"), LabJudgement.Judge(Requirements, results, [], Day("2026-11-01")).Single(s => s.Test == LabTests.Cbc).CollectedOn);
    }

    [Fact]
    public void Of_two_visits_on_one_day_the_same_is_named_every_time()
    {
        LabVisit[] visits = [Visit("2026-12-01", "b"), Visit("2026-12-01", "a")];

        Assert.Equal("a", LabJudgement.Judge([Ecg()], [], visits, Day("2026-11-20")).Single().Visit?.Id);
    }

    [Fact]
    public void A_set_of_no_codes_is_satisfied_by_nothing()
    {
        var requirement = Ecg() with { AnyOf = [new LabCodeSet([]), .. Ecg().AnyOf] };

        Assert.Equal(LabStanding.Missing, LabJudgement.Judge([requirement], [Coded("2026-11-01", "718-7")], [], Day("2026-11-20")).Single().Standing);
    }
}
