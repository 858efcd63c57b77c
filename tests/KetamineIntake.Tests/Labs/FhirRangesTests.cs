using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Several reference ranges beside one value.</summary>
public sealed class FhirRangesTests
{
    private const string Normal = ",\"type\":{\"coding\":[{\"code\":\"normal\"}]}";
    private const string Treatment = ",\"type\":{\"coding\":[{\"code\":\"treatment\"}]}";

    public static TheoryData<string, string> Ranges => new()
    {
        { Range(500, Treatment) + "," + Range(40, Normal), "3.75" },
        { Range(40, Normal) + "," + Range(500, Treatment), "3.75" },
        { Range(60, Normal) + "," + Range(50, ""), "3" },
        { Range(500, Treatment), "3.75" },
        { Range(500, ",\"type\":{\"text\":\"Treatment\"}"), "3.75" },
        { Range(50, ",\"type\":{\"text\":\"Normal range\"}"), "3" },
        { Range(50, "") + "," + Range(0.5m, "", "ukat/L"), "3" },
        { Range(0.5m, "", "ukat/L"), "5" },
        { Range(0.5m, Treatment, "ukat/L") + ",{\"text\":\"see below\"}", "3.75" },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void The_narrowest_normal_range_is_what_a_value_is_measured_by(string ranges, string multiple)
    {
        var result = Assert.Single(Read(Alt(ranges)).Results);

        Assert.Equal(multiple, AnswerText.Of(LabFacts.Of([result], [], Bounds)["alt.uln"]));
    }

    [Fact]
    public async Task An_enzyme_high_for_anybody_is_raised_whatever_the_limit_of_a_treatment()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");

        Assert.Equal("HEP-02b", await clinic.SendAsync(await clinic.PatientAsync(), Alt(Range(500, Treatment) + "," + Range(40, Normal))));
    }

    [Fact]
    public async Task Every_range_is_kept_and_the_same_result_again_is_known()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var results = Read(Alt(Range(500, Treatment) + "," + Range(40, Normal))).Results;

        var kept = (await clinic.AddAsync(patient, [.. results])).View.Results.Single().Values.Single();

        Assert.Equal([new LabRange(null, 500, "U/L", "treatment"), new LabRange(null, 40, "U/L", "normal")], kept.Ranges);
        Assert.Equal((null, 40m), (kept.Low, kept.High));
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(Alt(Range(500, Treatment) + "," + Range(40, Normal))).Results])).New);
        Assert.Equal(1, (await clinic.AddAsync(patient, [.. Read(Alt(Range(600, Treatment) + "," + Range(40, Normal))).Results])).New);
    }

    [Fact]
    public void The_highest_of_several_lower_limits_counts_and_one_plain_range_needs_no_list()
    {
        var several = Assert.Single(Read(Alt("{\"low\":{\"value\":5},\"high\":{\"value\":40}},{\"low\":{\"value\":9},\"high\":{\"value\":55}}")).Results).Values.Single();
        var one = Assert.Single(Read(Alt(Range(40, Normal))).Results).Values.Single();

        Assert.Equal((9m, 40m), (several.Low, several.High));
        Assert.Equal(40, one.High);
        Assert.Null(one.Ranges);
    }

    private static string Alt(string ranges) => Observation("1742-6", "a", 150, ",\"referenceRange\":[" + ranges + "]");

    private static string Range(decimal high, string more, string unit = "U/L") => FormattableString.Invariant($"{{\"high\":{{\"value\":{high},\"unit\":\"{unit}\"}}{more}}}");
}
