using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>What the plan wants for one visit, and in what words its times are explained.</summary>
public class ReminderDraftTests
{
    private static readonly Appointment Visit = SmallClinic.Visit("2026-12-01T14:00");
    private static readonly PlanInput Input = SmallClinic.Input("2026-11-01T12:00", Visit);

    [Fact]
    public void The_week_before_text_is_over_when_alcohol_must_stop() => AssertDraft(
        ReminderDrafts.WeekBefore(Visit, Input), ReminderTemplate.WeekBefore, "2026-11-24T10:00", "2026-11-29T14:00", "2026-11-29T14:00", null,
        "10:00 clinic time, 7 days before the visit");

    [Theory]
    [InlineData("2026-12-01T14:00", "2026-12-01T00:00", "2026-12-01T08:00")]
    [InlineData("2026-12-01T05:00", "2026-11-30T23:00", "2026-11-30T23:00")]
    public void The_day_before_text_is_planned_for_the_day_before_and_helps_until_food_must_stop(string start, string planBefore, string actionableBy) => AssertDraft(
        ReminderDrafts.DayBefore(SmallClinic.Visit(start), Input), ReminderTemplate.DayBefore, "2026-11-30T18:00", planBefore, actionableBy, null, "18:00 clinic time, the day before the visit");

    [Fact]
    public void The_day_of_text_helps_until_water_must_stop() => AssertDraft(
        ReminderDrafts.DayOf(Visit, Input), ReminderTemplate.DayOf, "2026-12-01T11:00", "2026-12-01T12:00", "2026-12-01T12:00", null, "3 hours before the visit");

    [Theory]
    [InlineData("2026-12-01T09:00", "2026-12-01T12:00", "2026-12-01T09:00", "30 minutes after the visit's end")]
    [InlineData("2026-12-01T15:00", "2026-12-01T18:00", "2026-12-01T15:00", "30 minutes after the visit's end")]
    [InlineData("2026-12-01T15:01", "2026-12-01T18:00", "2026-12-01T15:01", "18:00 clinic time, at the latest")]
    [InlineData("2026-12-01T17:59", "2026-12-01T18:00", "2026-12-01T17:59", "18:00 clinic time, at the latest")]
    [InlineData("2026-12-01T18:30", "2026-12-01T18:30", "2026-12-01T18:30", "18:00 clinic time, at the latest")]
    public void The_evening_text_goes_half_an_hour_after_the_end_at_the_latest_at_six_and_never_before_the_visit(string start, string wanted, string notBefore, string basis) => AssertDraft(
        ReminderDrafts.EveningAfter(SmallClinic.Visit(start), Input), ReminderTemplate.EveningAfter, wanted, "2026-12-02T00:00", "2026-12-02T00:00", notBefore, basis);

    [Fact]
    public void The_text_about_a_booking_goes_with_it() => AssertDraft(
        ReminderDrafts.Booked(Visit with { IsConfirmedByText = true, BookedAt = SmallClinic.At("2026-10-31T12:00") }, Input), ReminderTemplate.Booked,
        "2026-10-31T12:00", "2026-12-01T14:00", "2026-12-01T14:00", null, "with the booking");

    [Fact]
    public void Where_nothing_has_said_how_to_stop_texts_an_old_booking_is_told_now() => AssertDraft(
        ReminderDrafts.Booked(Visit, Input), ReminderTemplate.Booked, "2026-11-01T12:00", "2026-12-01T14:00", "2026-12-01T14:00", null, "with the booking");

    [Theory]
    [InlineData("2026-11-30T19:58", "booked 2026-11-30 19:58", "day-before 2026-11-30 19:59")]
    [InlineData("2026-11-30T19:59", "booked 2026-11-30 19:59", "day-before 2026-11-30 19:59")]
    public void In_the_windows_last_minute_both_texts_go_in_that_minute(string now, string first, string second) =>
        Assert.Equal([first, second], ReminderPlan.For(SmallClinic.Input(now, Visit) with { Past = [] }).Take(2).Select(r => SmallClinic.Show(r)));

