using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>LOINC codes that are not listed, under which a value of a test of ours comes by its words.</summary>
public sealed class NotListedTests
{
    [Theory]
    [InlineData("96592-1", "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum by EKFC", "98979-8", LabTests.Kidney)]
    [InlineData("30350-3", "Hemoglobin [Mass/volume] in Venous blood", "718-7", LabTests.Cbc)]
    [InlineData("97995-5", "Platelets [#/volume] in Blood by Fluorescence", "777-3", LabTests.Cbc)]
    [InlineData("49498-9", "Leukocytes [#/volume] in Blood by Estimate", "6690-2", LabTests.Cbc)]
    [InlineData("76485-2", "Alanine aminotransferase in Capillary blood", "1742-6", LabTests.Liver)]
    [InlineData("8884-9", "EKG rhythm", "8601-7", LabTests.Ecg)]
    public async Task A_value_under_one_waits_for_staff_who_are_told_and_keeps_its_test_from_being_valid(string code, string words, string named, string test)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, LabResultReader.Typed(test, Day("2026-09-15"), LabResultStatus.Final));

        var reading = Read(Foreign(code, words));
        var view = await StoreAsync(clinic, patient, reading);

        Assert.Equal(FhirOutcome.Kept, Assert.Single(reading.Verdicts).Outcome);
        Assert.Equal([named], view.Unreadable);
        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == test).Standing);
        Assert.Single(await NotesAsync(clinic));

        await clinic.AddAsync(patient, LabResultReader.Typed(test, Day("2026-11-10"), LabResultStatus.Final));
        Assert.Equal(LabStanding.Valid, (await clinic.AddAsync(patient)).View.Statuses.Single(s => s.Test == test).Standing);
    }

    [Theory]
    [InlineData("component")]
    [InlineData("member")]
    [InlineData("report")]
    [InlineData("contained")]
    public async Task It_does_so_inside_a_panel_that_is_ours_and_one_that_is_none(string place)
    {
        foreach (var panel in new[] { "24323-8", "69738-3" })
        {
            await using var clinic = await LabClinic.StartAsync("2026-11-20");
            var patient = await clinic.PatientAsync();
            var part = Foreign("96592-1", "eGFR by EKFC", "e");
            var component = $"{{\"code\":{{\"coding\":[{{\"system\":\"http://loinc.org\",\"code\":\"96592-1\",\"display\":\"eGFR by EKFC\"}}]}}{Quantity("98979-8", 12)}}}";
            var json = place switch
            {
                "component" => Panel(panel, "p", [], $",\"component\":[{component}]"),
                "member" => Bundle(Panel(panel, "p", ["Observation/e"]), part),
                "report" => Bundle(Report(panel, "p", ["Observation/e"]), part),
                _ => Report(panel, "p", ["#e"], $",\"contained\":[{part}]"),
            };

            var view = await StoreAsync(clinic, patient, Read(json));

            Assert.Contains("98979-8", view.Unreadable);
            Assert.NotEqual(LabStanding.Valid, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
        }
    }

    [Fact]
    public async Task A_listed_component_of_an_observation_that_is_none_of_ours_is_not_passed_over()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        var view = await StoreAsync(clinic, patient, Read(Panel("69738-3", "p", [], $",\"component\":[{{\"code\":{Coded("777-3")}{Quantity("777-3", 12)}}}]")));

        Assert.Equal(["777-3"], view.Unreadable);
        Assert.Equal(["777-3: 12 K/uL"], Assert.Single(view.Unplaced).What.Values);
    }

    [Theory]
    [InlineData("5794-3", "Hemoglobin [Presence] in Urine by Test strip")]
    [InlineData("2161-8", "Creatinine [Mass/volume] in Urine")]
    [InlineData("5821-4", "Leukocytes [#/area] in Urine sediment by Microscopy high power field")]
    [InlineData("32623-1", "Platelet mean volume [Entitic volume] in Blood by Automated count")]
    [InlineData("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood")]
    [InlineData("785-6", "MCH [Entitic mass] by Automated count")]
    [InlineData("770-8", "Neutrophils/100 leukocytes in Blood by Automated count")]
    [InlineData("9318-7", "Albumin/Creatinine [Mass Ratio] in Urine")]
    [InlineData("2335-8", "Hemoglobin.gastrointestinal [Presence] in Stool")]
    [InlineData("20405-7", "WBC, UA")]
    [InlineData("20409-9", "Hemoglobin, UA")]
    [InlineData("2161-8", "Creat Ur")]
    [InlineData("14957-5", "Creat UrnS")]
    [InlineData("26465-5", "WBC # CSF")]
    [InlineData("8634-8", "Q-T interval")]
    [InlineData("30799-1", "MRI white matter")]
    [InlineData("5077-5", "Glomerular basement membrane Ab")]
    [InlineData("11996-6", "[#] Pregnancies")]
    [InlineData("2951-2", "Sodium [Moles/volume] in Serum or Plasma")]
    public void What_only_sounds_like_it_is_passed_over(string code, string words) =>
        Assert.Equal(FhirOutcome.PassedOver, Assert.Single(Read(Foreign(code, words)).Verdicts).Outcome);

    [Theory]
    [InlineData("777-3", "Platelets; large platelets seen")]
    [InlineData("2160-0", "Creatinine, pre-dialysis")]
    public void Words_beside_a_listed_code_say_no_more_than_the_code(string code, string words) =>
        Assert.Equal(FhirOutcome.Accepted, Assert.Single(Read(Foreign(code, words)).Verdicts).Outcome);

    [Fact]
    public void An_order_or_a_panel_without_a_value_is_passed_over() =>
        Assert.Equal(FhirOutcome.PassedOver, Assert.Single(Read(Foreign("30350-3", "Hemoglobin").Replace(Quantity("718-7", 12), "", StringComparison.Ordinal)).Verdicts).Outcome);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_laboratory_corrects_what_staff_have_matched_and_takes_back_what_waits(bool isByNumber)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        string Json(decimal value, string status) => Foreign("96592-1", "eGFR by EKFC", isByNumber ? null : "e", status, isByNumber ? Identifiers("A-1") : "", value);
        var waiting = Assert.Single((await StoreAsync(clinic, patient, Read(Json(12, "final")))).Unplaced);
        Assert.IsType<PlaceLabOutcome.Placed>(await new UnplacedLabs(clinic.Add, clinic.Inner.Clock).MatchAsync(clinic.Context, patient, waiting.What.Id, "eGFR", Day("2026-10-01"), clinic.Inner.Ana, default));
        Assert.Equal(["REN-01"], (await clinic.AddAsync(patient)).View.Findings.Select(f => f.Rule));

        Assert.Empty((await StoreAsync(clinic, patient, Read(Json(90, "corrected")))).Findings);

        var other = await clinic.PatientAsync();
        Assert.Single((await StoreAsync(clinic, other, Read(Json(12, "final")))).Unplaced);
        Assert.Empty((await StoreAsync(clinic, other, Read(Json(12, "entered-in-error")))).Unplaced);
    }

    private static string Foreign(string code, string words, string? id = "f", string status = "final", string members = "", decimal value = 12) =>
        Observation("718-7", id, value, members, status).Replace("{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}", $"{{\"system\":\"http://loinc.org\",\"code\":\"{code}\",\"display\":\"{words}\"}}", StringComparison.Ordinal)
            .Replace("g/dL", code == "96592-1" ? "mL/min" : "g/dL", StringComparison.Ordinal);

    private static async Task<LabView> StoreAsync(LabClinic clinic, string patient, FhirLabReading reading)
    {
        Assert.IsType<AddLabResultsOutcome.Added>(await clinic.Add.RunAsync(clinic.Context, patient, [.. reading.Results], "ana", default, [.. reading.Unplaced.Select(u => u.What)]));
        return (await new FindLabs(clinic.Inner.Clock).RunAsync(clinic.Context, patient, clinic.Inner.Ana, default))!;
    }

    private static async Task<IReadOnlyList<StaffNote>> NotesAsync(LabClinic clinic) => [.. (await clinic.RowsAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];
}
