using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A laboratory that could not do a test sends words where the number would be.</summary>
public sealed class TestsNotDoneTests
{
    private const string Cmp = "24323-8";

    public static TheoryData<string, string> Numbers
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var code in LabKinds.All.Where(k => k.IsNumber).Select(k => k.Codes[0]))
            {
                foreach (var words in new[] { "TNP", "TEST NOT PERFORMED - specimen hemolyzed", "QNS", "see note", "cancelled" })
                {
                    data.Add(code, words);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Words_for_a_number_attest_nothing_and_are_kept(string code, string words)
    {
        var result = Assert.Single(Read(Said(code, "o", words)).Results);

        Assert.Empty(result.Attested);
        Assert.Equal(words, Assert.Single(result.Values).Text);
    }

    [Theory]
    [InlineData("valueString\":\"TNP\"", false)]
    [InlineData("valueCodeableConcept\":{\"text\":\"Test not performed\"}", false)]
    [InlineData("valueCodeableConcept\":{\"coding\":[{\"code\":\"TNP\"}]}", false)]
    [InlineData("valueString\":\"0.9 mg/dL\"", true)]
    [InlineData("valueString\":\"<0.1\"", true)]
    [InlineData("valueInteger\":1", true)]
    public void A_creatinine_is_a_kidney_test_only_with_a_number(string value, bool counts)
    {
        var result = Assert.Single(Read(Observation("2160-0", "c", 1).Replace("valueQuantity\":{\"value\":1,\"unit\":\"K/uL\"}", value, StringComparison.Ordinal)).Results);

        Assert.Equal(counts ? LabStanding.Valid : LabStanding.Missing, Standing(LabTests.Kidney, result));
    }

    [Theory]
    [InlineData("8601-7")]
    [InlineData("2106-3")]
    public void What_is_said_in_words_is_attested_by_words(string code) =>
        Assert.Equal([code], Assert.Single(Read(Said(code, "o", "Negative")).Results).Attested);

    [Fact]
    public void A_metabolic_panel_without_its_ALT_is_no_liver_test_but_what_was_done_of_it_counts()
    {
        var result = Assert.Single(Read(Bundle(
            Report(Cmp, "r", ["Observation/a", "Observation/b", "Observation/c"]),
            Said("1742-6", "a", "TNP"), Observation("1920-8", "b", 20), Observation("2160-0", "c", 1))).Results);

        Assert.Equal(["1920-8", "2160-0"], result.Codes);
        Assert.Equal("TNP", result.Values.Single(v => v.Code == "1742-6").Text);
        Assert.Equal(LabStanding.Missing, Standing(LabTests.Liver, result));
        Assert.Equal(LabStanding.Valid, Standing(LabTests.Kidney, result));
        Assert.Equal(["1742-6"], LabFacts.Unreadable([result], Bounds).Select(v => v.Code));
    }

    [Fact]
    public void A_component_that_was_not_done_takes_its_panel_with_it_too()
    {
        string Component(string code, string value) => $"{{\"code\":{FhirSamples.Coded(code)}{value}}}";
        var result = Assert.Single(Read(Panel(
            Cmp, "p", [], $",\"component\":[{Component("1742-6", Quantity("1742-6", 20))},{Component("1920-8", ",\"valueString\":\"QNS\"")}]")).Results);

        Assert.Equal(["1742-6"], result.Codes);
        Assert.Equal(["1742-6", "1920-8"], result.Values.Select(v => v.Code));
    }

    [Fact]
    public void A_panel_of_nothing_but_words_attests_nothing()
    {
        var result = Assert.Single(Read(Bundle(
            Report(Cmp, "r", ["Observation/a", "Observation/b", "Observation/c"]),
            Said("1742-6", "a", "TNP"), Said("1920-8", "b", "TNP"), Said("2160-0", "c", "TNP"))).Results);

        Assert.Empty(result.Attested);
        Assert.Equal(3, result.Values.Count);
    }

    [Fact]
    public async Task A_number_corrected_to_words_counts_no_more_and_is_named()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("98979-8", "e", 88));
        Assert.False((await clinic.FlagsAsync(patient)).SingleOrDefault(f => f.Test == LabTests.Kidney)?.IsOpen ?? false);

        var corrected = Read(Said("98979-8", "e", "see note", "corrected")).Results;
        var view = (await clinic.AddAsync(patient, [.. corrected])).View;

        Assert.True((await clinic.FlagsAsync(patient)).Single(f => f.Test == LabTests.Kidney).IsOpen);
        Assert.Equal(["98979-8"], view.Unreadable);
    }

    private static string Said(string code, string id, string words, string status = "final") =>
        Observation(code, id, 1, status: status).Replace(Quantity(code, 1), $",\"valueString\":\"{words}\"", StringComparison.Ordinal);

    private static LabStanding Standing(string test, LabResult result) =>
        LabJudgement.Judge([.. Requirements.Where(r => r.Test == test)], [result], [], Day("2026-11-01")).Single().Standing;
}
