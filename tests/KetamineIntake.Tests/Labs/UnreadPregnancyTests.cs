using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A pregnancy test whose value is there and cannot be read may be positive: it holds the visits ahead as a positive one does.</summary>
public sealed class UnreadPregnancyTests
{
    [Theory]
    [InlineData("2106-3", "\"valueString\":\"see comment\"")]
    [InlineData("2106-3", "\"valueString\":\"Not clearly negative\"")]
    [InlineData("2106-3", "\"valueBoolean\":true")]
    [InlineData("21198-7", "\"valueQuantity\":{\"value\":\"300\",\"unit\":\"mIU/mL\"}")]
    [InlineData("21198-7", "\"valueQuantity\":{\"value\":300,\"unit\":\"furlong\"}")]
    [InlineData("83086-9", "\"valueString\":\"<25 mIU/mL\"")]
    [InlineData("19180-9", "\"valueQuantity\":{\"value\":12,\"unit\":\"ng/mL\"}")]
    public async Task It_is_named_told_once_and_holds_every_infusion_ahead(string code, string value)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-01", "24323-8", "58410-2", "11524-6"));
        var visit = await clinic.BookAsync(patient, "2026-12-01");

        await StoreAsync(clinic, patient, Test(code, value));
        await StoreAsync(clinic, patient, Test(code, value));
        var view = await ViewAsync(clinic, patient);

        Assert.Equal([visit], view.HeldVisits);
        Assert.Equal(LabKinds.Hcg, LabNames.Of(Assert.Single(view.Unreadable)));
        Assert.Equal(("PREG-01b", Severity.Absolute, Verdict.Unknown), view.Findings.Select(f => (f.Rule, f.Severity, f.Verdict)).Single());
        var note = Assert.Single(await NotesAsync(clinic), n => n.Words.Contains("PREG-01b", StringComparison.Ordinal));
        Assert.Contains("cannot be read and may contraindicate", note.Words, StringComparison.Ordinal);
        Assert.Contains("2026-12-01", note.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("A laboratory value contraindicates", note.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Negative", 0)]
    [InlineData("Positive", 1)]
    public async Task A_newer_one_that_can_be_read_decides(string words, int held)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-01");
        await StoreAsync(clinic, patient, Test("2106-3", "\"valueString\":\"see comment\""));

        await StoreAsync(clinic, patient, Test("2118-8", $"\"valueString\":\"{words}\"", "2026-11-19", "u"));

        var view = await ViewAsync(clinic, patient);
        Assert.Equal(held, view.Holds.Count);
        Assert.Empty(view.Unreadable);
        Assert.All(view.Findings, f => Assert.Equal(Verdict.True, f.Verdict));
    }

    [Fact]
    public async Task An_older_negative_test_and_one_of_the_same_day_do_not_clear_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await StoreAsync(clinic, patient, Test("2106-3", "\"valueString\":\"Negative\"", "2026-11-18", "n"));
        await StoreAsync(clinic, patient, Test("2106-3", "\"valueString\":\"see comment\""));

        Assert.Single((await ViewAsync(clinic, patient)).Holds);
    }

    [Fact]
    public async Task Two_people_let_the_visits_go_ahead()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var release = new ReleaseLabHold(clinic.Inner.Clock);
        await StoreAsync(clinic, patient, Test("2106-3", "\"valueString\":\"see comment\""));
        var basis = Assert.Single((await ViewAsync(clinic, patient)).Holds).Basis;

        Assert.IsType<ReleaseOutcome.AwaitingSecond>(await release.RunAsync(clinic.Context, patient, "PREG-01b", basis, "called", new StaffMember("ana", "Ana", StaffRole.Clinician), default));
        Assert.IsType<ReleaseOutcome.Released>(await release.RunAsync(clinic.Context, patient, "PREG-01b", basis, "called", new StaffMember("ben", "Ben", StaffRole.Clinician), default));

        Assert.False(Assert.Single((await ViewAsync(clinic, patient)).Holds).Stands);
        await StoreAsync(clinic, patient, Test("2106-3", "\"valueString\":\"Positive\"", "2026-11-19", "p"));
        Assert.True(Assert.Single((await ViewAsync(clinic, patient)).Holds).Stands);
    }

    [Fact]
    public async Task A_line_of_a_file_holds_them_too()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var file = $"patient,test,collectedOn,loinc,value\n{patient},cbc,2026-11-18,2106-3,see comment\n";
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(file), false, default))
        {
            Assert.Equal(LabImportOutcome.Stored, line.Outcome);
        }

        Assert.Single((await ViewAsync(clinic, patient)).Holds);
        Assert.Single(await NotesAsync(clinic));
    }

    [Fact]
    public async Task One_that_was_not_done_holds_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await StoreAsync(clinic, patient, Test("2106-3", "\"dataAbsentReason\":{\"coding\":[{\"code\":\"not-performed\"}]}"));

        Assert.Empty((await ViewAsync(clinic, patient)).Holds);
    }

    private static string Test(string code, string value, string day = "2026-11-18", string id = "t") =>
        Observation(code, id, 1, day: day).Replace(Quantity(code, 1), "," + value, StringComparison.Ordinal)
            .Replace("\"19180-9\"", "\"19180-9\",\"display\":\"Choriogonadotropin.beta subunit [Mass/volume] in Serum or Plasma\"", StringComparison.Ordinal);

    private static async Task StoreAsync(LabClinic clinic, string patient, string json)
    {
        var reading = Read(json);
        Assert.IsType<AddLabResultsOutcome.Added>(await clinic.Add.RunAsync(clinic.Context, patient, [.. reading.Results], "ana", default, [.. reading.Unplaced.Select(u => u.What)]));
    }

    private static async Task<LabView> ViewAsync(LabClinic clinic, string patient) => (await new FindLabs(clinic.Inner.Clock).RunAsync(clinic.Context, patient, clinic.Inner.Ana, default))!;

    private static async Task<IReadOnlyList<StaffNote>> NotesAsync(LabClinic clinic) => [.. (await clinic.RowsAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];
}
