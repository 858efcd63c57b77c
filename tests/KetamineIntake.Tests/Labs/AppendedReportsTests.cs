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
    public void An_observation_cannot_be_appended_to() =>
        Assert.Equal(FhirOutcome.Refused, Assert.Single(Read(Observation("718-7", "h", 7, status: "appended")).Verdicts).Outcome);
}