    [Theory]
    [InlineData("2026-12-01T09:00", true)]
    [InlineData("2026-12-01T09:01", false)]
    public void An_announcement_that_could_go_only_when_the_visit_begins_is_dropped(string start, bool dropped)
    {
        var optIn = ReminderPlan.For(SmallClinic.Input("2026-12-01T08:00", SmallClinic.Visit(start)) with { Past = [] }).Single(r => r.Template == ReminderTemplate.Booked);

        Assert.Equal(
            (dropped, SmallClinic.At(dropped ? "2026-12-01T08:00" : "2026-12-01T09:00"), dropped ? "with the booking; not sent: no time is left in which it may go and still helps" : "with the booking; moved from 08:00 to 09:00: quiet hours"), (optIn.IsDropped, optIn.SendAt, optIn.Why));
    }

    [Theory]
    [InlineData("2026-12-05T07:00", AppointmentKind.Infusion, "2026-12-05T07:00")]
    [InlineData("2026-12-01T09:01", AppointmentKind.Infusion, "2026-12-01T09:01")]
    [InlineData("2026-12-01T09:00", AppointmentKind.Infusion, null)]
    [InlineData("2026-12-05T07:00", AppointmentKind.Consult, null)]
    public void An_announcement_goes_as_long_as_any_infusion_is_ahead(string last, AppointmentKind kind, string? until)
    {
        // The first of them has begun.
        var visits = new[] { SmallClinic.Visit("2026-11-30T20:00"), SmallClinic.Visit(last, "visit2", kind: kind) };
        if (kind != AppointmentKind.Infusion)
        {
            Assert.DoesNotContain(ReminderPlan.For(SmallClinic.Input("2026-11-30T20:30", visits) with { Past = [] }), r => r.Template == ReminderTemplate.Booked);
            return;
        }

        var optIn = ReminderPlan.For(SmallClinic.Input("2026-11-30T20:30", visits) with { Past = [] }).Single(r => r.Template == ReminderTemplate.Booked);

        Assert.Equal(until is null, optIn.IsDropped);
        Assert.Equal(SmallClinic.At(last), optIn.ActionableBy);
    }

    [Theory]
    [InlineData("2026-12-01T08:00", "2026-12-01T09:00", "moved from 08:00 to 09:00: quiet hours")]
    [InlineData("2026-12-01T02:00", "2026-11-30T19:59", "moved from 02:00 to 19:59 the evening before: quiet hours")]
    [InlineData("2026-12-01T21:00", "2026-12-02T09:00", "moved from 21:00 to 09:00 the next morning: quiet hours")]
    [InlineData("2026-12-01T12:00", "2026-11-29T19:59", "moved from 12:00 to 19:59 2 days before: the cut-off it names")]
    [InlineData("2026-12-01T12:00", "2026-12-03T09:00", "moved from 12:00 to 09:00 2 days later: the cut-off it names")]
    public void A_moved_text_says_from_when_to_when_and_why(string wanted, string sendAt, string words)
    {
        Assert.Equal(words, PlanWords.Moved(SmallClinic.At(wanted), SmallClinic.At(sendAt), Input));
        Assert.EndsWith(", patient's time", PlanWords.Moved(SmallClinic.At(wanted), SmallClinic.At(sendAt), Input with { PatientZone = SmallClinic.Zone("America/Toronto") }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_go_any_more_says_so()
    {
        var dayBefore = ReminderPlan.For(SmallClinic.Input("2026-11-30T22:00", SmallClinic.Visit("2026-12-01T08:00"))).Single(r => r.Template == ReminderTemplate.DayBefore);

        Assert.Equal(
            "18:00 clinic time, the day before the visit; not sent: no time is left in which it may go and still helps", dayBefore.Why);
    }

    private static void AssertDraft(ReminderDraft draft, ReminderTemplate template, string wanted, string planBefore, string actionableBy, string? notBefore, string basis)
    {
        Assert.Equal(
            (template, SmallClinic.At(wanted), SmallClinic.At(planBefore), SmallClinic.At(actionableBy), basis),
            (draft.Template, draft.Wanted, draft.PlanBefore, draft.ActionableBy, draft.Basis));
        Assert.Equal(notBefore is null ? Instant.MinValue : SmallClinic.At(notBefore), draft.NotBefore);
    }
}
