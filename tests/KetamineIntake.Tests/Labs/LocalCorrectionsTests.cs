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

    [Fact]
    public async Task An_addendum_without_a_word_that_is_read_takes_nothing_back_and_is_named()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Report("11524-6", "e", [], ",\"conclusion\":\"Acute anterior infarct\""));

        foreach (var day in new[] { "2026-10-10", null })
        {
            var view = (await clinic.AddAsync(patient, [.. Read(Report("ADD", "e", [], status: "appended", day: day).Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal)).Results])).View;

            Assert.Equal(["CV-12"], view.Findings.Select(f => f.Rule));
            Assert.Equal(["11524-6"], view.Unreadable);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-11-19T10:00:00Z")]
    public async Task A_correction_with_our_code_and_no_day_counts_from_the_day_of_what_it_corrects(string? issued)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        Assert.Equal("", await clinic.SendAsync(patient, Observation("777-3", "p", 250)));
        string Undated(string id) => Observation("777-3", id, 15, issued is null ? "" : $",\"issued\":\"{issued}\"", "corrected", day: null);

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Undated("p")));
        Assert.Equal(Core.Labs.LabStanding.Missing, (await clinic.AddAsync(patient)).View.Statuses.Single(s => s.Test == "cbc").Standing);
        Assert.Equal(LabSamples.Day("2026-10-01"), (await clinic.AddAsync(patient)).View.Results.Single().CollectedOn);
        Assert.Empty(await NotesAsync(clinic));

        var added = await clinic.AddAsync(patient, [.. Read(Undated("q")).Results]);
        Assert.Equal(UnplacedReason.NoDate, Assert.Single(added.View.Unplaced).What.Reason);
        Assert.Single(await NotesAsync(clinic));
    }

    [Theory]
    [InlineData("exam", "")]
    [InlineData("therapy", "")]
    [InlineData("vital-signs", "HEM-01")]
    public async Task One_of_a_kind_that_is_passed_over_corrects_what_it_names_and_is_no_matter_for_staff_otherwise(string category, string told)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "M-1", 7)));
        string Of(string id, decimal value) => Local(id, value, "corrected", $",\"category\":[{{\"coding\":[{{\"code\":\"{category}\"}}]}}]");

        Assert.Equal(told, await clinic.SendAsync(patient, Of("M-1", told.Length == 0 ? 13 : 6)));
        Assert.Equal(told, await clinic.SendAsync(patient, Of("Z-9", 5)));
        Assert.Empty(await NotesAsync(clinic));
        Assert.Empty(await clinic.KeysAsync(Rows.PatientUnplacedLabs(patient)));
    }

    private static string Local(string? id, decimal value, string status, string members = "") =>
        Observation("HGB", id, value, members, status).Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal).Replace("K/uL", "g/dL", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<StaffNote>> NotesAsync(LabClinic clinic) => [.. (await clinic.RowsAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];
}
