using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Labs;

/// <summary>Files as spreadsheets write them.</summary>
public sealed class MangledFilesTests
{
    private const string Header = "patient,test,collectedOn,status,id,loinc,value,unit";

    [Theory]
    [InlineData("1.67683E+15")]
    [InlineData("1.67683e+15")]
    [InlineData("1,67683E+15")]
    [InlineData("2E+10")]
    [InlineData("1.5E10")]
    [InlineData("#N/A")]
    [InlineData("#REF!")]
    [InlineData("#VALUE!")]
    [InlineData("#NAME?")]
    [InlineData("########")]
    [InlineData("#")]
    [InlineData("1-Mar")]
    [InlineData("Mar-26")]
    [InlineData("1-Mar-26")]
    [InlineData("N/A")]
    [InlineData("NULL")]
    [InlineData("none")]
    [InlineData("-")]
    [InlineData("0")]
    public async Task An_id_that_a_spreadsheet_has_mangled_is_refused_in_words(string id)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        var line = Assert.Single(await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-10-01,final,\"{id}\",777-3,45,10*3/uL\n"));

        Assert.Equal(LabImportOutcome.Refused, line.Outcome);
        Assert.StartsWith("id ", Assert.Single(line.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain(patient, line.Faults[0], StringComparison.Ordinal);
        Assert.Empty(await clinic.KeysAsync(Rows.PatientLabs(patient)));
    }

    [Theory]
    [InlineData("A-1.67683E+15")]
    [InlineData("1676830000000000")]
    [InlineData("1E-5-7")]
    [InlineData("24E00123")]
    [InlineData("2E10")]
    [InlineData("LAB#12")]
    [InlineData("12-3456")]
    public async Task An_id_that_only_looks_like_it_is_taken(string id)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal(LabImportOutcome.Stored, Assert.Single(await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-10-01,final,{id},777-3,45,10*3/uL\n")).Outcome);
    }

    [Fact]
    public async Task An_id_on_final_lines_of_different_days_identifies_none_of_them()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        var report = await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-10-01,final,T-1,777-3,45,10*3/uL\n{patient},cbc,2026-09-01,,T-1,777-3,250,10*3/uL\n{patient},cbc,2026-09-01,final,T-2,777-3,250,10*3/uL\n");

        Assert.Equal([LabImportOutcome.Refused, LabImportOutcome.Refused, LabImportOutcome.Stored], report.Select(l => l.Outcome));
        Assert.Contains("different days", report[0].Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_in_two_files_leaves_what_was_stored_first_standing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-10-01,final,T-1,777-3,45,10*3/uL\n");

        var second = await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-09-01,final,T-1,777-3,250,10*3/uL\n");

        Assert.Equal((LabImportOutcome.Refused, "id belongs to another result of this patient"), (second.Single().Outcome, second.Single().Faults.Single()));
        Assert.Equal([45m], (await clinic.AddAsync(patient)).View.Results.SelectMany(r => r.Values).Select(v => v.Number!.Value));
    }

    [Fact]
    public async Task A_corrected_day_is_a_correction()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        var report = await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-10-01,final,T-1,777-3,45,10*3/uL\n{patient},cbc,2026-10-02,corrected,T-1,777-3,45,10*3/uL\n");

        Assert.Equal([LabImportOutcome.Stored, LabImportOutcome.Stored], report.Select(l => l.Outcome));
    }

    [Fact]
    public async Task Rows_of_commas_are_passed_over_and_lines_keep_their_numbers()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        var report = await ImportAsync(clinic, $",,\npatient,test,collectedOn\n,,\n{patient},ecg,2026-10-01\n , ,\n,,,,,,\n\"\",\"\",\n");

        Assert.Equal([(4, LabImportOutcome.Stored)], report.Select(l => (l.Line, l.Outcome)));
    }

    [Theory]
    [InlineData("patient,test,collectedOn,,", ",,", LabImportOutcome.Stored)]
    [InlineData("patient,test,collectedOn,,", "", LabImportOutcome.Stored)]
    [InlineData("patient,test,collectedOn, ,", ", ,", LabImportOutcome.Stored)]
    [InlineData("patient,test,collectedOn,,", ",x,", LabImportOutcome.Refused)]
    [InlineData("patient,test,collectedOn,,", ",,,", LabImportOutcome.Refused)]
    [InlineData("patient,test,collectedOn", ",", LabImportOutcome.Refused)]
    public async Task Empty_last_columns_of_the_header_are_no_reason(string header, string rest, LabImportOutcome outcome)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal(outcome, Assert.Single(await ImportAsync(clinic, $"{header}\n{patient},ecg,2026-10-01{rest}\n")).Outcome);
    }

    [Theory]
    [InlineData("8601-7", "#N/A")]
    [InlineData("2106-3", "########")]
    [InlineData("777-3", "#N/A")]
    [InlineData("777-3", "4.5E+01")]
    public async Task A_value_that_was_lost_in_a_spreadsheet_is_refused(string code, string value)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal(LabImportOutcome.Refused, Assert.Single(await ImportAsync(clinic, $"{Header}\n{patient},{(code == "8601-7" ? "ecg" : "cbc")},2026-10-01,,,{code},{value},\n")).Outcome);
    }

    private static async Task<IReadOnlyList<LabImportReport>> ImportAsync(LabClinic clinic, string file)
    {
        var report = new List<LabImportReport>();
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(file), false, default))
        {
            report.Add(line);
        }

        return report;
    }
}
