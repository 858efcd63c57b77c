using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Reports under a code of no test of ours, 11502-2 "Laboratory report": their observations stand alone here, and still go when the report goes.</summary>
public sealed class WithdrawnReportsTests
{
    private const string Any = "11502-2";

    [Theory]
    [InlineData("Observation/h")]
    [InlineData("Observation/h/_history/2")]
    [InlineData("https://lab.example/fhir/Observation/h")]
    public async Task What_came_under_a_report_goes_when_the_report_is_taken_back(string reference)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"]), Observation("718-7", "h", 5))));

        var withdrawn = Report(Any, "r", [reference], status: "entered-in-error");

        Assert.Equal("", await clinic.SendAsync(patient, withdrawn));
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(withdrawn).Results])).New);
    }

    [Fact]
    public async Task It_goes_too_where_the_withdrawn_report_still_carries_it_as_final()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var observation = Observation("718-7", "h", 5, Identifiers("7"));
        await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"]), observation));

        var receipt = await clinic.AddAsync(patient, [.. Read(Bundle(Report(Any, "r", ["Observation/h"], status: "cancelled"), observation)).Results]);

        Assert.Equal((1, 0), (receipt.New, receipt.Known));
        Assert.Empty(receipt.View.Findings);
    }

    [Fact]
    public async Task An_address_without_a_server_is_a_name_like_any_other()
    {
        const string Url = "urn:uuid:6f1c1d5e-0000-4000-8000-000000000001";
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var first = Bundle(Observation("718-7", null, 5)).Replace("{\"resource\":", $"{{\"fullUrl\":\"{Url}\",\"resource\":", StringComparison.Ordinal);
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, first));

        Assert.Equal("", await clinic.SendAsync(patient, Report(Any, "r", [Url], status: "entered-in-error")));
    }

    [Theory]
    // As of the withdrawn report's own time of issue, so that one issued later may carry the result again.
    [InlineData("2026-11-25T12:00:00Z", "HEM-01")]
    [InlineData("2026-11-25T11:00:00Z", "")]
    [InlineData(null, "")]
    public async Task A_report_issued_later_brings_it_back(string? reissued, string told)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued("2026-11-25T10:00:00Z")));
        await clinic.SendAsync(patient, Report(Any, "r", ["Observation/h"], Issued("2026-11-25T11:00:00Z"), "entered-in-error"));

        Assert.Equal(told, await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued(reissued))));
    }

    [Fact]
    public async Task What_stands_inside_another_report_is_that_reports()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Bundle(Report("58410-2", "live", ["Observation/h"]), Observation("718-7", "h", 5)));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Report(Any, "r", ["Observation/h"], status: "entered-in-error")));
    }

    [Theory]
    [InlineData("Observation/other")]
    [InlineData("Patient/h")]
    [InlineData("#h")]
    [InlineData("h")]
    public async Task Another_name_takes_nothing_with_it(string reference)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Report(Any, "r", [reference], status: "entered-in-error")));
    }

    [Fact]
    public async Task A_report_that_is_only_corrected_takes_nothing_with_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Report("58410-2", "r", ["Observation/h"], status: "corrected")));
    }

    [Fact]
    public async Task Without_naming_its_results_a_report_takes_back_what_came_under_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"], Identifiers("R1")), Observation("718-7", "h", 5)));

        Assert.Equal("", await clinic.SendAsync(patient, Report(Any, "r", [], status: "entered-in-error")));
    }

    [Fact]
    public async Task A_report_that_keeps_its_first_time_of_issue_takes_back_what_was_issued_after_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var result = Observation("718-7", "h", 5, Issued("2026-11-25T10:05:00Z"));
        await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"], Issued("2026-11-25T10:00:00Z")), result));

        Assert.Equal("", await clinic.SendAsync(patient, Report(Any, "r", ["Observation/h"], Issued("2026-11-25T10:00:00Z"), "entered-in-error")));
        Assert.Equal("", await clinic.SendAsync(patient, result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_report_carries_too_stays_until_that_one_is_taken_back(bool together)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var (old, live, result) = (Report(Any, "old", ["Observation/h"]), Report(Any, "new", ["Observation/h"]), Observation("718-7", "h", 5));
        var withdrawn = Report(Any, "old", ["Observation/h"], status: "entered-in-error");
        await clinic.SendAsync(patient, Bundle(old, result));

        string[] messages = together ? [Bundle(withdrawn, live, result)] : [Bundle(live, result), withdrawn];
        foreach (var message in messages)
        {
            Assert.Equal("HEM-01", await clinic.SendAsync(patient, message));
        }

        Assert.Equal("", await clinic.SendAsync(patient, Report(Any, "new", [], status: "cancelled")));
    }

    [Fact]
    public async Task The_same_result_under_the_same_report_is_known()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var sent = Bundle(Report(Any, "r", ["Observation/h"]), Observation("718-7", "h", 5));
        await clinic.SendAsync(patient, sent);

        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(sent).Results])).New);
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(Observation("718-7", "h", 5)).Results])).New);
    }

    [Fact]
    public async Task A_report_of_no_test_of_ours_that_is_only_corrected_leaves_what_it_carries()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var result = Observation("718-7", "h", 5);
        await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"]), result));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"], status: "corrected"), result)));
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Panel(Any, "r", ["Observation/h"], status: "corrected")));
    }

    [Fact]
    public async Task What_was_taken_back_by_itself_is_not_taken_back_again_with_its_report()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Bundle(Report(Any, "r", ["Observation/h"]), Observation("718-7", "h", 5)));
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, status: "entered-in-error"));

        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(Report(Any, "r", ["Observation/h"], status: "entered-in-error")).Results])).New);
    }

    private static string Issued(string? issued) => issued is null ? "" : $",\"issued\":\"{issued}\"";
}
