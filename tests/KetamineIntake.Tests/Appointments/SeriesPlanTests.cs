using KetamineIntake.Core.Appointments;
using KetamineIntake.Tests.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Appointments;

public class SeriesPlanTests
{
    private static readonly Calendar Empty = new(
        SmallClinic.NewYork, ClinicSchedule.Default, SmallClinic.Rules.Visits, [], [], SmallClinic.At("2026-11-20T12:00"));

    // Monday to Friday 07:00 to 19:00, Saturday 08:00 to 12:00.
    private static readonly ClinicSchedule ShortSaturdays = new(
        [.. ClinicSchedule.Default.Open.Where(o => o.Day != IsoDayOfWeek.Saturday), new OpeningHours(IsoDayOfWeek.Saturday, new LocalTime(8, 0), new LocalTime(12, 0))], 10);

    [Fact]
    public void Six_sessions_twice_a_week_take_two_to_three_weeks()
    {
        var series = Decide("2026-12-01T09:00", 6, 2, Empty);

        Assert.Equal(["12-01", "12-04", "12-08", "12-11", "12-15", "12-18"], Days(series));
        Assert.All(series.Visits, v => Assert.Equal(new LocalTime(9, 0), v.Start.TimeOfDay));
        Assert.Empty(series.Notes);
    }

