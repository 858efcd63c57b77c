using KetamineIntake.Core.Labs;
using KetamineIntake.Web.Pages.Labs;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>How the console says a value.</summary>
public sealed class LabPageWordsTests
{
    [Theory]
    [InlineData(null, null, null, "hemoglobin: 12.5 g/dL")]
    [InlineData("12", null, null, "hemoglobin: 12.5 g/dL (from 12)")]
    [InlineData(null, "16", null, "hemoglobin: 12.5 g/dL (up to 16)")]
    [InlineData("12", "16", null, "hemoglobin: 12.5 g/dL (12 to 16)")]
    [InlineData("120", "160", "g/L", "hemoglobin: 12.5 g/dL (120 to 160 g/L)")]
    [InlineData(null, null, "g/L", "hemoglobin: 12.5 g/dL")]
    public void A_value_is_said_with_the_range_it_is_judged_by(string? low, string? high, string? unit, string words) =>
        Assert.Equal(words, LabPageWords.Value(Value("718-7", 12.5m, "g/dL") with { Low = Number(low), High = Number(high), RangeUnit = unit }));

    [Fact]
    public void Other_ranges_are_said_beside_it_and_the_one_it_is_judged_by_not_twice()
    {
        var value = Value("1742-6", 150, "U/L", 40) with { Ranges = [new(null, 40, "U/L", null), new(null, 500, "U/L", "treatment"), new(0.1m, 0.7m, "ukat/L", null)] };

        Assert.Equal("ALT: 150 U/L (up to 40); treatment up to 500 U/L; normal 0.1 to 0.7 ukat/L", LabPageWords.Value(value));
    }

    [Fact]
    public void A_value_of_another_day_than_its_panel_says_so() =>
        Assert.Equal("hemoglobin: <5 g/dL, Wed, Nov 18, 2026", LabPageWords.Value(Value("718-7", 5, "g/dL", comparator: "<") with { Day = Day("2026-11-18") }));

    [Fact]
    public void Words_are_said_as_they_were_sent() =>
        Assert.Equal("ECG: Sinus rhythm", LabPageWords.Value(Words("34534-8", "Sinus rhythm")));

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
