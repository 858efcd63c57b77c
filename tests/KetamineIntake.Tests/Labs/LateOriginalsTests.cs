using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A result that arrives after its own correction or retraction, which know it by another of its names.</summary>
public sealed class LateOriginalsTests
{
    [Theory]
    [InlineData("entered-in-error")]
    [InlineData("cancelled")]
    public async Task What_was_taken_back_by_its_address_does_not_count_when_it_comes_under_its_number(string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, status: status));

        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Identifiers("7"))));
        Assert.Single(await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient)));
    }

    [Fact]
    public async Task A_correction_of_the_same_day_stands_over_its_late_original()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 6, Identifiers("9")));
        await clinic.SendAsync(patient, Observation("718-7", "h", 13, Identifiers("9"), "corrected"));

        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Identifiers("7"))));
    }

    [Theory]
    // Two results of one order may share its number: another day, another test, or no correction among them, and both stand.
    [InlineData("718-7", "corrected", "2026-10-02")]
    [InlineData("718-7", "final", "2026-10-01")]
    [InlineData("20509-6", "corrected", "2026-10-01")]
    public async Task Results_that_share_a_number_and_no_more_both_stand(string code, string status, string day)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation(code, "a", 13, Identifiers("1", "order"), status, day));
        await clinic.SendAsync(patient, Observation("718-7", "b", 5, Identifiers("2", "order")));

        Assert.Equal(2, (await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient))).Count);
    }
}
