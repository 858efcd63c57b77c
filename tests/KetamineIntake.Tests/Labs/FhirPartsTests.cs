using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Parts and components of a panel: their days, what they attest and what was not done.</summary>
public sealed class FhirPartsTests
{
    private const string Cbc = "58410-2";

    [Fact]
    public async Task A_fresh_critical_part_is_not_hidden_by_an_older_part_of_its_panel()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "before", 13, day: "2026-10-05"));

        var told = await clinic.SendAsync(patient, Bundle(
            Report(Cbc, "r", ["Observation/h", "Observation/w"]), Observation("718-7", "h", 5, day: "2026-10-09"), Observation("6690-2", "w", 6, day: "2026-09-01")));

        Assert.Equal("HEM-01", told);
    }

    [Fact]
    public void A_panel_counts_from_its_oldest_part_and_each_value_from_its_own_day()
    {
        var result = Assert.Single(Read(Bundle(
            Report(Cbc, "r", ["Observation/h", "Observation/w", "Observation/p"]),
            Observation("718-7", "h", 5, day: null), Observation("6690-2", "w", 6, day: "2026-09-01"), Observation("777-3", "p", 200, day: "2026-10-09"))).Results);

        Assert.Equal(Day("2026-09-01"), result.CollectedOn);
        Assert.Equal([Day("2026-10-10"), null, Day("2026-10-09")], result.Values.Select(v => v.Day));
    }

    [Theory]
    [InlineData("2027-01-01", "was collected in the future")]
    [InlineData("yesterday", "is no date")]
    public void A_part_with_an_impossible_date_was_not_done(string day, string reason)
    {
        var reading = Read(Bundle(Report(Cbc, "r", ["Observation/h", "Observation/w"]), Observation("718-7", "h", 13, day: day), Observation("6690-2", "w", 6)));

        var result = Assert.Single(reading.Results);
        Assert.Equal(["6690-2"], result.Codes);
        Assert.Equal([("718-7", true), ("6690-2", false)], result.Values.Select(v => (v.Code, v.IsNotUnderstood)));
        Assert.Equal(("/entry/1/resource/effectiveDateTime", FhirOutcome.Refused, reason), (reading.Verdicts[1].Pointer, reading.Verdicts[1].Outcome, reading.Verdicts[1].Reason));
    }

    [Fact]
    public void A_value_of_no_known_code_with_an_impossible_date_is_not_kept() =>
        Assert.Equal(["6690-2"], Assert.Single(Read(Bundle(
            Report(Cbc, "r", ["Observation/n", "Observation/w"]), Observation("2951-2", "n", 139, day: "2027-01-01"), Observation("6690-2", "w", 6))).Results).Values.Select(v => v.Code));

    [Theory]
    [InlineData("{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\",\"display\":\"Platelets\"}]}VALUE}", "6690-2", "718-7 6690-2")]
    [InlineData("{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}]}VALUE,\"modifierExtension\":[{\"url\":\"urn:not\"}]}", "6690-2", "718-7 6690-2")]
    [InlineData("{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}]}VALUE}", "58410-2 718-7 6690-2", "718-7 6690-2")]
    [InlineData("{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"2951-2\"}]}VALUE}", "58410-2 6690-2", "2951-2 6690-2")]
    [InlineData("{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"2951-2\"}]}VALUE,\"modifierExtension\":[{\"url\":\"urn:not\"}]}", "58410-2 6690-2", "6690-2")]
    public void A_component_is_looked_at_like_a_part(string component, string codes, string values)
    {
        var first = component.Replace("VALUE", Quantity("718-7", 13), StringComparison.Ordinal);
        var second = $"{{\"code\":{FhirSamples.Coded("6690-2")}{Quantity("6690-2", 6)}}}";
        var result = Assert.Single(Read(Panel(Cbc, "p", [], $",\"component\":[{first},{second}]")).Results);

        Assert.Equal(codes, string.Join(' ', result.Codes));
        Assert.Equal(values, string.Join(' ', result.Values.Select(v => v.Code)));
    }

    [Theory]
    [InlineData(",\"conclusionCode\":[{\"text\":\"Acute ischemia\"}]", "ischaemia")]
    [InlineData(",\"conclusionCode\":[{\"coding\":[{\"code\":\"1\",\"display\":\"Left bundle branch block\"}]}]", "new-block")]
    [InlineData(",\"conclusion\":\"Normal ECG\",\"conclusionCode\":[{\"text\":\"Normal\"},{\"coding\":[{\"code\":\"1\"},{\"display\":\"Myocardial infarction\"}]}]", "ischaemia")]
    [InlineData(",\"conclusion\":\"Normal ECG\",\"conclusionCode\":[{\"coding\":[{\"code\":\"22298006\"}]}]", "other")]
    [InlineData(",\"conclusionCode\":[{\"coding\":[{\"code\":\"22298006\"}]}]", "other")]
    public void A_coded_conclusion_of_an_ECG_is_read_like_its_words(string conclusion, string finding) =>
        Assert.Equal(finding, AnswerText.Of(LabFacts.Of(Read(Report("34534-8", "e", [], conclusion)).Results, [], Bounds)["ecg.finding"]));

    [Theory]
    [InlineData("77147-7", "egfr")]
    [InlineData("88294-4", "egfr")]
    [InlineData("69405-9", "egfr")]
    [InlineData("1743-4", "alt.uln")]
    [InlineData("1744-2", "alt.uln")]
    [InlineData("30239-8", "ast.uln")]
    [InlineData("88112-8", "ast.uln")]
    [InlineData("20509-6", "hemoglobin")]
    [InlineData("26515-7", "platelets")]
    [InlineData("778-1", "platelets")]
    [InlineData("26464-8", "wbc")]
    [InlineData("804-5", "wbc")]
    public void Other_codes_of_the_same_quantities_are_read(string code, string quantity)
    {
        var unit = quantity switch { "egfr" => "mL/min", "hemoglobin" => "g/dL", "platelets" or "wbc" => "K/uL", _ => "U/L" };

        Assert.Contains(quantity, LabFacts.Of([Measured("2026-10-01", Value(code, 15, unit))], [], Bounds).Keys);
    }

    [Fact]
    public void Of_two_codes_of_one_quantity_the_one_that_is_required_counts()
    {
        var both = Observation("1743-4", "a", 20).Replace("\"coding\":[", "\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1742-6\"},", StringComparison.Ordinal);
        var turned = Observation("1742-6", "a", 20).Replace("\"coding\":[", "\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1743-4\"},", StringComparison.Ordinal);

        Assert.Equal(["1742-6"], Assert.Single(Read(both).Results).Codes);
        Assert.Equal(["1742-6"], Assert.Single(Read(turned).Results).Codes);
    }
}
