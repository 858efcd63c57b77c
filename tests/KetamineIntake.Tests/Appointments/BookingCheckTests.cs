using KetamineIntake.Core.Appointments;
using KetamineIntake.Tests.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Appointments;

public class BookingCheckTests
{
    private static readonly Calendar Empty = new(
        SmallClinic.NewYork, ClinicSchedule.Default, SmallClinic.Rules.Visits, [], [], SmallClinic.At("2026-11-20T12:00"));

    [Fact]
    public void A_free_time_in_opening_hours_is_booked_without_a_word()
    {
        var verdict = Decide("2026-12-01T09:00", Empty);

        Assert.True(verdict.CanBeBooked);
        Assert.Empty(verdict.Notes);
        Assert.Equal(Instant.FromUtc(2026, 12, 1, 14, 0), verdict.StartsAt);
    }

    [Theory]
    [InlineData("2026-12-06T09:00", "closed on Sundays")]
    [InlineData("2026-12-01T06:59", "outside the opening hours")]
    [InlineData("2026-12-01T19:00", "outside the opening hours")]
    public void A_time_outside_opening_hours_is_booked_and_told(string start, string note)
    {
        var verdict = Decide(start, Empty);

        Assert.True(verdict.CanBeBooked);
        Assert.Contains(note, Assert.Single(verdict.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-20T12:00", "over")]
    [InlineData("2026-11-20T11:59", "over")]
    [InlineData("2028-01-01T09:00", "400 days")]
    [InlineData("2027-03-14T02:30", "does not exist")]
    public void A_time_that_cannot_be_used_is_refused(string start, string reason)
    {
        var verdict = Decide(start, Empty);

        Assert.False(verdict.CanBeBooked);
        var fault = Assert.Single(verdict.Faults);
        Assert.False(fault.IsClash);
        Assert.Contains(reason, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_minute_after_now_can_be_booked() => Assert.True(Decide("2026-11-20T12:01", Empty).CanBeBooked);

    [Fact]
    public void The_repeated_hour_is_booked_with_a_note() =>
        Assert.Contains(Decide("2027-11-07T01:30", Empty with { Now = SmallClinic.At("2027-11-01T12:00") }).Notes, n => n.Contains("the earlier is booked", StringComparison.Ordinal));

    [Theory]
    [InlineData("2026-12-01T09:00", false)]
    [InlineData("2026-12-01T11:29", false)]
    [InlineData("2026-12-01T06:31", false)]
    [InlineData("2026-12-02T08:59", false)]
    [InlineData("2026-12-02T09:00", true)]
    [InlineData("2026-11-30T09:00", true)]
    [InlineData("2026-11-30T09:01", false)]
    public void Two_infusions_of_a_patient_start_at_least_24_hours_apart(string start, bool allowed) =>
        Assert.Equal(allowed, Decide(start, Empty with { Own = [Taken("2026-12-01T09:00")] }).CanBeBooked);

    [Fact]
    public void A_consultation_may_follow_an_infusion_but_not_overlap_it()
    {
        var calendar = Empty with { Own = [Taken("2026-12-01T09:00")] };

        Assert.True(BookingCheck.Decide(SmallClinic.Local("2026-12-01T11:30"), AppointmentKind.Consult, calendar).CanBeBooked);
        Assert.True(Assert.Single(BookingCheck.Decide(SmallClinic.Local("2026-12-01T11:29"), AppointmentKind.Consult, calendar).Faults).IsClash);
    }

    [Fact]
    public void A_double_booking_is_told_as_such() =>
        Assert.Contains("already has a visit", Assert.Single(Decide("2026-12-01T09:00", Empty with { Own = [Taken("2026-12-01T09:00")] }).Faults).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_full_clinic_is_told_and_a_free_chair_is_enough()
    {
        var taken = Empty with { Schedule = ClinicSchedule.Default with { Chairs = 2 }, Taken = [Taken("2026-12-01T08:00"), Taken("2026-12-01T10:00")] };

        Assert.True(Assert.Single(Decide("2026-12-01T09:00", taken).Faults).IsClash);
        Assert.True(Decide("2026-12-01T10:30", taken).CanBeBooked);
        Assert.True(Decide("2026-12-01T05:30", taken).CanBeBooked);
    }

    [Fact]
    public void Two_short_overlaps_that_do_not_meet_leave_a_chair_free()
    {
        var calendar = Empty with { Schedule = ClinicSchedule.Default with { Chairs = 2 }, Taken = [Taken("2026-12-01T07:30"), Taken("2026-12-01T10:30")] };

        Assert.True(Decide("2026-12-01T09:00", calendar).CanBeBooked);
    }

    [Fact]
    public void Consultations_take_no_chair() =>
        Assert.True(BookingCheck.Decide(SmallClinic.Local("2026-12-01T09:00"), AppointmentKind.Consult, Empty with { Schedule = ClinicSchedule.Default with { Chairs = 1 }, Taken = [Taken("2026-12-01T09:00")] }).CanBeBooked);

    [Fact]
    public void A_schedule_without_chairs_or_with_two_spans_a_day_is_faulty()
    {
        var monday = new OpeningHours(IsoDayOfWeek.Monday, new LocalTime(9, 0), new LocalTime(17, 0));

        Assert.Empty(ClinicSchedule.Default.Faults());
        Assert.Equal(2, new ClinicSchedule([monday, monday], 0).Faults().Count);
        Assert.Single(new ClinicSchedule([monday with { Until = monday.From }], 1).Faults());
    }

    private static BookingVerdict Decide(string start, Calendar calendar) => BookingCheck.Decide(SmallClinic.Local(start), AppointmentKind.Infusion, calendar);

    private static DayVisit Taken(string start) =>
        new("other", "patient", AppointmentKind.Infusion, SmallClinic.At(start), SmallClinic.At(start) + Duration.FromMinutes(150));
}
