using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

public class ReminderPlanTests
{
    [Fact]
    public void An_afternoon_visit_gets_all_four_texts_at_the_plans_times() =>
        Assert.Equal(
            ["week-before 2026-11-24 10:00", "day-before 2026-11-30 18:00", "day-of 2026-12-01 11:00", "evening-after 2026-12-01 17:00"],
            Times(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00"))));

    [Fact]
    public void The_morning_text_of_an_early_visit_is_folded_into_the_evening_before()
    {
        var plan = ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T07:00")));

        Assert.Equal(["week-before", "day-before", "evening-after"], plan.Select(r => ReminderWords.Of(r.Template)));
        Assert.Equal("18:00 clinic time, the day before the visit; also stands for the text 3 hours before the visit: 04:00 is in quiet hours or too near the water cut-off", plan[1].Why);
    }

    [Theory]
    [InlineData("2026-12-01T12:00", true)]
    [InlineData("2026-12-01T11:59", false)]
    public void The_morning_text_goes_only_from_nine_on(string start, bool goes) =>
        Assert.Equal(goes, Plan(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit(start))).ContainsKey(ReminderTemplate.DayOf));

    [Theory]
    [InlineData(2, 30, true)]
    [InlineData(2, 60, true)]
    [InlineData(2, 61, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    public void The_morning_text_needs_time_before_the_water_cut_off(int waterHours, int margin, bool goes)
    {
        var rules = SmallClinic.Rules with { ClearLiquidsHours = waterHours, Times = SmallClinic.Rules.Times with { DayOfMargin = margin } };

        var plan = Plan(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00")) with { Rules = rules });

        // At a margin of 0 and a cut-off at the very time of the text it would still name a cut-off that is over.
        Assert.Equal(goes, plan.TryGetValue(ReminderTemplate.DayOf, out var dayOf) && !dayOf.IsDropped && dayOf.SendAt < dayOf.ActionableBy);
    }

    [Fact]
    public void In_an_earlier_zone_the_week_before_text_waits_for_the_patients_morning()
    {
        var plan = Plan(Abroad("2026-11-01T12:00", "America/Los_Angeles", SmallClinic.Visit("2026-12-01T14:00")));

        Assert.Equal("week-before 2026-11-24 12:00", SmallClinic.Show(plan[ReminderTemplate.WeekBefore]));
        Assert.Equal("10:00 clinic time, 7 days before the visit; moved from 07:00 to 09:00: quiet hours, patient's time", plan[ReminderTemplate.WeekBefore].Why);
        Assert.Equal("day-before 2026-11-30 18:00", SmallClinic.Show(plan[ReminderTemplate.DayBefore]));
    }

    [Fact]
    public void Where_it_is_night_for_the_patient_the_day_before_text_goes_earlier_on_the_same_day()
    {
        var plan = Plan(Abroad("2026-11-01T12:00", "Europe/London", SmallClinic.Visit("2026-12-01T14:00")));

        Assert.Equal("day-before 2026-11-30 14:59", SmallClinic.Show(plan[ReminderTemplate.DayBefore]));
        Assert.EndsWith("moved from 23:00 to 19:59: quiet hours, patient's time", plan[ReminderTemplate.DayBefore].Why.Split("; also")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_would_come_at_two_at_night_goes_the_evening_before()
    {
        var plan = Plan(Abroad("2026-11-01T12:00", "Europe/Istanbul", SmallClinic.Visit("2026-12-01T14:00")));

        Assert.Contains("moved from 02:00 to 19:59 the evening before: quiet hours", plan[ReminderTemplate.DayBefore].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_visit_of_a_series_gets_a_week_before_text()
    {
        var series = new[] { "2026-12-01T14:00", "2026-12-04T14:00", "2026-12-08T14:00" }.Select((s, i) => SmallClinic.Visit(s, $"visit{i}", series: "s")).ToArray();

        var week = ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", series)).Where(r => r.Template == ReminderTemplate.WeekBefore);

        Assert.Equal("visit0", Assert.Single(week).Visit!.Id);
    }

    [Fact]
    public void Visits_booked_one_by_one_each_get_a_week_before_text() =>
        Assert.Equal(2, ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00"), SmallClinic.Visit("2027-01-05T14:00", "visit2")))
            .Count(r => r.Template == ReminderTemplate.WeekBefore));

    [Fact]
    public void When_the_first_visit_of_a_series_is_cancelled_before_its_text_the_next_one_gets_it()
    {
        var first = SmallClinic.Visit("2026-12-01T14:00", "visit1", series: "s", status: AppointmentStatus.Cancelled);
        var second = SmallClinic.Visit("2026-12-11T14:00", "visit2", series: "s");
        var input = SmallClinic.Input("2026-11-26T12:00", first, second);
        var told = new PastReminder("x", ReminderTemplate.WeekBefore, "visit1", "s", SmallClinic.At("2026-11-24T10:00"));

        Assert.Contains(ReminderPlan.For(input), r => r.Template == ReminderTemplate.WeekBefore);
        Assert.DoesNotContain(ReminderPlan.For(input with { Past = [told] }), r => r.Template == ReminderTemplate.WeekBefore);
    }

    [Theory]
    [InlineData(AppointmentKind.Consult)]
    [InlineData(AppointmentKind.Exam)]
    public void Only_infusions_prepare(AppointmentKind kind) =>
        Assert.Empty(ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00", kind: kind)) with { Past = [] }));

    [Fact]
    public void A_cancelled_visit_gets_no_text() =>
        Assert.Empty(ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00", status: AppointmentStatus.Cancelled)) with { Past = [] }));

    [Fact]
    public void Booked_three_days_before_the_text_about_the_booking_says_what_the_week_before_text_would() =>
        Assert.Equal(
            ["booked 2026-11-28 13:00", "day-before 2026-11-30 18:00", "day-of 2026-12-01 11:00", "evening-after 2026-12-01 17:00"],
            Times(SmallClinic.Input("2026-11-28T13:00", Late("2026-11-28T13:00", "2026-12-01T14:00"))));

    [Theory]
    [InlineData("2026-11-23T12:00", true)]
    [InlineData("2026-11-22T23:59", false)]
    public void Eight_days_ahead_is_late_and_nine_are_not(string bookedAt, bool isLate) =>
        Assert.Equal(!isLate, Times(SmallClinic.Input(bookedAt, Late(bookedAt, "2026-12-01T14:00"))).Any(t => t.StartsWith("week-before", StringComparison.Ordinal)));

    [Fact]
    public void Booked_the_evening_before_one_text_stands_for_both()
    {
        var plan = Plan(SmallClinic.Input("2026-11-30T18:30", Late("2026-11-30T18:30", "2026-12-01T14:00")));

        Assert.Equal("day-before 2026-11-30 18:30", SmallClinic.Show(plan[ReminderTemplate.DayBefore]));
        Assert.Equal("booked late: sent at once", plan[ReminderTemplate.DayBefore].Why);
        Assert.Equal([ReminderTemplate.DayBefore, ReminderTemplate.DayOf, ReminderTemplate.EveningAfter], plan.Keys.Order());
    }

    [Fact]
    public void Booked_at_night_for_the_next_morning_no_text_can_help_and_the_clinic_is_told()
    {
        var plan = Plan(SmallClinic.Input("2026-11-30T22:00", SmallClinic.Visit("2026-12-01T08:00")));

        Assert.True(plan[ReminderTemplate.DayBefore].IsDropped);
        Assert.Contains("not sent: no time is left", plan[ReminderTemplate.DayBefore].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Booked_after_the_food_cut_off_the_water_text_still_goes()
    {
        var plan = Plan(SmallClinic.Input("2026-12-01T08:30", SmallClinic.Visit("2026-12-01T11:45")));

        Assert.True(plan[ReminderTemplate.DayBefore].IsDropped);
        Assert.Equal("day-of 2026-12-01 09:00", SmallClinic.Show(plan[ReminderTemplate.DayOf]));
    }

    [Fact]
    public void The_first_booking_is_announced_at_once_and_what_is_late_follows_a_minute_behind() =>
        Assert.Equal(
            ["booked 2026-11-30 18:30", "day-before 2026-11-30 18:31"],
            Times(SmallClinic.Input("2026-11-30T18:30", SmallClinic.Visit("2026-12-01T14:00")) with { Past = [] }).Take(2));

    [Fact]
    public void At_night_the_announcement_waits_for_the_morning() =>
        Assert.Equal("booked 2026-11-02 09:00", Times(SmallClinic.Input("2026-11-01T21:00", SmallClinic.Visit("2026-12-01T14:00")) with { Past = [] })[0]);

    [Fact]
    public void The_evening_text_of_a_late_visit_goes_at_six() =>
        Assert.Equal("evening-after 2026-12-01 18:00", SmallClinic.Show(Plan(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T17:00")))[ReminderTemplate.EveningAfter]));

    [Fact]
    public void The_evening_text_never_goes_before_its_visit() =>
        Assert.Equal("evening-after 2026-12-01 18:30", SmallClinic.Show(Plan(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T18:30")))[ReminderTemplate.EveningAfter]));

    [Fact]
    public void The_evening_text_is_still_planned_while_the_visit_goes_on() =>
        Assert.Equal(["evening-after 2026-12-01 17:00"], Times(SmallClinic.Input("2026-12-01T15:00", SmallClinic.Visit("2026-12-01T14:00"))));

    [Fact]
    public void Once_the_day_is_over_nothing_is_left() =>
        Assert.Empty(ReminderPlan.For(SmallClinic.Input("2026-12-02T00:00", SmallClinic.Visit("2026-12-01T14:00"))));

    [Fact]
    public void Two_visits_a_week_fit_under_the_caps_exactly()
    {
        var visits = new[] { "2026-12-01T14:00", "2026-12-04T14:00", "2026-12-08T14:00", "2026-12-11T14:00" }.Select((s, i) => SmallClinic.Visit(s, $"visit{i}", series: "s")).ToArray();

        Assert.DoesNotContain(ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", visits)), r => r.IsDropped);
    }

    [Fact]
    public void With_three_visits_a_week_nothing_gives_way()
    {
        var visits = new[] { "2026-11-30T14:00", "2026-12-02T14:00", "2026-12-04T14:00" }.Select((s, i) => SmallClinic.Visit(s, $"visit{i}", series: "s")).ToArray();

        Assert.DoesNotContain(ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", visits)), r => r.IsDropped);
    }

    [Fact]
    public void A_text_that_is_settled_is_not_planned_again()
    {
        var visit = SmallClinic.Visit("2026-12-01T14:00");
        var input = SmallClinic.Input("2026-11-24T11:00", visit);
        var sent = new PastReminder(ReminderId.For("northside", "patient1", visit.Id, 1, ReminderTemplate.WeekBefore), ReminderTemplate.WeekBefore, visit.Id, null, SmallClinic.At("2026-11-24T10:00"));

        Assert.Contains(ReminderPlan.For(input), r => r.Id == sent.Id);
        Assert.DoesNotContain(ReminderPlan.For(input with { Past = [SmallClinic.OptedIn, sent] }), r => r.Id == sent.Id);
    }

    [Fact]
    public void Moving_a_visit_gives_every_reminder_another_id()
    {
        var before = ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00"))).Select(r => r.Id);
        var after = ReminderPlan.For(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00", version: 2))).Select(r => r.Id);

        Assert.Empty(before.Intersect(after));
    }

    [Theory]
    [InlineData("2026-11-01T14:00", "2026-11-01 08:00", "2026-11-01 12:00")]
    [InlineData("2027-03-14T14:00", "2027-03-14 08:00", "2027-03-14 12:00")]
    [InlineData("2026-11-01T04:00", "2026-10-31 23:00", "2026-11-01 02:00")]
    [InlineData("2027-03-14T07:00", "2027-03-14 00:00", "2027-03-14 05:00")]
    public void Fasting_counts_elapsed_hours_also_over_a_clock_change(string start, string food, string water)
    {
        var times = VisitTimes.Of(SmallClinic.Visit(start), SmallClinic.Rules);

        Assert.Equal(food, times.NoFoodFrom.InZone(SmallClinic.NewYork).ToString("uuuu-MM-dd HH:mm", null));
        Assert.Equal(water, times.NoWaterFrom.InZone(SmallClinic.NewYork).ToString("uuuu-MM-dd HH:mm", null));
    }

    [Fact]
    public void A_narrower_clinic_window_moves_texts_into_it()
    {
        var rules = SmallClinic.Rules with { Window = new TextWindow(new LocalTime(11, 0), new LocalTime(17, 0)) };

        Assert.Equal(
            ["week-before 2026-11-24 11:00", "day-before 2026-11-30 16:59", "day-of 2026-12-01 11:00", "evening-after 2026-12-01 16:59"],
            Times(SmallClinic.Input("2026-11-01T12:00", SmallClinic.Visit("2026-12-01T14:00")) with { Rules = rules }));
    }

    private static Appointment Late(string bookedAt, string start) => SmallClinic.Visit(start) with { BookedAt = SmallClinic.At(bookedAt), IsConfirmedByText = true };

    private static PlanInput Abroad(string now, string zone, params Appointment[] visits) => SmallClinic.Input(now, visits) with { PatientZone = SmallClinic.Zone(zone) };

    private static string[] Times(PlanInput input) => [.. ReminderPlan.For(input).Select(r => SmallClinic.Show(r))];

    private static Dictionary<ReminderTemplate, PlannedReminder> Plan(PlanInput input) => ReminderPlan.For(input).ToDictionary(r => r.Template);
}
