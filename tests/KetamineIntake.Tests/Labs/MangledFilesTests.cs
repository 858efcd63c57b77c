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
    [InlineData("#¡VALOR!")]
    [InlineData("****")]
    [InlineData("pending")]
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
    [InlineData("TRUE")]
    [InlineData("False")]
    [InlineData("WAHR")]
    [InlineData("Err:502")]
    [InlineData("=A1")]
    [InlineData("=SUM(A1:A3)")]
    [InlineData("@SUM(A1)")]
    [InlineData("+A1")]
    [InlineData("#DIV/0!")]
    [InlineData("1,23E+05")]
    [InlineData("1.0")]
    [InlineData("12345.0")]
    [InlineData("12345,00")]
    [InlineData("12%")]
    [InlineData("n.a.")]
    [InlineData("N. A.")]
    [InlineData("not available")]
    [InlineData("<NA>")]
    [InlineData("(blank)")]
    [InlineData("NaN")]
    [InlineData("1/3/2026")]
    [InlineData("01.03.2026")]
    [InlineData("1-3-26")]
    [InlineData("2026-03-01")]
    [InlineData("2026/3/1")]
    [InlineData("1/3/2026 12:00")]
    [InlineData("2026-03-01T00:00:00")]
    [InlineData("2026-03-01 00:00:00.000")]
    [InlineData("3/1")]
    [InlineData("12:30")]
    [InlineData("12:30:00")]
    [InlineData("1:02 PM")]
    [InlineData("March 1, 2026")]
    [InlineData("1 March 2026")]
    [InlineData("1-Mar-2026 10:00")]
    [InlineData("Sunday, March 1, 2026")]
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
    [InlineData("12345")]
    [InlineData("26.12345")]
    [InlineData("12-34-56789")]
    [InlineData("99/88/2026")]
    [InlineData("TRUE-12")]
    [InlineData("MAR1234")]
    [InlineData("A1")]
    [InlineData("A=1")]
    [InlineData("12:345")]
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

    [Theory]
    [InlineData("777-3,250,10*3/uL")]
    [InlineData("777-3,<45,10*3/uL")]
    [InlineData("777-3,45,/uL")]
    public async Task An_id_on_final_lines_of_one_day_with_different_values_identifies_none_of_them(string other)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var first = $"{Header}\n{patient},cbc,2026-10-01,final,T-1,777-3,45,10*3/uL\n";
        var second = $"{patient},cbc,2026-10-01,,T-1,{other}\n";

        Assert.All(await ImportAsync(clinic, first + second), l => Assert.Contains("or values", l.Faults.Single(), StringComparison.Ordinal));
        Assert.Empty(await clinic.KeysAsync(Rows.PatientLabs(patient)));

        Assert.Equal(LabImportOutcome.Stored, (await ImportAsync(clinic, first)).Single().Outcome);
        Assert.Equal(LabImportOutcome.Refused, (await ImportAsync(clinic, $"{Header}\n{second}")).Single().Outcome);
        Assert.Equal([45m], (await clinic.AddAsync(patient)).View.Results.SelectMany(r => r.Values).Select(v => v.Number!.Value));
    }

    [Theory]
    [InlineData("corrected")]
    [InlineData("amended")]
    public async Task A_corrected_value_is_a_correction_in_one_file_and_in_two_and_the_first_file_again_changes_nothing(string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var first = $"{Header}\n{patient},cbc,2026-10-01,final,T-1,777-3,45,10*3/uL\n{patient},cbc,2026-10-01,final,T-1,777-3,45.0,10*3/uL\n";
        var second = $"{patient},cbc,2026-10-01,{status},T-1,777-3,250,10*3/uL\n";

        Assert.Equal([LabImportOutcome.Stored, LabImportOutcome.Known, LabImportOutcome.Stored], (await ImportAsync(clinic, first + second)).Select(l => l.Outcome));
        Assert.Equal([LabImportOutcome.Known, LabImportOutcome.Known], (await ImportAsync(clinic, first)).Select(l => l.Outcome));
        // The clinic's list says final again, of what was corrected.
        Assert.NotEqual(LabImportOutcome.Refused, (await ImportAsync(clinic, $"{Header}\n{second.Replace(status, "final", StringComparison.Ordinal)}")).Single().Outcome);
        Assert.Equal([250m], (await clinic.AddAsync(patient)).View.Results.SelectMany(r => r.Values).Select(v => v.Number!.Value));
    }

    [Theory]
    [InlineData("21198-7", "12.0", "mIU/mL")]
    [InlineData("21198-7", "0", "mIU/mL")]
    [InlineData("2106-3", "+", "")]
    [InlineData("2106-3", "1+", "")]
    public async Task A_pregnancy_test_that_only_looks_mangled_is_taken(string code, string value, string unit)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal(LabImportOutcome.Stored, Assert.Single(await ImportAsync(clinic, $"{Header}\n{patient},cbc,2026-10-01,,,{code},{value},{unit}\n")).Outcome);
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
