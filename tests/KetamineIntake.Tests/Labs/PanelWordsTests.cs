using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What is said of a whole panel, and parts that are ours only by their words: named to the clinician, and no test.</summary>
public sealed class PanelWordsTests
{
    private const string Cbc = "58410-2";
    private const string Cmp = "24323-8";

    [Theory]
    [InlineData(""" "valueString":"hemoglobin 5.2 critical" """)]
    [InlineData(""" "valueQuantity":{"value":5.2,"unit":"g/dL"} """)]
    [InlineData(""" "valueInteger":5 """)]
    [InlineData(""" "valueCodeableConcept":{"text":"Critically abnormal"} """)]
    [InlineData(""" "interpretation":[{"coding":[{"code":"LL"}]}] """)]
    [InlineData(""" "valueString":"Normal","interpretation":[{"coding":[{"code":"LL"}]}] """)]
    [InlineData(""" "note":[{"text":"Specimen clotted"}] """)]
    public async Task A_panels_own_value_is_named_and_is_no_test(string value)
    {
        var json = Observation(Cbc, "o", 1).Replace(Quantity(Cbc, 1), "," + value.Trim(), StringComparison.Ordinal);

        Assert.Equal((Cbc, LabStanding.Missing), await SeenAsync(json, LabTests.Cbc));
    }

    [Theory]
    [InlineData(""" "conclusion":"Specimen clotted. No result reported." """)]
    [InlineData(""" "conclusion":"Severe pancytopenia, platelets 8" """)]
    [InlineData(""" "conclusionCode":[{"text":"leukemia"}] """)]
    [InlineData(""" "presentedForm":[{"contentType":"application/pdf"}] """)]
    public async Task A_report_that_says_its_result_in_words_or_in_a_document_is_named_and_is_no_test(string members) =>
        Assert.Equal((Cbc, LabStanding.Missing), await SeenAsync(Report(Cbc, "r", [], "," + members.Trim()), LabTests.Cbc));

    [Theory]
    [InlineData("")]
    [InlineData(",\"conclusion\":\"Within normal limits\"")]
    [InlineData(",\"conclusionCode\":[{\"text\":\"Normal\"}]")]
    public async Task A_bare_report_and_one_that_says_that_all_is_normal_stay_a_test(string members) =>
        Assert.Equal(("", LabStanding.Valid), await SeenAsync(Report(Cbc, "r", [], members), LabTests.Cbc));

    [Theory]
    [InlineData("")]
    [InlineData(",\"valueString\":\"Normal\"")]
    [InlineData(",\"interpretation\":[{\"coding\":[{\"code\":\"N\"}]}]")]
    public async Task A_bare_panel_and_one_that_says_that_all_is_normal_stay_a_test(string members) =>
        Assert.Equal(("", LabStanding.Valid), await SeenAsync(Observation(Cbc, "o", 1).Replace(Quantity(Cbc, 1), members, StringComparison.Ordinal), LabTests.Cbc));

    [Theory]
    [InlineData(LabTests.Liver)]
    [InlineData(LabTests.Kidney)]
    public async Task Words_beside_good_components_are_named_and_keep_every_test_of_the_panel_open(string test)
    {
        string Component(string code, decimal value) => $"{{\"code\":{Coded(code)}{Quantity(code, value)}}}";
        var components = $",\"component\":[{Component("98979-8", 95)},{Component("1742-6", 20)},{Component("1920-8", 20)}]";

        Assert.Equal((Cmp, LabStanding.Missing), await SeenAsync(Panel(Cmp, "p", [], components + ",\"valueString\":\"eGFR 12, see PDF\""), test));
        Assert.Equal(("", LabStanding.Valid), await SeenAsync(Panel(Cmp, "p", [], components + ",\"valueString\":\"Normal\""), test));
    }

    [Fact]
    public async Task A_conclusion_beside_a_whole_blood_count_is_named_as_an_addendum_is()
    {
        Assert.Equal((Cbc, LabStanding.Missing), await SeenAsync(Count(",\"conclusion\":\"Blasts seen, acute leukemia\"", Observation("718-7", "h", 14)), LabTests.Cbc));
        Assert.Equal(("", LabStanding.Valid), await SeenAsync(Count(",\"conclusion\":\"Normal\"", Observation("718-7", "h", 14)), LabTests.Cbc));
    }

