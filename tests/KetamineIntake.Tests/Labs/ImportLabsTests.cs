using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class ImportLabsTests
{
    [Fact]
    public async Task Each_line_is_stored_or_refused_whole_and_reported()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();

        var report = await ImportAsync(clinic, Catalogue(patient), isDryRun: false);

        Assert.Equal(
            ["2 Stored", "3 Stored", "4 Refused patient is nobody of this clinic", "5 Refused collectedOn lies in the future", "6 Known", "7 Stored"],
            report.Select(Line));
        Assert.Equal(3, (await clinic.KeysAsync(Rows.PatientLabs(patient))).Count);
        var ecg = (await clinic.FlagsAsync(patient)).Where(f => f.Test == LabTests.Ecg);
        Assert.All(ecg, f => Assert.False(f.IsOpen));
    }

    [Fact]
    public async Task A_dry_run_reports_and_stores_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        var before = await clinic.KeysAsync(new RowRange("", "~"));

        var report = await ImportAsync(clinic, Catalogue(patient), isDryRun: true);

        Assert.Equal(["2 Stored", "3 Stored", "4 Refused patient is nobody of this clinic", "5 Refused collectedOn lies in the future", "6 Stored", "7 Stored"], report.Select(Line));
        Assert.Equal(before, await clinic.KeysAsync(new RowRange("", "~")));
    }

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        await ImportAsync(clinic, Catalogue(patient), isDryRun: false);
        var before = (await clinic.RowsAsync(new RowRange("", "~"))).Select(r => (r.Key, r.ETag)).ToList();

        var report = await ImportAsync(clinic, Catalogue(patient), isDryRun: false);

        Assert.DoesNotContain(report, r => r.Outcome == LabImportOutcome.Stored);
        Assert.Equal(before, (await clinic.RowsAsync(new RowRange("", "~"))).Select(r => (r.Key, r.ETag)));
    }

    [Fact]
    public async Task A_stopped_import_goes_on_where_it_was()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(Catalogue(patient)), false, default))
        {
            if (line.Line == 2)
            {
                break;
            }
        }

        var report = await ImportAsync(clinic, Catalogue(patient), isDryRun: false);

        Assert.Equal(["2 Known", "3 Stored"], report.Take(2).Select(Line));
    }

    [Fact]
    public async Task A_header_that_is_not_ours_is_the_only_report()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");

        Assert.Equal(["1 Refused The header lacks the column patient."], (await ImportAsync(clinic, "test,collectedOn\necg,2026-10-01", false)).Select(Line));
    }

    [Fact]
    public async Task What_staff_have_taken_back_is_not_brought_back_by_the_same_file()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        await ImportAsync(clinic, Catalogue(patient), isDryRun: false);
        await clinic.AddAsync(patient, Typed(LabTests.Ecg, "2026-10-01", LabResultStatus.EnteredInError) with { Id = LabResultReader.Typed(LabTests.Ecg, Day("2026-10-01"), LabResultStatus.Final).Id });

        var report = await ImportAsync(clinic, Catalogue(patient), isDryRun: false);

        Assert.Equal("2 Known", Line(report[0]));
        Assert.True((await clinic.FlagsAsync(patient)).Single(f => f.Test == LabTests.Ecg).IsOpen);
    }

    [Fact]
    public async Task Two_lines_that_contradict_each_other_do_not_take_turns()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        var file = $"patient,test,collectedOn,status\n{patient},ecg,2026-10-01,final\n{patient},ecg,2026-10-01,entered-in-error\n";
        await ImportAsync(clinic, file, isDryRun: false);

        Assert.Equal(["2 Known", "3 Known"], (await ImportAsync(clinic, file, isDryRun: false)).Select(Line));
        Assert.Equal(["2 Known", "3 Known"], (await ImportAsync(clinic, file, isDryRun: true)).Select(Line));
    }

    [Fact]
    public async Task A_line_that_takes_back_what_is_not_stored_is_refused()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-10-01", "11524-6"));

        var report = await ImportAsync(clinic, $"patient,test,collectedOn,status\n{patient},ecg,2026-10-01,entered-in-error\n", isDryRun: false);

        Assert.Equal(["2 Refused takes back a result that is not stored"], report.Select(Line));
        Assert.Single(await clinic.KeysAsync(Rows.PatientLabs(patient)));
    }

    [Fact]
    public async Task An_id_that_belongs_to_another_test_is_refused()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        var file = $"patient,test,collectedOn,id,loinc,value,unit\n{patient},cbc,2026-10-01,A-1,718-7,5,g/dL\n{patient},cbc,2026-10-01,A-1,777-3,200,K/uL\n{patient},cbc,2026-10-01,A-2,98979-8,80,mL/min\n";

        Assert.Equal(
            ["2 Stored", "3 Refused id belongs to another result of this patient", "4 Refused loinc is a code of another test"], (await ImportAsync(clinic, file, isDryRun: false)).Select(Line));
        Assert.Single(await clinic.KeysAsync(Rows.PatientLabs(patient)));
    }

    [Fact]
    public async Task A_line_that_cannot_be_stored_fails_alone()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var (broken, fine) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        await clinic.WriteAsync(new Change.Upsert(Rows.Lab(broken, RowId.New()), new byte[] { 1, 2, 3 }));
        var file = $"patient,test,collectedOn\n{broken},ecg,2026-10-01\n{fine},ecg,2026-10-01\n";

        var report = await ImportAsync(clinic, file, isDryRun: false);

        Assert.StartsWith("2 Refused could not be stored", Line(report[0]), StringComparison.Ordinal);
        Assert.Equal("3 Stored", Line(report[1]));
    }

    [Fact]
    public async Task Two_values_of_one_day_both_stand_and_the_worse_is_told()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        var file = Hemoglobins(patient, ",5", ",12");

        Assert.Equal(["2 Stored", "3 Stored"], (await ImportAsync(clinic, file, isDryRun: false)).Select(Line));
        Assert.Equal(["HEM-01"], await ToldAsync(clinic, patient));
        Assert.Equal(["2 Known", "3 Known"], (await ImportAsync(clinic, file, isDryRun: false)).Select(Line));
        Assert.Equal(2, (await clinic.KeysAsync(Rows.PatientLabs(patient))).Count);
    }

    [Fact]
    public async Task A_line_takes_back_the_line_with_its_value_and_no_other()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-21");
        var patient = await clinic.PatientAsync();
        var file = Hemoglobins(patient, ",5", ",12", "entered-in-error,5");

        Assert.Equal(["2 Stored", "3 Stored", "4 Stored"], (await ImportAsync(clinic, file, isDryRun: false)).Select(Line));
        Assert.Empty(await ToldAsync(clinic, patient));
        Assert.Equal(["2 Known", "3 Known", "4 Known"], (await ImportAsync(clinic, file, isDryRun: false)).Select(Line));
        Assert.Equal(["2 Refused takes back a result that is not stored"], (await ImportAsync(clinic, Hemoglobins(patient, "cancelled,7"), isDryRun: false)).Select(Line));
        Assert.Equal(["2 Refused value is needed with this loinc code"], (await ImportAsync(clinic, Hemoglobins(patient, "cancelled,"), isDryRun: false)).Select(Line));
        Assert.Equal(["2 Stored"], (await ImportAsync(clinic, Hemoglobins(patient, "cancelled,12.0"), isDryRun: false)).Select(Line));
    }

    // Each line says its status and value.
    private static string Hemoglobins(string patient, params string[] lines) =>
        "patient,test,collectedOn,loinc,unit,status,value\n" + string.Concat(lines.Select(l => $"{patient},cbc,2026-10-01,718-7,g/dL,{l}\n"));

    private static async Task<IEnumerable<string>> ToldAsync(LabClinic clinic, string patient) =>
        (await clinic.RowsAsync(RowRange.StartingWith(Rows.LabAlert(patient)))).SelectMany(r => RecordJson.Read<LabAlert>(r).Findings).Where(f => f.Verdict == Verdict.True).Select(f => f.Rule);

    private static string Catalogue(string patient) =>
        $"""
        patient,test,collectedOn,id,loinc,value,unit
        {patient},ecg,2026-10-01,,,,
        {patient},kidney,2026-10-02,A-7,98979-8,88,mL/min/1.73m2
        {RowId.New()[..25]}0,ecg,2026-10-01,,,,
        {patient},cbc,2026-11-22,,,,
        {patient},ecg,2026-10-01,,,,
        {patient},liver,2026-10-02,A-8,24325-3,,
        """;

    private static string Line(LabImportReport line) => $"{line.Line} {line.Outcome} {string.Join("; ", line.Faults)}".TrimEnd();

    private static async Task<List<LabImportReport>> ImportAsync(LabClinic clinic, string csv, bool isDryRun)
    {
        var report = new List<LabImportReport>();
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(csv), isDryRun, default))
        {
            report.Add(line);
        }

        return report;
    }
}