    [Fact]
    public void A_closed_day_moves_a_session_to_the_next_open_one_and_says_so()
    {
        var series = Decide("2026-12-03T09:00", 6, 2, Empty);

        Assert.Equal(["12-03", "12-07", "12-10", "12-14", "12-17", "12-21"], Days(series));
        Assert.Equal(3, series.Notes.Count);
        Assert.Contains("Session 2 moved from 2026-12-06 to 2026-12-07", series.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_day_moves_only_its_session()
    {
        var full = new DayVisit("a", "b", AppointmentKind.Infusion, SmallClinic.At("2026-12-08T09:00"), SmallClinic.At("2026-12-08T11:30"));

        var series = Decide("2026-12-01T09:00", 6, 2, Empty with { Taken = [full], Schedule = ClinicSchedule.Default with { Chairs = 1 } });

        Assert.Equal(["12-01", "12-04", "12-09", "12-11", "12-15", "12-18"], Days(series));
    }

    [Fact]
    public void The_local_time_stays_over_a_clock_change()
    {
        var series = Decide("2027-03-11T09:00", 2, 2, Empty with { Now = SmallClinic.At("2027-03-01T12:00") });

        Assert.Equal(Instant.FromUtc(2027, 3, 11, 14, 0), series.Visits[0].StartsAt);
        Assert.Equal(Instant.FromUtc(2027, 3, 15, 13, 0), series.Visits[1].StartsAt);
    }

    [Fact]
    public void Five_a_week_keep_the_gap_on_the_night_in_which_an_hour_is_lost()
    {
        var open = ClinicSchedule.Default with { Open = [.. Enumerable.Range(1, 7).Select(d => new OpeningHours((IsoDayOfWeek)d, new LocalTime(7, 0), new LocalTime(19, 0)))] };

        var series = Decide("2027-03-13T09:00", 2, 5, Empty with { Schedule = open, Now = SmallClinic.At("2027-03-01T12:00") });

        Assert.Equal(["03-13", "03-15"], Days(series));
    }

    [Fact]
    public void A_first_session_that_clashes_is_told_not_moved()
    {
        var own = new DayVisit("a", "b", AppointmentKind.Infusion, SmallClinic.At("2026-12-01T09:00"), SmallClinic.At("2026-12-01T11:30"));

        var series = Decide("2026-12-01T09:00", 6, 2, Empty with { Own = [own] });

        Assert.Empty(series.Visits);
        Assert.True(Assert.Single(series.Faults).IsClash);
    }

    [Fact]
    public void A_clinic_that_never_opens_finds_no_second_session()
    {
        var series = Decide("2026-12-01T09:00", 2, 2, Empty with { Schedule = new ClinicSchedule([], 1) });

        Assert.Contains("Session 2 finds no free day", Assert.Single(series.Faults).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_after_closing_time_moves_on_like_one_on_a_closed_day()
    {
        var series = Decide("2026-12-02T14:00", 3, 2, Empty with { Schedule = ShortSaturdays });

        Assert.Equal(["12-02", "12-07", "12-09"], Days(series));
        Assert.Equal(
            "Session 2 moved from 2026-12-05 to 2026-12-07: the days before that are closed at that time, full or too close.", Assert.Single(series.Notes));
    }

    [Theory]
    [InlineData("2026-12-02T08:00", "12-05")]
    [InlineData("2026-12-02T11:59", "12-05")]
    [InlineData("2026-12-02T12:00", "12-07")]
    public void Opening_hours_include_their_start_and_not_their_end(string first, string second) =>
        Assert.Equal(second, Days(Decide(first, 2, 2, Empty with { Schedule = ShortSaturdays })).Last());

    [Fact]
    public void A_time_outside_the_hours_that_somebody_chose_is_kept_and_told_for_each_session()
    {
        var series = Decide("2026-12-01T20:00", 3, 2, Empty);

        Assert.Equal(["12-01", "12-04", "12-08"], Days(series));
        Assert.Equal(
            [
                "Session 1: 2026-12-01 20:00 is outside the opening hours, 07:00 to 19:00.",
                "Session 2: 2026-12-04 20:00 is outside the opening hours, 07:00 to 19:00.",
                "Session 3: 2026-12-08 20:00 is outside the opening hours, 07:00 to 19:00.",
            ],
            series.Notes);
    }

    [Fact]
    public void A_session_at_a_time_that_exists_twice_is_told()
    {
        var always = new ClinicSchedule([.. Enumerable.Range(1, 7).Select(d => new OpeningHours((IsoDayOfWeek)d, LocalTime.Midnight, new LocalTime(19, 0)))], 1);

        var series = Decide("2026-10-29T01:30", 2, 2, Empty with { Schedule = always, Now = SmallClinic.At("2026-10-20T12:00") });

        Assert.Equal("Session 2: The clocks go back over 2026-11-01 01:30: of the two, the earlier is booked.", Assert.Single(series.Notes));
    }

    [Theory]
    [InlineData(4, "12-22", false)]
    [InlineData(5, "12-23", true)]
    public void A_series_that_shifts_push_past_three_weeks_says_so(int fullDays, string last, bool isTold)
    {
        var full = Enumerable.Range(18, fullDays).Select(d => SmallClinic.At($"2026-12-{d}T09:00")).Select(s => new DayVisit("a", "b", AppointmentKind.Infusion, s, s + Duration.FromHours(2)));

        var series = Decide("2026-12-01T09:00", 6, 2, Empty with { Taken = [.. full], Schedule = ClinicSchedule.Default with { Chairs = 1 } });

        Assert.Equal(last, Days(series).Last());
        Assert.Equal(isTold, series.Notes.Contains("Because sessions moved, the series takes longer than 3 weeks: its last is on 2026-12-23."));
        Assert.DoesNotContain(Decide("2026-12-01T09:00", 6, 1, Empty).Notes, n => n.Contains("3 weeks", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(6, 1, "2027-01-05")]
    [InlineData(6, 3, "2026-12-12")]
    public void Other_rhythms_spread_over_the_week(int sessions, int perWeek, string last) =>
        Assert.Equal(last, Decide("2026-12-01T09:00", sessions, perWeek, Empty).Visits[^1].Start.Date.ToString("uuuu-MM-dd", null));

    [Fact]
    public void No_session_lies_behind_the_last_day_that_is_looked_at()
    {
        var request = new SeriesRequest(SmallClinic.Local("2026-12-01T09:00"), 12, 1);

        Assert.True(SeriesPlan.Decide(request, Empty).Visits[^1].Start.Date <= SeriesPlan.LastDay(request));
    }

    [Fact]
    public void A_cancelled_visit_gives_its_number_back()
    {
        Appointment Numbered(int ordinal, AppointmentStatus status = AppointmentStatus.Booked) => SmallClinic.Visit("2026-12-01T09:00", status: status) with { Ordinal = ordinal };

        Assert.Equal([2, 4], Ordinals.Free([Numbered(1), Numbered(2, AppointmentStatus.Cancelled), Numbered(3)], AppointmentKind.Infusion).Take(2));
    }

    private static SeriesVerdict Decide(string first, int sessions, int perWeek, Calendar calendar) =>
        SeriesPlan.Decide(new SeriesRequest(SmallClinic.Local(first), sessions, perWeek), calendar);

    private static IEnumerable<string> Days(SeriesVerdict series) => series.Visits.Select(v => v.Start.Date.ToString("MM-dd", null));
}
