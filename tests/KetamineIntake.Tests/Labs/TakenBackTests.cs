using KetamineIntake.Core.Labs;
using static KetamineIntake.Tests.Labs.FhirSamples;
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

    [Fact]
    public async Task A_part_is_taken_back_by_any_name_that_its_sender_gave_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var report = Bundle(Report("58410-2", "r", ["Observation/h", "Observation/p"]), Observation("718-7", "h", 5, Identifiers("7", "8")), Observation("777-3", "p", 200));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, report));
        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 5, status: "entered-in-error")));
        Assert.Equal("", await clinic.SendAsync(patient, report));
    }

    [Fact]
    public async Task A_part_corrected_under_its_other_name_stands_over_its_panel()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Bundle(Report("58410-2", "r", ["Observation/h"]), Observation("718-7", "h", 5, Identifiers("7"))));

        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 13, Identifiers("9", "7"), "corrected")));
    }

    [Fact]
    public async Task A_correction_under_another_first_name_replaces_what_it_corrects()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, Identifiers("7")));

        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 13, Identifiers("9", "7"), "corrected")));
        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Identifiers("7"))));
        Assert.Single(await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient)));
    }

    [Fact]
    public async Task A_correction_of_another_test_that_shares_a_name_replaces_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, Identifiers("7")));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("777-3", "p", 200, Identifiers("9", "7"), "corrected")));
    }

    [Theory]
    [InlineData("2026-11-25T12:00:00Z", "HEM-01")]
    [InlineData("2026-11-25T10:00:00Z", "")]
    [InlineData(null, "")]
    public async Task A_part_that_was_cancelled_and_run_again_stands_in_the_later_report(string? reissued, string told)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var part = Observation("718-7", "h", 5, Identifiers("7"));
        var cancelled = Observation("718-7", "h", 5, Identifiers("7") + ",\"issued\":\"2026-11-25T11:00:00Z\"", "cancelled");
        await clinic.SendAsync(patient, Bundle(Report("58410-2", "r", ["Observation/h", "Observation/p"], Issued("2026-11-25T09:00:00Z")), part, Observation("777-3", "p", 200)));
        Assert.Equal("", await clinic.SendAsync(patient, cancelled));

        var again = Bundle(Report("58410-2", "r", ["Observation/h", "Observation/p"], Issued(reissued), "corrected"), part, Observation("777-3", "p", 200));

        Assert.Equal(told, await clinic.SendAsync(patient, again));
        Assert.Equal(told, await clinic.SendAsync(patient, again));
        // The order of arrival makes no difference.
        var other = await clinic.PatientAsync();
        await clinic.SendAsync(other, again);
        Assert.Equal(told, await clinic.SendAsync(other, cancelled));
    }

    [Fact]
    public async Task A_part_entered_in_error_with_its_first_time_of_issue_does_not_come_back_with_a_report_written_before()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued("2026-11-25T09:00:00Z"), "entered-in-error"));

        Assert.Equal("", await clinic.SendAsync(patient, Bundle(
            Report("58410-2", "r", ["Observation/h", "Observation/p"], Issued("2026-11-25T12:00:00Z")), Observation("718-7", "h", 5), Observation("777-3", "p", 200))));
    }

    [Fact]
    public async Task Of_two_values_of_one_day_that_nobody_has_named_both_stand()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        string[] sent = [Observation("98979-8", null, 12), Observation("98979-8", null, 62)];
        await clinic.SendAsync(patient, sent[0]);

        Assert.Equal("REN-01", await clinic.SendAsync(patient, sent[1]));
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(sent[0]).Results])).New);
        Assert.Equal("REN-01", await clinic.SendAsync(await clinic.PatientAsync(), Bundle(sent)));
    }

    [Fact]
    public async Task A_retraction_of_what_is_no_test_of_ours_is_kept_only_where_something_goes_by_its_name()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var sodium = Observation("2951-2", "na", 139, status: "entered-in-error");
        await clinic.SendAsync(patient, sodium);
        Assert.Empty(await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient)));
        await clinic.SendAsync(patient, Observation("718-7", "h", 13, status: "entered-in-error"));
        Assert.Single(await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient)));

        await clinic.SendAsync(patient, Bundle(Report("24323-8", "r", ["Observation/na", "Observation/c"]), Observation("2951-2", "na", 139), Observation("2160-0", "c", 1)));
        var view = (await clinic.AddAsync(patient, [.. Read(sodium).Results])).View;

        Assert.Equal(["2160-0"], Assert.Single(view.Results, r => r.Counts).Values.Select(v => v.Code));
    }

    private static string Issued(string? issued) => issued is null ? "" : $",\"issued\":\"{issued}\"";

    private static LabResult Retraction(string id) => new(id, null, LabResultStatus.EnteredInError, [], [], null, true);
}
