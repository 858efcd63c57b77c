using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What a sender is told about each resource, and by which place.</summary>
public sealed class FhirReasonsTests
{
    private const string Cbc = "58410-2";

    [Theory]
    [InlineData(""","effectivePeriod":{"end":"2026-10-01"}""", "/effectivePeriod", "has no start: an unknown date is a missing result")]
    [InlineData(""","effectivePeriod":{"start":"soon"}""", "/effectivePeriod/start", "is no date")]
    [InlineData(""","effectiveDateTime":"soon" """, "/effectiveDateTime", "is no date")]
    [InlineData(""","effectiveDateTime":7""", "/effectiveDateTime", "is no date")]
    [InlineData(""","effectiveTiming":{}""", "/effectiveTiming", "is a plan, not a date of collection")]
    [InlineData("", "", "has no effective date: an unknown date is a missing result")]
    [InlineData(""","effectiveDateTime":"2026-11-22" """, "/effectiveDateTime", "was collected in the future")]
    [InlineData(""","effectiveDateTime":"2026-10-01","implicitRules":"urn:x" """, "/implicitRules", "may change the meaning of the result and is not known here")]
    [InlineData(""","effectiveDateTime":"2026-10-01","modifierExtension":[{}]""", "/modifierExtension", "may change the meaning of the result and is not known here")]
    public void An_observation_is_refused_for_a_stated_reason(string members, string pointer, string reason)
    {
        var verdict = Assert.Single(Read(Observation("718-7", "h", 13, members, day: null)).Verdicts);

        Assert.Equal((FhirOutcome.Refused, pointer, reason), (verdict.Outcome, verdict.Pointer, verdict.Reason));
    }

    [Fact]
    public void What_was_collected_today_counts() =>
        Assert.Equal(LabSamples.Day("2026-11-21"), Assert.Single(Read(Bundle(Report(Cbc, "r", ["Observation/h"], day: "2026-11-21"), Observation("718-7", "h", 13, day: "2026-11-21"))).Results).CollectedOn);

    [Theory]
    [InlineData("registered")]
    [InlineData("preliminary")]
    [InlineData("partial")]
    [InlineData("appended")]
    [InlineData("unknown")]
    public void A_part_that_is_not_final_does_not_count_and_says_so(string status)
    {
        var verdicts = Read(Bundle(Report(Cbc, "r", ["Observation/h", "Observation/p"]), Observation("718-7", "h", 13, status: status), Observation("777-3", "p", 200))).Verdicts;

        Assert.Equal(("/entry/1/resource/status", "does not count: only final, amended and corrected results do"), (verdicts[1].Pointer, verdicts[1].Reason));
    }

    [Fact]
    public void A_part_with_a_modifier_is_refused_and_a_part_of_tomorrow_too()
    {
        var reading = Read(Bundle(
            Report(Cbc, "r", ["Observation/h", "Observation/p", "Observation/w"]),
            Observation("718-7", "h", 13, ",\"modifierExtension\":[{}]"), Observation("777-3", "p", 200, day: "2026-11-22"), Observation("6690-2", "w", 6)));

        Assert.Equal(["/entry/1/resource/modifierExtension", "/entry/2/resource/effectiveDateTime"], reading.Verdicts.Where(v => v.Outcome == FhirOutcome.Refused).Select(v => v.Pointer));
        Assert.Equal(
            ["may change the meaning of the result and is not known here", "was collected in the future"], reading.Verdicts.Where(v => v.Outcome == FhirOutcome.Refused).Select(v => v.Reason));
        Assert.Equal(["6690-2"], Assert.Single(reading.Results).Codes);
    }

    [Theory]
    [InlineData("718-7", "has no value")]
    [InlineData(Cbc, "has no part that was done")]
    public void What_says_nothing_is_refused(string code, string reason)
    {
        var members = code == Cbc ? "\"dataAbsentReason\":{}" : "\"note\":[]";
        var json = $"{{\"resourceType\":\"Observation\",\"id\":\"x\",\"status\":\"final\",\"code\":{Coded(code)},\"effectiveDateTime\":\"2026-10-01\",{members}}}";

        Assert.Equal(reason, Assert.Single(Read(json).Verdicts).Reason);
        Assert.Equal(reason + " any more: takes back what goes by this name, also if it comes later", Assert.Single(Read(json.Replace("final", "corrected", StringComparison.Ordinal)).Verdicts).Reason);
    }

