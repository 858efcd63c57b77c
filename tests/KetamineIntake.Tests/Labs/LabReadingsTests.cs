using System.Globalization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>One value as a rule sees it: unit, bounds and what an open end can mean.</summary>
public sealed class LabReadingsTests
{
    private const string Hemoglobin = "718-7";
    private const string Egfr = "98979-8";
    private const string Alt = "1742-6";

    [Theory]
    [InlineData(Hemoglobin, "1", "g/dL", "1")]
    [InlineData(Hemoglobin, "0.99", "g/dL", null)]
    [InlineData(Hemoglobin, "30", "g/dL", "30")]
    [InlineData(Hemoglobin, "30.1", "g/dL", null)]
    [InlineData(Egfr, "0", null, "0")]
    [InlineData(Egfr, "250", null, "250")]
    [InlineData(Egfr, "250.1", null, null)]
    public void The_bounds_of_the_protocol_are_still_read_and_nothing_beyond_them(string code, string number, string? unit, string? read) =>
        Assert.Equal(read, NumberOf(Read(Value(code, decimal.Parse(number, CultureInfo.InvariantCulture), unit))!.Answer));

    [Theory]
    [InlineData("<", "30", "29.9", "0")]
    [InlineData("<=", "30", "30", "0")]
    [InlineData(">", "30", "30.1", "250")]
    [InlineData(">=", "30", "30", "250")]
    [InlineData(null, "30", "30", null)]
    public void An_open_value_reaches_to_the_bound_of_its_quantity(string? comparator, string number, string near, string? far)
    {
        var reading = Read(Value(Egfr, decimal.Parse(number, CultureInfo.InvariantCulture), null, null, comparator))!;

        Assert.Equal((near, far), (NumberOf(reading.Answer), NumberOf(reading.FarEnd)));
    }

    [Theory]
    [InlineData("<", "1")]
    [InlineData(">", "30")]
    public void The_bound_is_the_quantitys_own(string comparator, string far) =>
        Assert.Equal(far, NumberOf(Read(Value(Hemoglobin, 10, "g/dL", null, comparator))!.FarEnd));

    [Theory]
    [InlineData("<", "0")]
    [InlineData(">", "1000000000000")]
    public void Without_a_bound_in_the_protocol_an_open_value_reaches_as_far_as_a_number_can(string comparator, string far) =>
        Assert.Equal(far, NumberOf(LabReadings.Of(Value(Egfr, 30, null, null, comparator), Day("2026-10-01"), Unbounded)!.FarEnd));

    [Theory]
    [InlineData("20000", "40", "500")]
    [InlineData("20001", "40", null)]
    [InlineData("30", "60", "0.5")]
    [InlineData("1000000000000", "40", null)]
    [InlineData("100", "1000000000000", "2.5")]
    [InlineData("100", "120", "0.833")]
    [InlineData("100", "121", "2.5")]
    public void A_liver_enzyme_is_a_multiple_of_its_upper_limit_up_to_the_bound(string number, string high, string? multiple) =>
        Assert.Equal(multiple, NumberOf(Read(Value(Alt, decimal.Parse(number, CultureInfo.InvariantCulture), "U/L", decimal.Parse(high, CultureInfo.InvariantCulture)))!.Answer));

    [Theory]
    [InlineData("-100000000000", "0.00000000000000000001")]
    [InlineData("-1", "40")]
    [InlineData("79228162514264337593543950335", "0.0000000000000000000000000001")]
    [InlineData("-79228162514264337593543950335", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1", "0.0000000000000000000000000001")]
    public void A_multiple_that_nobody_can_have_or_no_number_can_hold_is_not_read(string number, string high) =>
        Assert.Null(Read(Value(Alt, Extreme(number), "U/L", Extreme(high)))!.Answer);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("79228162514264337593543950335")]
    public void A_limit_that_its_unit_makes_nothing_is_not_read(string number)
    {
        var value = Value(Alt, Extreme(number), "U/L", 0.0000000000000000000000000001m) with { RangeUnit = "nkat/L" };

        Assert.Null(Read(value)!.Answer);
        Assert.Null(LabReadings.Of(value, Day("2026-10-01"), Unbounded)!.Answer);
    }

    [Fact]
    public void No_extreme_of_any_quantity_in_any_unit_ever_throws()
    {
        string[] numbers = ["79228162514264337593543950335", "-79228162514264337593543950335", "0.0000000000000000000000000001", "-0.0000000000000000000000000001", "999999999999", "-999999999999", "0"];
        string?[] units = [null, "U/L", "ukat/L", "nkat/L", "g/dL", "g/L", "mmol/L", "10*3/uL", "/uL", "ms", "s", "mL/min", "mg/dL", "umol/L"];
        var cases =
            from kind in LabKinds.All
            from number in numbers
            from high in numbers.Append(null)
            from unit in units
            from other in units
            from comparator in new[] { null, "<", ">" }
            select Value(kind.Codes[0], Extreme(number), unit, high is null ? null : Extreme(high), comparator) with { RangeUnit = other };

        foreach (var value in cases)
        {
            LabReadings.Of(value, Day("2026-10-01"), Bounds);
            LabReadings.Of(value, Day("2026-10-01"), Unbounded);
        }
    }

    [Theory]
    [InlineData("8601-7", "Acute ischemia", "ischaemia")]
    [InlineData("11524-6", "Acute ischemia", "ischaemia")]
    [InlineData("8601-7", " ", null)]
    [InlineData("2106-3", "Positive", "positive")]
    [InlineData("2106-3", "see comment", null)]
    public void Words_are_read_or_named_as_not_readable(string code, string words, string? answer)
    {
        var reading = Read(Words(code, words))!;

        Assert.Equal(code == "2106-3" ? "hcg" : "ecg.finding", reading.Quantity);
        Assert.Equal(answer, (reading.Answer as Answer.Choice)?.Code);
    }

    [Fact]
    public void An_ECG_without_words_and_what_no_rule_looks_at_are_not_read()
    {
        Assert.Null(Read(Words("11524-6", " ")));
        Assert.Null(Read(Words("24323-8", "Within normal limits")));
        Assert.Null(Read(Value("2951-2", 140, "mmol/L")));
    }

    private static decimal Extreme(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);

    private static LabReading? Read(LabValue value) => LabReadings.Of(value, Day("2026-10-01"), Bounds);

    private static string? NumberOf(Answer? answer) => answer is Answer.Number number ? number.Value.ToString("0.###", CultureInfo.InvariantCulture) : null;
}
