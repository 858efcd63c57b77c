using KetamineIntake.Core.Labs;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Results that are taken back, and results that would take the place of another.</summary>
public sealed class TakenBackTests
{
    [Fact]
    public async Task A_part_that_was_taken_back_before_its_panel_came_does_not_come_back_with_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var part = LabIds.Of("part");
        var panel = Measured("2026-11-25", Value("718-7", 5, "g/dL") with { SourceId = part }, Value("777-3", 200, "K/uL"));

        await clinic.AddAsync(patient, Retraction(part));
        var view = (await clinic.AddAsync(patient, panel)).View;

        Assert.Empty(view.Findings);
        Assert.DoesNotContain(view.Results, r => r.Values.Any(v => v.Code == "718-7"));
        Assert.Equal(0, (await clinic.AddAsync(patient, panel)).New);
    }

    [Fact]
    public async Task A_result_is_taken_back_by_any_name_that_its_sender_gave_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var (number, address) = (LabIds.Of("number"), LabIds.Of("address"));
        await clinic.AddAsync(patient, Measured("2026-11-25", Value("98979-8", 22, "mL/min")) with { Id = number, AlsoKnownAs = [number, address] });

        var view = (await clinic.AddAsync(patient, Retraction(address) with { AlsoKnownAs = [address] })).View;

        Assert.Empty(view.Findings);
        Assert.Equal(LabResultStatus.EnteredInError, Assert.Single(view.Results).Status);
    }

    [Fact]
    public async Task Another_test_under_a_stored_name_is_refused_and_changes_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var hemoglobin = Measured("2026-11-25", Value("718-7", 5, "g/dL"));
        await clinic.AddAsync(patient, hemoglobin);

        var outcome = await clinic.Add.RunAsync(clinic.Context, patient, [Measured("2026-11-25", Value("777-3", 200, "K/uL")) with { Id = hemoglobin.Id }], "ana", default);

        Assert.IsType<AddLabResultsOutcome.NameTaken>(outcome);
        Assert.Equal(["HEM-01"], (await clinic.AddAsync(patient, hemoglobin)).View.Findings.Select(f => f.Rule));
    }

    private static LabResult Retraction(string id) => new(id, null, LabResultStatus.EnteredInError, [], [], null, true);
}
