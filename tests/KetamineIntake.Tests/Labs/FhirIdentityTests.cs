using System.Text.Json;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What a resource is called, and what must not be lost when two are called the same.</summary>
public sealed class FhirIdentityTests
{
    private static readonly FhirLabContext Context = new(Requirements, Day("2026-11-21"), DateTimeZoneProviders.Tzdb["America/New_York"], null, Units);

    [Theory]
    [InlineData("ACSN")]
    [InlineData("PLAC")]
    [InlineData("PGN")]
    public void Numbers_that_several_results_share_name_none_of_them(string type)
    {
        var reading = Read(Bundle(Shared("718-7", "h", 5, type), Shared("777-3", "p", 200, type), Shared("6690-2", "w", 6, type)));

        Assert.Equal(3, reading.Results.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(reading.Verdicts, v => Assert.Equal(FhirOutcome.Accepted, v.Outcome));
    }

    [Fact]
    public void An_untyped_number_names_a_test_in_a_tube_and_not_the_tube()
    {
        var reading = Read(Bundle(Shared("718-7", "h", 5, "X"), Shared("777-3", "p", 200, "X"), Shared("20509-6", "g", 6, "X"), Shared("98979-8", "e", 80, "X")));

        // Two hemoglobins under one number cannot be told apart.
        Assert.Equal(["777-3", "98979-8"], reading.Results.SelectMany(r => r.Codes));
        Assert.Equal([FhirOutcome.Refused, FhirOutcome.Accepted, FhirOutcome.Refused, FhirOutcome.Accepted], reading.Verdicts.Select(v => v.Outcome));
        Assert.Equal("goes by the same identifier or id as another result of this document: each needs its own", reading.Verdicts[0].Reason);
    }

    [Theory]
    [InlineData("FILL", "b")]
    [InlineData("MR", "a")]
    public void The_fillers_number_comes_first(string type, string first)
    {
        string Numbered(string more) => Observation("718-7", "h", 5, $$$""","identifier":[{"system":"s","value":"a"}{{{more}}}]""");
        var known = Assert.Single(Read(Numbered($$$""",{"type":{"coding":[{"code":"{{{type}}}"}]},"system":"s","value":"b"}""")).Results);
        var alone = Assert.Single(Read(Observation("718-7", "x", 5, $$$""","identifier":[{"system":"s","value":"{{{first}}}"}]""")).Results);

        Assert.Equal(alone.Id, known.Id);
    }

    [Fact]
    public void Two_values_of_one_version_are_refused_and_a_version_sent_twice_is_one()
    {
        var one = Observation("718-7", "h", 5, "");

        Assert.Empty(Read(Bundle(one, Observation("718-7", "h", 13, ""))).Results);
        Assert.Single(Read(Bundle(one, one)).Results.Distinct());
        Assert.Equal(2, Read(Bundle(one, Observation("718-7", "h", 13, "").Replace("final", "corrected", StringComparison.Ordinal))).Results.Count);
    }

    [Fact]
    public void A_parts_own_specimen_dates_it_and_of_several_the_oldest()
    {
        var json = Bundle(
            """{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"58410-2"}]},"effectiveDateTime":"2026-10-10","result":[{"reference":"Observation/h"}]}""",
            Observation("718-7", "h", 13, ""","specimen":{"reference":"Specimen/s"}""").Replace("\"effectiveDateTime\":\"2026-10-01\",", "", StringComparison.Ordinal),
            """{"resourceType":"Specimen","id":"s","collection":{"collectedDateTime":"2026-05-01"}}""");
        var two = """{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"11524-6"}]},"effectiveDateTime":"2026-10-10","specimen":[{"reference":"Specimen/s"},{"reference":"Specimen/t"}]}""";

        Assert.Equal(Day("2026-05-01"), Assert.Single(Read(json).Results).CollectedOn);
        Assert.Equal(Day("2026-04-01"), Assert.Single(Read(Bundle(two, Specimen("s", "2026-05-01"), Specimen("t", "2026-04-01"))).Results).CollectedOn);
    }

    [Fact]
    public void A_retraction_knows_every_name_of_the_resource()
    {
        var named = Observation("718-7", "h", 5, ""","identifier":[{"system":"urn:lab","value":"7"}]""");
        var sent = Assert.Single(Read(named).Results);
        var byAddress = Assert.Single(Read(Observation("718-7", "h", 5, "").Replace("final", "entered-in-error", StringComparison.Ordinal)).Results);

        Assert.NotEqual(sent.Id, byAddress.Id);
        Assert.Contains(byAddress.Id, sent.AlsoKnownAs);
    }

    [Fact]
    public void A_correction_to_no_value_takes_the_old_one_back()
    {
        var final = Assert.Single(Read(Observation("718-7", "h", 5, "")).Results);
        var emptied = Assert.Single(Read("""{"resourceType":"Observation","id":"h","status":"corrected","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"effectiveDateTime":"2026-10-01"}""").Results);

        Assert.Equal(final.Id, emptied.Id);
        Assert.True(emptied.TakesBack);
        var record = LabRecord.First(Patient, final, Noon).With(emptied, Noon)!;
        Assert.False(record.Current.Counts);
        var again = final with { Status = LabResultStatus.Corrected, Values = [Value("718-7", 6, "g/dL")] };
        Assert.True(record.With(again, Noon)!.Current.Counts);
    }

    [Theory]
    [InlineData("""{"value":12,"code":"g/L","unit":"g/dL"}""", true)]
    [InlineData("""{"value":12,"code":"g/dL","unit":"gm/dl"}""", false)]
    [InlineData("""{"value":12,"code":"g/dL","unit":"grams per deciliter"}""", false)]
    public void A_unit_in_words_that_contradicts_its_code_cannot_be_read(string quantity, bool unreadable)
    {
        var result = Assert.Single(Read(Observation("718-7", "h", 5, "").Replace("""{"value":5,"unit":"g/dL"}""", quantity, StringComparison.Ordinal)).Results);

        Assert.Equal(unreadable, LabFacts.Unreadable([result], Bounds).Any());
    }

    [Fact]
    public void A_finding_behind_the_kept_length_of_a_text_is_kept()
    {
        var text = "Normal ECG. " + new string('x', 600) + " Acute ischemia.";
        var json = $$"""{"resourceType":"Observation","id":"e","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8601-7"}]},"effectiveDateTime":"2026-10-01","valueString":"{{text}}"}""";

        Assert.Equal("ischaemia", LabWords.EcgFinding(Assert.Single(Read(json).Results).Values.Single().Text));
    }

    [Fact]
    public void The_unit_of_a_reference_range_is_kept_where_it_differs()
    {
        string Ranged(string unit) => Assert.Single(Read(
            Observation("1742-6", "a", 3, $$$""","referenceRange":[{"high":{"value":40,"unit":"{{{unit}}}"}}]""").Replace("g/dL", "ukat/L", StringComparison.Ordinal)).Results).Values.Single().RangeUnit ?? "same";

        Assert.Equal("U/L", Ranged("U/L"));
        Assert.Equal("same", Ranged("ukat/L"));
    }

    [Fact]
    public void A_value_of_a_code_that_no_rule_knows_is_kept_and_attests_nothing()
    {
        var panel = """{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"24323-8"}]},"effectiveDateTime":"2026-10-10","result":[{"reference":"Observation/na"},{"reference":"Observation/c"}]}""";
        var result = Assert.Single(Read(Bundle(panel, Observation("2951-2", "na", 140, ""), Observation("2160-0", "c", 1, ""))).Results);

        Assert.Equal(["2951-2", "2160-0"], result.Values.Select(v => v.Code));
        Assert.Equal(["24323-8", "2160-0"], result.Codes);
        Assert.Equal(Day("2026-10-01"), result.CollectedOn);
        var less = LabRecord.First(Patient, result, Noon).Without(result.Values[0].SourceId!, Noon)!.Current;
        Assert.Equal(["24323-8", "2160-0"], less.Codes);
    }

    private static string Shared(string code, string id, int value, string type) =>
        Observation(code, id, value, $$$""","identifier":[{"type":{"coding":[{"code":"{{{type}}}"}]},"system":"urn:lab","value":"A-7"}]""");

    private static string Observation(string code, string id, int value, string more) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"{{{code}}}"}]},"effectiveDateTime":"2026-10-01","valueQuantity":{"value":{{{value}}},"unit":"g/dL"}{{{more}}}}""";

    private static string Specimen(string id, string day) => $$$"""{"resourceType":"Specimen","id":"{{{id}}}","collection":{"collectedDateTime":"{{{day}}}"}}""";

    private static string Bundle(params string[] resources) =>
        """{"resourceType":"Bundle","type":"collection","entry":[""" + string.Join(',', resources.Select(r => "{\"resource\":" + r + "}")) + "]}";

    private static FhirLabReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return FhirLabs.Read(document.RootElement, Context);
    }
}
