using KetamineIntake.Core.Appointments;
using KetamineIntake.Tests.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Appointments;

public class StartTimeTests
{
    [Fact]
    public void A_time_that_the_clocks_skip_is_refused_and_the_next_one_is_named()
    {
        var never = Assert.IsType<StartTime.Never>(StartTime.Of(SmallClinic.Local("2027-03-14T02:30"), SmallClinic.NewYork));

        Assert.Equal(new LocalDateTime(2027, 3, 14, 3, 0), never.Next);
    }

    [Fact]
    public void Of_a_time_that_comes_twice_the_earlier_is_meant()
    {
        var twice = Assert.IsType<StartTime.Twice>(StartTime.Of(SmallClinic.Local("2026-11-01T01:30"), SmallClinic.NewYork));

        Assert.Equal(Instant.FromUtc(2026, 11, 1, 5, 30), twice.At);
    }

    [Theory]
    [InlineData("2026-12-01T09:00", 14)]
    [InlineData("2026-07-01T09:00", 13)]
    public void An_ordinary_time_is_what_the_clinics_clock_shows(string local, int utcHour)
    {
        var once = Assert.IsType<StartTime.Once>(StartTime.Of(SmallClinic.Local(local), SmallClinic.NewYork));

        Assert.Equal(utcHour, once.At.InUtc().Hour);
    }

    [Fact]
    public void A_half_hour_change_skips_half_an_hour()
    {
        var zone = SmallClinic.Zone("Australia/Lord_Howe");

        Assert.IsType<StartTime.Never>(StartTime.Of(SmallClinic.Local("2026-10-04T02:15"), zone));
        Assert.IsType<StartTime.Once>(StartTime.Of(SmallClinic.Local("2026-10-04T02:30"), zone));
    }
}
