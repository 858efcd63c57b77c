using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Core.Records;
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
