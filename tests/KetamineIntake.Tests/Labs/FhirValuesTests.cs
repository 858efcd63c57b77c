using KetamineIntake.Core.Labs;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>The ways in which laboratories write a value, a code and a range.</summary>
public sealed class FhirValuesTests
{
    [Theory]
    [InlineData("""{"valueInteger":5}""", 5, null)]
    [InlineData("""{"valueString":"7.25 g/dL"}""", 7.25, "g/dL")]
    [InlineData("""{"valueString":"7.2"}""", 7.2, null)]
    [InlineData("""{"valueCodeableConcept":{"text":"9 g/dL"}}""", 9, "g/dL")]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"system":"x"},{"display":"8","code":"3"}]}}""", 8, null)]
    [InlineData("""{"valueCodeableConcept":{"coding":[{"code":"3"}]}}""", 3, null)]
    [InlineData("""{"valueCodeableConcept":{"text":"9","coding":[{"display":"8"}]}}""", 9, null)]
    public void A_number_is_read_however_it_is_written(string members, double number, string? unit)
    {
        var value = ValueOf("718-7", members);

        Assert.Equal(((decimal)number, unit, null), (value.Number, value.Unit, value.Comparator));
    }

    [Theory]
    [InlineData(">")]
    [InlineData(">=")]
    [InlineData("<")]
    [InlineData("<=")]
    public void A_comparator_in_words_is_kept(string comparator)
    {
        var value = ValueOf("98979-8", "{\"valueString\":\"" + comparator + " 60 mL/min/1.73 m2\"}");

        Assert.Equal((60m, comparator, "mL/min/1.73 m2"), (value.Number, value.Comparator, value.Unit));
    }

    [Theory]
    [InlineData("""{"conclusion":"Sinus rhythm","conclusionCode":[{"text":"Abnormal","coding":[{"display":"Left bundle branch block","code":"1"}]},{"coding":[{"code":"426"}]}]}""", "Sinus rhythm; Abnormal; Left bundle branch block; 426")]
    [InlineData("""{"conclusion":"Normal","conclusionCode":[{"text":"Normal"}]}""", "Normal")]
    [InlineData("""{"valueString":"Normal ECG","conclusion":"Ischemia"}""", "Normal ECG")]
    public void An_ECGs_reader_concludes_in_words_in_codes_or_in_both(string members, string words) =>
        Assert.Equal(words, ValueOf("11524-6", members, "DiagnosticReport").Text);

    [Fact]
    public void The_conclusion_of_what_is_no_ECG_is_no_value() =>
        Assert.Empty(Assert.Single(Read(Resource("24325-3", """{"conclusion":"Normal"}""", "DiagnosticReport")).Results).Values);

    [Theory]
    [InlineData("http://loinc.org")]
    [InlineData("https://loinc.org")]
    [InlineData("http://loinc.org/")]
    [InlineData("https://loinc.org/")]
    [InlineData("http://www.loinc.org")]
    [InlineData("urn:oid:2.16.840.1.113883.6.1")]
    [InlineData("HTTP://LOINC.ORG")]
    public void LOINC_goes_by_several_addresses(string system) =>
        Assert.Single(Read(Observation("718-7", "h", 13).Replace("http://loinc.org", system, StringComparison.Ordinal)).Results);

    [Fact]
    public void A_local_code_list_that_borrows_LOINCs_numbers_is_not_LOINC() =>
        Assert.Equal("has a LOINC code under a system that is not LOINC's", Assert.Single(Read(Observation("718-7", "h", 13).Replace("http://loinc.org", "urn:local", StringComparison.Ordinal)).Verdicts).Reason);

    [Fact]
    public void A_part_whose_codes_contradict_each_other_leaves_its_panel_open_and_is_named()
    {
        var odd = Observation("1742-6", "a", 20).Replace("\"code\":\"1742-6\"}", "\"code\":\"1742-6\"},{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}", StringComparison.Ordinal);
        var result = Assert.Single(Read(Bundle(Report("24325-3", "r", ["Observation/a", "Observation/b"]), odd, Observation("1920-8", "b", 20))).Results);

        Assert.Equal(["1920-8"], result.Codes);
        Assert.Equal([("1742-6", true), ("718-7", true), ("1920-8", false)], result.Values.Select(v => (v.Code, v.IsNotUnderstood)));
    }

    [Theory]
    [InlineData("""{"low":{"value":10,"unit":"U/L"}}""", 10, null, null)]
    [InlineData("""{"high":{"value":40,"code":"ukat/L","unit":"U/L"}}""", null, 40, "ukat/L")]
    [InlineData("""{"low":{"value":1,"unit":"ukat/L"},"high":{"value":40,"unit":"U/L"}}""", 1, 40, null)]
    [InlineData("""{"low":{"value":10,"unit":"ukat/L"},"high":{"value":40}}""", 10, 40, "ukat/L")]
    [InlineData("""{"type":{"text":"Normal range"},"high":{"value":40}}""", null, 40, null)]
    [InlineData("""{"type":{"text":"Therapeutic"},"high":{"value":40}}""", null, null, null)]
    [InlineData("""{"type":{"coding":[{"display":"odd"}]},"high":{"value":40}}""", null, null, null)]
    public void A_range_is_read_with_the_unit_of_its_upper_limit_first(string range, int? low, int? high, string? unit)
    {
        var value = ValueOf("1742-6", "{\"valueQuantity\":{\"value\":20,\"unit\":\"U/L\"},\"referenceRange\":[" + range + "]}");

        Assert.Equal(((decimal?)low, (decimal?)high, unit), (value.Low, value.High, value.RangeUnit));
    }

    [Theory]
    [InlineData("""{"text":"Therapeutic"}""", "Therapeutic")]
    [InlineData("""{"text":"Therapeutic","coding":[{"code":"treatment"}]}""", "treatment")]
    [InlineData("""{"coding":[{"display":"odd"}]}""", "unknown")]
    public void A_range_of_another_meaning_is_kept_with_its_meaning(string type, string meaning)
    {
        var value = ValueOf("1742-6", "{\"valueQuantity\":{\"value\":20,\"unit\":\"U/L\"},\"referenceRange\":[{\"type\":" + type + ",\"high\":{\"value\":40}}]}");

        Assert.Equal([new LabRange(null, 40, null, meaning)], value.Ranges!);
    }

    [Fact]
    public void What_nobody_has_named_goes_by_all_that_it_says()
    {
        string[] sent =
        [
            Observation("718-7", null, 5), Observation("718-7", null, 6), Observation("718-7", null, 5, day: "2026-10-02"), Observation("20509-6", null, 5),
            Observation("718-7", null, 5, ",\"referenceRange\":[{\"high\":{\"value\":16}}]"), Observation("718-7", null, 5).Replace("g/dL", "g/L", StringComparison.Ordinal),
        ];

        Assert.Equal(sent.Length, sent.Select(s => Assert.Single(Read(s).Results).Id).Distinct(StringComparer.Ordinal).Count());
    }

    private static LabValue ValueOf(string code, string members, string type = "Observation") => Assert.Single(Assert.Single(Read(Resource(code, members, type)).Results).Values);

    private static string Resource(string code, string members, string type) =>
        $"{{\"resourceType\":\"{type}\",\"id\":\"x\",\"status\":\"final\",\"code\":{Coded(code)},\"effectiveDateTime\":\"2026-10-01\"," + members[1..];
}