    [Fact]
    public void The_sender_is_told_of_the_words() =>
        Assert.EndsWith(
            "not understood, and named to the clinician: complete blood count",
            Read(Report(Cbc, "r", [], ",\"conclusion\":\"Blasts seen\"")).Verdicts[0].Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_line_of_a_file_with_words_for_a_panel_is_named_and_is_no_test()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var file = $"patient,test,collectedOn,loinc,value\n{patient},cbc,2026-10-01,{Cbc},Severe pancytopenia\n";
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(file), false, default))
        {
            Assert.Equal(LabImportOutcome.Stored, line.Outcome);
        }

        var view = (await new FindLabs(clinic.Inner.Clock).RunAsync(clinic.Context, patient, clinic.Inner.Ana, default))!;
        Assert.Equal([Cbc], view.Unreadable);
        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Cbc).Standing);
    }

    [Theory]
    [InlineData("{\"text\":\"Hgb\"}")]
    [InlineData("{\"coding\":[{\"code\":\"718-7\"}]}")]
    [InlineData("{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"30313-1\",\"display\":\"Hemoglobin [Mass/volume] in Arterial blood\"}]}")]
    public async Task A_part_that_is_ours_only_by_its_words_is_named_and_leaves_its_test_open(string code) =>
        Assert.Equal(("718-7", LabStanding.Missing), await SeenAsync(Count("", Observation("718-7", "h", 5).Replace(Coded("718-7"), code, StringComparison.Ordinal)), LabTests.Cbc));

    [Theory]
    [InlineData("Platelet mean volume")]
    [InlineData("Neutrophils/100 leukocytes in Blood")]
    [InlineData("Hemoglobin A1c")]
    [InlineData("Sodium")]
    public async Task A_part_that_only_has_our_names_in_its_own_is_not_named(string words)
    {
        var other = Observation("718-7", "x", 5).Replace(Coded("718-7"), $"{{\"text\":\"{words}\"}}", StringComparison.Ordinal);

        Assert.Equal(("", LabStanding.Valid), await SeenAsync(Count("", Observation("718-7", "h", 14), other), LabTests.Cbc));
    }

    [Theory]
    [InlineData("51990-0")]
    [InlineData("24321-2")]
    [InlineData("24323-8")]
    [InlineData("typed")]
    public async Task A_panel_that_is_flagged_as_a_whole_names_itself_until_a_newer_panel_or_a_person_says_more(string settledBy)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var view = (await clinic.AddAsync(patient, [.. Read(Observation("24321-2", "o", 1, ",\"interpretation\":[{\"coding\":[{\"code\":\"A\"}]}]").Replace(Quantity("24321-2", 1), "", StringComparison.Ordinal)).Results])).View;
        Assert.Equal(["24321-2"], view.Unreadable);

        await clinic.AddAsync(patient, LabSamples.Coded("2026-09-01", settledBy));
        Assert.Equal(["24321-2"], (await clinic.AddAsync(patient)).View.Unreadable);
        await clinic.AddAsync(patient, settledBy == "typed" ? LabResultReader.Typed(LabTests.Kidney, LabSamples.Day("2026-10-01"), LabResultStatus.Final) : LabSamples.Coded("2026-10-02", settledBy));

        view = (await clinic.AddAsync(patient)).View;
        Assert.Empty(view.Unreadable);
        Assert.Equal(LabStanding.Valid, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
    }

    [Fact]
    public async Task A_panel_of_two_tests_names_itself_until_both_are_seen()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, [.. Read(Report(Cmp, "r", [], ",\"conclusion\":\"Hemolyzed\"")).Results]);

        await clinic.AddAsync(patient, LabSamples.Coded("2026-11-01", "24325-3"));
        Assert.Equal([Cmp], (await clinic.AddAsync(patient)).View.Unreadable);
        await clinic.AddAsync(patient, LabSamples.Coded("2026-11-01", "98979-8"));

        Assert.Empty((await clinic.AddAsync(patient)).View.Unreadable);
    }

    private static async Task<(string Named, LabStanding Standing)> SeenAsync(string json, string test)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var view = (await clinic.AddAsync(await clinic.PatientAsync(), [.. Read(json).Results])).View;
        return (string.Join(' ', view.Unreadable), view.Statuses.Single(s => s.Test == test).Standing);
    }

    private static string Count(string members, params string[] more) => Bundle(
        [Report(Cbc, "r", ["Observation/h", "Observation/w", "Observation/p", "Observation/x"], members), Observation("6690-2", "w", 6), Observation("777-3", "p", 200), .. more]);
}
