using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

public class CapLedgerTests
{
    private const string DayFull = "2 texts a day are the most";
    private const string WeekFull = "6 texts in seven days are the most";
    private static readonly TextCaps Caps = new(2, 6);

    [Fact]
    public void What_is_taken_counts_and_what_is_refused_does_not()
    {
        var ledger = Ledger([]);

        Assert.Null(ledger.TryAdd(SmallClinic.At("2026-12-01T10:00")));
        Assert.Null(ledger.TryAdd(SmallClinic.At("2026-12-01T11:00")));
        Assert.Equal(DayFull, ledger.TryAdd(SmallClinic.At("2026-12-01T12:00")));
        Assert.Equal(DayFull, ledger.TryAdd(SmallClinic.At("2026-12-01T09:00")));
        foreach (var day in new[] { "02", "03", "04", "05" })
        {
            Assert.Null(ledger.TryAdd(SmallClinic.At($"2026-12-{day}T10:00")));
        }

        Assert.Equal(WeekFull, ledger.TryAdd(SmallClinic.At("2026-12-06T10:00")));
    }

    [Theory]
    [InlineData("2026-12-01T23:59", "America/New_York", DayFull)]
    [InlineData("2026-12-02T00:00", "America/New_York", null)]
    [InlineData("2026-11-30T23:59", "America/New_York", null)]
    [InlineData("2026-12-02T00:00", "America/Los_Angeles", DayFull)]
    public void A_day_is_the_patients_own(string text, string zone, string? expected) =>
        Assert.Equal(expected, Ledger(["2026-12-01T12:00", "2026-12-01T13:00"], zone).TryAdd(SmallClinic.At(text)));

    [Theory]
    [InlineData("2026-12-08T09:59", WeekFull)]
    [InlineData("2026-12-08T10:00", null)]
    [InlineData("2026-11-28T10:01", WeekFull)]
    [InlineData("2026-11-28T10:00", null)]
    public void Seven_days_are_over_when_the_same_time_comes_again_and_later_texts_count_too(string text, string? expected) => Assert.Equal(
        expected, Ledger(["2026-12-01T10:00", "2026-12-01T11:00", "2026-12-02T10:00", "2026-12-03T10:00", "2026-12-04T10:00", "2026-12-05T10:00"]).TryAdd(SmallClinic.At(text)));

    [Theory]
    [InlineData("2026-11-05T09:59", WeekFull)]
    [InlineData("2026-11-05T10:00", null)]
    public void Where_the_clocks_go_back_the_calendars_seven_days_count(string text, string? expected) =>
        Assert.Equal(expected, Ledger(["2026-10-29T10:00", "2026-10-29T11:00", "2026-10-30T10:00", "2026-10-31T10:00", "2026-11-01T10:00", "2026-11-02T10:00"]).TryAdd(SmallClinic.At(text)));

    [Theory]
    [InlineData("2027-03-18T10:59", WeekFull)]
    [InlineData("2027-03-18T11:00", null)]
    public void Where_they_go_forward_168_hours_count(string text, string? expected) =>
        Assert.Equal(expected, Ledger(["2027-03-11T10:00", "2027-03-11T11:00", "2027-03-12T10:00", "2027-03-13T10:00", "2027-03-14T10:00", "2027-03-15T10:00"]).TryAdd(SmallClinic.At(text)));

    private static CapLedger Ledger(string[] texts, string zone = "America/New_York") => new(Caps, SmallClinic.Zone(zone), texts.Select(SmallClinic.At));
}
