using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>An addendum comes after final: what stood before stands, and the addendum beside it.</summary>
public sealed class AppendedReportsTests
{
    private const string Ecg = "11524-6";
    private const string Cbc = "58410-2";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_addendum_is_read_whenever_it_comes(bool isFirst)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var final = Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\"");
        var appended = Report(Ecg, "e", [], ",\"conclusion\":\"Addendum: acute anterior infarct\"", status: "appended");

        await clinic.SendAsync(patient, isFirst ? appended : final);

        Assert.Equal("CV-12", await clinic.SendAsync(patient, isFirst ? final : appended));
        Assert.Equal("CV-12", await clinic.SendAsync(patient, final));
        Assert.Equal("CV-12", await clinic.SendAsync(patient, appended));
    }

    [Fact]
    public async Task What_stood_before_an_addendum_still_stands()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Bundle(Report(Cbc, "r", ["Observation/h"]), Observation("718-7", "h", 7))));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Bundle(Report(Cbc, "r", ["Observation/p"], status: "appended"), Observation("777-3", "p", 200))));
    }

    [Fact]
    public async Task The_same_addendum_twice_changes_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var appended = Read(Report(Ecg, "e", [], ",\"conclusion\":\"Addendum\"", status: "appended")).Results;
        await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\""));
        Assert.Equal(1, (await clinic.AddAsync(patient, [.. appended])).New);

        Assert.Equal(0, (await clinic.AddAsync(patient, [.. appended])).New);
    }

    [Theory]
    [InlineData(",\"conclusion\":\"Normal sinus rhythm\"")]
    [InlineData(",\"presentedForm\":[{\"contentType\":\"application/pdf\"}]")]
    public async Task An_addendum_of_which_nothing_is_read_is_named_and_the_test_is_not_valid(string members)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\""));

        var view = (await clinic.AddAsync(patient, [.. Read(Report(Ecg, "e", [], members, status: "appended")).Results])).View;

        Assert.Equal([Ecg], view.Unreadable);
        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Ecg).Standing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_addendum_with_an_analyte_that_is_not_listed_is_named_and_the_test_is_not_valid(bool isRepeated)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var (platelets, blasts) = (Observation("777-3", "p", 200), Observation("26446-5", "b", 20));
        await clinic.SendAsync(patient, Bundle(Report(Cbc, "r", ["Observation/p"]), platelets));
        var appended = Bundle(isRepeated
            ? [Report(Cbc, "r", ["Observation/p", "Observation/b"], status: "appended"), platelets, blasts]
            : [Report(Cbc, "r", ["Observation/b"], status: "appended"), blasts]);

        var view = (await clinic.AddAsync(patient, [.. Read(appended).Results])).View;

        Assert.Equal([Cbc], view.Unreadable);
        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Cbc).Standing);
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(appended).Results])).New);
    }

    [Theory]
    [InlineData("corrected")]
    [InlineData("amended")]
    public async Task A_report_corrected_to_what_is_no_test_of_ours_counts_no_more(string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\""));

        var view = (await clinic.AddAsync(patient, [.. Read(Report("30746-2", "e", [], ",\"conclusion\":\"Normal chest\"", status: status)).Results])).View;

        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Ecg).Standing);
        Assert.DoesNotContain(view.Results, r => r.Counts);
        Assert.Empty((await clinic.AddAsync(await clinic.PatientAsync(), [.. Read(Report("30746-2", "e", [], status: status)).Results])).View.Results);
    }

    [Fact]
    public async Task An_addendum_under_a_code_of_no_test_of_ours_is_heard_with_what_it_was_added_to()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\""));

        Assert.Equal("CV-12", await clinic.SendAsync(patient, Report("30746-2", "e", [], ",\"conclusion\":\"Acute anterior infarct\"", status: "appended")));
        Assert.Empty((await clinic.AddAsync(await clinic.PatientAsync(), [.. Read(Report("30746-2", "z", [], status: "appended")).Results])).View.Unplaced);
    }

    [Fact]
    public async Task A_correction_after_the_addendum_replaces_both()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\""));
        await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Acute anterior infarct\"", status: "appended"));

        Assert.Equal("", await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal sinus rhythm\"", status: "corrected")));
    }

    [Fact]
    public async Task An_addendum_that_keeps_an_older_time_of_issue_is_heard_and_the_same_final_report_again_does_not_clear_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        string Normal(int day) => Report(Ecg, "e", [], $",\"conclusion\":\"Normal ECG\"{Issued(day)}");
        await clinic.SendAsync(patient, Normal(12));

        Assert.Equal("CV-12", await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Acute anterior infarct\"" + Issued(11), status: "appended")));
        Assert.Equal("CV-12", await clinic.SendAsync(patient, Normal(14)));
        Assert.Equal("", await clinic.SendAsync(patient, Report(Ecg, "e", [], ",\"conclusion\":\"Normal ECG\"" + Issued(11), status: "corrected")));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task A_correction_holds_against_its_final_version_whatever_its_time_of_issue(int day)
    {
        foreach (var isFirst in new[] { false, true })
        {
            await using var clinic = await LabClinic.StartAsync("2026-11-20");
            var patient = await clinic.PatientAsync();
            var final = Observation("718-7", "h", 14, Issued(12));
            var corrected = Observation("718-7", "h", 5, Issued(day), status: "corrected");
            await clinic.SendAsync(patient, isFirst ? corrected : final);
            clinic.GoTo("2026-11-21");

            Assert.Equal("HEM-01", await clinic.SendAsync(patient, isFirst ? final : corrected));
            Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "h", 14, Issued(15))));
        }
    }

    [Fact]
    public async Task A_new_final_value_issued_after_a_correction_stands_beside_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 13, Issued(11)));
        await clinic.SendAsync(patient, Observation("718-7", "h", 14, Issued(12), status: "corrected"));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued(13))));
    }

    [Fact]
    public async Task A_part_that_is_corrected_under_an_older_time_of_issue_than_its_report_is_heard()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Bundle(
            Report(Cbc, "r", ["Observation/h", "Observation/w", "Observation/p"], Issued(12)), Observation("718-7", "h", 14, Issued(11)), Observation("6690-2", "w", 6), Observation("777-3", "p", 200)));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Issued(11), status: "corrected")));
    }

    [Fact]
    public void An_observation_cannot_be_appended_to() =>
        Assert.Equal(FhirOutcome.Refused, Assert.Single(Read(Observation("718-7", "h", 7, status: "appended")).Verdicts).Outcome);

    private static string Issued(int day) => $",\"issued\":\"2026-10-{day}T12:00:00Z\"";
}