    [Theory]
    [InlineData("1.1", "counts as kidney")]
    [InlineData("test not performed", "is kept and counts for no test: it has words where a number belongs")]
    [InlineData("18", "counts together with other results", "1742-6")]
    public void A_sender_is_told_what_a_result_counts_as(string words, string reason, string code = "2160-0")
    {
        var json = $"{{\"resourceType\":\"Observation\",\"id\":\"x\",\"status\":\"final\",\"code\":{Coded(code)},\"effectiveDateTime\":\"2026-10-01\",\"valueString\":\"{words}\"}}";

        Assert.Equal(reason, Assert.Single(Read(json).Verdicts).Reason);
    }

    [Fact]
    public void Parts_of_a_refused_report_are_refused_with_it()
    {
        var reading = Read(Bundle(
            Report(Cbc, "r", ["Observation/h"]), Report(Cbc, "r", ["Observation/p"]), Observation("718-7", "h", 13), Observation("777-3", "p", 200)));

        Assert.Empty(reading.Results);
        Assert.Equal(Enumerable.Repeat("is part of a result that is refused", 2), reading.Verdicts.Skip(2).Select(v => v.Reason));
        Assert.All(reading.Verdicts, v => Assert.Equal(FhirOutcome.Refused, v.Outcome));
    }

    [Theory]
    // Another day, another test, and the same day and test in one version: no versions of one result.
    [InlineData("718-7", "2026-10-02", "final", 0)]
    [InlineData("718-7", "2026-10-02", "corrected", 0)]
    [InlineData("718-7", "2026-10-01", "corrected", 2)]
    public void Two_results_of_one_document_under_one_name_are_versions_only_when_they_agree(string code, string day, string status, int results) =>
        Assert.Equal(results, Read(Bundle(Observation("718-7", "h", 13), Observation(code, "h", 12, status: status, day: day))).Results.Count);

    [Fact]
    public void A_report_that_names_itself_is_read_once()
    {
        var reading = Read(Bundle(Panel(Cbc, "p", ["Observation/p", "Observation/h"]), Observation("718-7", "h", 13)));

        Assert.Equal(["is part of /entry/0/resource"], reading.Verdicts.Skip(1).Select(v => v.Reason));
        Assert.Equal("718-7", Assert.Single(Assert.Single(reading.Results).Values).Code);
    }

    [Fact]
    public void A_contained_part_refers_to_its_siblings()
    {
        var contained = $",\"contained\":[{Panel(Cbc, "p", ["#h"], day: null)},{Observation("718-7", "h", 13)}]";

        Assert.Equal("718-7", Assert.Single(Assert.Single(Read(Report("24323-8", "r", ["#p"], contained)).Results).Values).Code);
    }

    [Theory]
    [InlineData("urn:uuid:1", "urn:uuid:1")]
    [InlineData("https://lab.example/fhir/Observation/9", "https://lab.example/fhir/Observation/9")]
    [InlineData("https://lab.example/fhir/Observation/h/_history/3", "urn:uuid:1")]
    [InlineData("Observation/h", "urn:uuid:1")]
    [InlineData("Observation/h/_history/3", "urn:uuid:1")]
    public void A_part_is_found_by_its_address_in_the_bundle_or_by_the_end_of_the_reference(string reference, string url)
    {
        var json = $"{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{{\"resource\":{Report(Cbc, "r", [reference])}}},"
            + $"{{\"fullUrl\":\"{url}\",\"resource\":{Observation("718-7", "h", 13)}}}]}}";

        Assert.Equal("718-7", Assert.Single(Assert.Single(Read(json).Results).Values).Code);
    }

    [Fact]
    public void A_resource_without_a_type_is_passed_over_as_unknown() =>
        Assert.Equal(("unknown", "is no laboratory result"), Read("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{}}]}""").Verdicts.Select(v => (v.Resource, v.Reason)).Single());

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"Bundle\"")]
    [InlineData("null")]
    public void What_is_no_object_is_no_document(string json) =>
        Assert.Equal(("/resourceType", "unknown", "must be an Observation, a DiagnosticReport or a Bundle of them"), Read(json).Verdicts.Select(v => (v.Pointer, v.Resource, v.Reason)).Single());
}
