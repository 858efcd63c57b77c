using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

public class TextWindowTests
{
    private static readonly TextWindow Window = TextWindow.Widest;

    [Theory]
    [InlineData("2026-12-01T08:59", false)]
    [InlineData("2026-12-01T09:00", true)]
    [InlineData("2026-12-01T19:59", true)]
    [InlineData("2026-12-01T20:00", false)]
    public void Nine_belongs_to_the_window_and_eight_in_the_evening_does_not(string time, bool inside) =>
        Assert.Equal(inside, Window.Contains(SmallClinic.At(time), SmallClinic.NewYork));

    [Theory]
    [InlineData("2026-12-01T08:59", "2026-12-01T09:00")]
    [InlineData("2026-12-01T09:00", "2026-12-01T09:00")]
    [InlineData("2026-12-01T12:34", "2026-12-01T12:34")]
    [InlineData("2026-12-01T20:00", "2026-12-02T09:00")]
    [InlineData("2026-12-31T23:00", "2027-01-01T09:00")]
    public void Outside_the_window_a_text_waits_for_the_next_morning(string time, string next) =>
        Assert.Equal(SmallClinic.At(next), Window.NextInside(SmallClinic.At(time), SmallClinic.NewYork));

    [Theory]
    [InlineData("2026-12-01T09:01", "2026-12-01T09:00")]
    [InlineData("2026-12-01T09:00", "2026-11-30T19:59")]
    [InlineData("2026-12-01T03:00", "2026-11-30T19:59")]
    [InlineData("2026-12-01T20:00", "2026-12-01T19:59")]
    [InlineData("2026-12-01T23:00", "2026-12-01T19:59")]
    [InlineData("2026-12-01T12:34", "2026-12-01T12:33")]
    public void The_last_allowed_minute_is_before_the_limit(string limit, string last) =>
        Assert.Equal(SmallClinic.At(last), Window.LastBefore(SmallClinic.At(limit), SmallClinic.NewYork));

    [Fact]
    public void Seconds_never_push_the_last_minute_over_the_limit() =>
        Assert.Equal(SmallClinic.At("2026-12-01T12:34"), Window.LastBefore(SmallClinic.At("2026-12-01T12:34") + Duration.FromSeconds(1), SmallClinic.NewYork));

    [Theory]
    [InlineData(9, 20, true)]
    [InlineData(10, 18, true)]
    [InlineData(8, 20, false)]
    [InlineData(9, 21, false)]
    [InlineData(12, 12, false)]
    public void A_clinic_may_only_narrow_the_window(int from, int before, bool usable) =>
        Assert.Equal(usable, new TextWindow(new LocalTime(from, 0), new LocalTime(before, 0)).IsUsable);

    [Fact]
    public void A_skipped_day_is_stepped_over()
    {
        var samoa = SmallClinic.Zone("Pacific/Apia");
        var evening = new LocalDateTime(2011, 12, 29, 21, 0).InZoneStrictly(samoa).ToInstant();

        Assert.Equal(new LocalDateTime(2011, 12, 31, 9, 0), Window.NextInside(evening, samoa).InZone(samoa).LocalDateTime);
        Assert.Equal(new LocalDateTime(2011, 12, 29, 19, 59), Window.LastBefore(new LocalDateTime(2011, 12, 31, 3, 0).InZoneStrictly(samoa).ToInstant(), samoa).InZone(samoa).LocalDateTime);
    }
}
