using KetamineIntake.Core.Labs;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What a laboratory changes about a result that it has sent: its code, its time, a part that it never sent.</summary>
public sealed class CorrectedCodesTests
{
    [Theory]
    [InlineData("4544-3", "corrected")]
    [InlineData("4544-3", "amended")]
    [InlineData("777-3", "corrected")]
    public async Task A_result_corrected_to_another_test_no_longer_counts_as_the_first(string code, string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "h", 5)));

        Assert.Equal("", await clinic.SendAsync(patient, Observation(code, "h", 200, status: status)));
    }

    [Fact]
    public async Task Another_test_that_is_final_does_not_take_the_place_of_what_goes_by_its_address()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5));

        var outcome = await clinic.Add.RunAsync(clinic.Context, patient, [.. Read(Observation("777-3", "h", 200)).Results], "ana", default);

        Assert.IsType<AddLabResultsOutcome.NameTaken>(outcome);
    }

    [Fact]
    public async Task A_time_of_issue_that_has_not_come_does_not_hold_against_a_retraction()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued("2062-10-01T10:00:00Z")));
        clinic.GoTo("2026-12-02");

        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued("2026-12-01T10:00:00Z"), "entered-in-error")));
    }

    [Theory]
    [InlineData("final", "")]
    [InlineData("corrected", "HEM-01")]
    [InlineData("amended", "HEM-01")]
    public async Task What_staff_take_back_comes_back_by_a_later_correction_and_not_by_the_same_result_again(string status, string told)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 13));
        var stored = Assert.Single((await clinic.AddAsync(patient)).View.Results);
        await clinic.AddAsync(patient, LabResultReader.TakeBack(stored.Id));

        Assert.Equal(told, await clinic.SendAsync(patient, Observation("718-7", "h", status == "final" ? 13 : 5, status: status)));
        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 13, status: "entered-in-error")));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("entered-in-error")]
    public async Task A_panel_whose_part_fails_later_is_no_longer_whole_also_when_the_part_never_came(string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var panel = await clinic.AddAsync(patient, [.. Read(Report("24325-3", "r", ["Observation/alt", "Observation/ast"])).Results]);
        Assert.Equal(LabStanding.Valid, Liver(panel));

        Assert.Equal(LabStanding.Missing, Liver(await clinic.AddAsync(patient, [.. Read(Observation("1920-8", "ast", 20, status: status)).Results])));
        // Something else that fails is not its part.
        var other = await clinic.PatientAsync();
        await clinic.AddAsync(other, [.. Read(Report("24325-3", "r", ["Observation/alt", "Observation/ast"])).Results]);
        Assert.Equal(LabStanding.Valid, Liver(await clinic.AddAsync(other, [.. Read(Observation("1920-8", "else", 20, status: status)).Results])));
    }

    private static LabStanding Liver(AddLabResultsOutcome.Added added) => added.View.Statuses.Single(s => s.Test == LabTests.Liver).Standing;

    private static string Issued(string issued) => $",\"issued\":\"{issued}\"";
}
