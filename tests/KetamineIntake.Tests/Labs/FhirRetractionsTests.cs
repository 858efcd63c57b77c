using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Reports that are taken back, and what they carry.</summary>
public sealed class FhirRetractionsTests
{
    private const string Cbc = "58410-2";

    [Theory]
    [InlineData("entered-in-error")]
    [InlineData("cancelled")]
    public void What_a_report_that_is_taken_back_carries_is_no_new_result(string status)
    {
        var reading = Read(Bundle(Report(Cbc, "r", ["Observation/h", "Observation/p"], status: status), Observation("718-7", "h", 13), Observation("777-3", "p", 200)));

        Assert.True(Assert.Single(reading.Results).TakesBack);
        Assert.All(reading.Verdicts.Skip(1), v => Assert.Equal((FhirOutcome.Refused, "is part of a report that is taken back"), (v.Outcome, v.Reason)));
    }

    [Fact]
    public void Contained_parts_go_with_their_report_even_when_it_does_not_say_which_it_is()
    {
        var reading = Read(Report(Cbc, null, ["#h"], $",\"contained\":[{Observation("718-7", "h", 13)}]", "entered-in-error"));

        Assert.Empty(reading.Results);
        Assert.Equal("is part of a report that is taken back", reading.Verdicts[1].Reason);
    }

    [Fact]
    public void A_part_that_is_itself_taken_back_is_still_a_retraction()
    {
        var reading = Read(Bundle(Report(Cbc, "r", ["Observation/h"], status: "entered-in-error"), Observation("718-7", "h", 13, status: "entered-in-error")));

        Assert.Equal(2, reading.Results.Count(r => r.TakesBack));
        Assert.All(reading.Verdicts, v => Assert.Equal(FhirOutcome.Accepted, v.Outcome));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void What_another_report_carries_too_stays_with_that_report(bool retractedFirst, bool isPanel)
    {
        var retracted = Report(Cbc, "old", ["Observation/h"], status: "entered-in-error");
        var live = isPanel ? Panel(Cbc, "new", ["Observation/h"]) : Report(Cbc, "new", ["Observation/h"]);
        var reading = Read(Bundle(retractedFirst ? retracted : live, retractedFirst ? live : retracted, Observation("718-7", "h", 13)));

        Assert.Equal("718-7", Assert.Single(Assert.Single(reading.Results, r => !r.TakesBack).Values).Code);
        Assert.Equal(FhirOutcome.Accepted, reading.Verdicts[2].Outcome);
    }

    [Fact]
    public void A_panel_inside_goes_with_its_report_and_its_own_parts_with_it()
    {
        var reading = Read(Bundle(Panel(Cbc, "p", ["Observation/h"]), Observation("718-7", "h", 13), Report("24323-8", "r", ["Observation/p"], status: "cancelled")));

        Assert.True(Assert.Single(reading.Results).TakesBack);
    }

    [Fact]
    public void A_panel_that_is_taken_back_inside_a_live_report_takes_its_parts_out_of_it()
    {
        var reading = Read(Bundle(
            Report("24323-8", "r", ["Observation/p", "Observation/a"]), Panel(Cbc, "p", ["Observation/h"], status: "cancelled"), Observation("718-7", "h", 5), Observation("1742-6", "a", 20)));

        Assert.Equal(["1742-6"], Assert.Single(reading.Results, r => !r.TakesBack).Values.Select(v => v.Code));
        Assert.Equal(FhirOutcome.Refused, reading.Verdicts[2].Outcome);
    }

    [Fact]
    public void A_retraction_says_what_it_does_and_no_more()
    {
        var reading = Read(Observation("718-7", "h", 13, status: "entered-in-error"));

        Assert.Equal("takes back what goes by this name, also if it comes later", Assert.Single(reading.Verdicts).Reason);
        Assert.Equal(LabResultStatus.EnteredInError, Assert.Single(reading.Results).Status);
    }
}
