using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Corrections that have only their laboratory's own code.</summary>
public sealed class LocalCorrectionsTests
{
    [Theory]
    [InlineData("corrected")]
    [InlineData("amended")]
    public async Task One_whose_address_names_one_result_corrects_it(string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "M-1", 7)));

        Assert.Equal("", await clinic.SendAsync(patient, Local("M-1", 13, status)));
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Local("M-1", 6, status)));
        Assert.Empty(await NotesAsync(clinic));
    }

    [Fact]
    public async Task One_whose_number_names_one_result_corrects_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", null, 7, Identifiers("A-1"))));

        Assert.Equal("", await clinic.SendAsync(patient, Local(null, 13, "corrected", Identifiers("A-1"))));
    }

    [Fact]
    public async Task One_that_names_a_value_inside_a_panel_corrects_that()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Bundle(Report("58410-2", "r", ["Observation/h", "Observation/p"]), Observation("718-7", "h", 7), Observation("777-3", "p", 200))));

        Assert.Equal("", await clinic.SendAsync(patient, Local("h", 13, "corrected")));
    }

    [Fact]
    public async Task One_without_a_value_takes_back_what_it_names()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "M-1", 7));

        Assert.Equal("", await clinic.SendAsync(patient, Local("M-1", 13, "corrected").Replace(Quantity("HGB", 13), "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("two")]
    public async Task One_that_names_nothing_or_two_results_becomes_one_note_and_waits(string names)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Bundle(Observation("718-7", null, 7, Identifiers("T-1")), Observation("777-3", null, 200, Identifiers("T-1"))));
        var correction = Local(null, 13, "corrected", Identifiers(names == "two" ? "T-1" : "Z-9"));

        var added = await clinic.AddAsync(patient, [.. Read(correction).Results]);
        await clinic.AddAsync(patient, [.. Read(correction).Results]);

        Assert.Equal([0], added.Unplaced);
        Assert.Equal(["HEM-01"], added.View.Findings.Select(f => f.Rule));
        var note = Assert.Single(await NotesAsync(clinic));
        Assert.Equal((NoteKind.Labs, patient), (note.Kind, note.PatientIds.Single()));
        Assert.Equal(UnplacedReason.NoOriginal, Assert.Single(added.View.Unplaced).What.Reason);
        Assert.Single(await clinic.KeysAsync(Rows.PatientUnplacedLabs(patient)));
    }

    [Fact]
    public async Task One_in_the_same_document_as_what_it_corrects_finds_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal("", await clinic.SendAsync(patient, Bundle(Local("M-1", 13, "corrected"), Observation("718-7", "M-1", 7))));
    }

    private static string Local(string? id, decimal value, string status, string members = "") =>
        Observation("HGB", id, value, members, status).Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal).Replace("K/uL", "g/dL", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<StaffNote>> NotesAsync(LabClinic clinic) => [.. (await clinic.RowsAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];
}
