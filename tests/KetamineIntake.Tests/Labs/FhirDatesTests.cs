using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Dates at both ends of time: sentinels of laboratory systems, and what an attacker sends.</summary>
public sealed class FhirDatesTests
{
    public static TheoryData<string, string> Ends => new()
    {
        { "9999-12-31T23:59:59-05:00", "is no date" },
        { "9999-12-31T23:59:59Z", "is no date" },
        { "9999-12-31T23:59:59+14:00", "is no date" },
        { "9999-12-31T23:59-05:00", "is no date" },
        { "-9998-01-01T00:00:00+05:00", "is no date" },
        { "-9998-01-01T00:00:00Z", "is no date" },
        { "9999-12-20T00:00:00Z", "was collected in the future" },
        { "9999-12-31T23:59:59", "was collected in the future" },
        { "9999-12-31", "was collected in the future" },
        { "9999", "was collected in the future" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_time_at_the_end_of_time_is_refused_for_a_reason(string day, string reason)
    {
        var reading = Read(Observation("718-7", "h", 13, day: day));

        Assert.Empty(reading.Results);
        Assert.Equal(("/effectiveDateTime", reason), (reading.Verdicts[0].Pointer, reading.Verdicts[0].Reason));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_specimen_of_the_end_of_time_never_throws(string day, string reason)
    {
        var specimen = $$$""","contained":[{"resourceType":"Specimen","id":"s","collection":{"collectedDateTime":"{{{day}}}"}}],"specimen":{"reference":"#s"}""";

        Assert.Empty(Read(Observation("718-7", "h", 13, specimen, day: null)).Results);
        Assert.Equal(reason, Read(Observation("718-7", "h", 13, specimen, day: null)).Verdicts[0].Reason);
        Assert.Single(Read(Observation("718-7", "h", 13, specimen.Replace("-9998", "9999", StringComparison.Ordinal))).Results);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59-05:00")]
    [InlineData("-9998-01-01T00:00:00+05:00")]
    public void A_time_of_issue_at_the_end_of_time_is_none(string issued) =>
        Assert.Null(Assert.Single(Read(Observation("718-7", "h", 13, $",\"issued\":\"{issued}\"")).Results).IssuedAt);

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Etc/GMT+12")]
    public void No_zone_leads_out_of_time(string zone)
    {
        using var document = System.Text.Json.JsonDocument.Parse(Observation("718-7", "h", 13, day: "9999-12-28T23:59:59-12:00"));
        using var first = System.Text.Json.JsonDocument.Parse(Observation("718-7", "h", 13, day: "-9998-01-05T00:00:00+12:00"));
        var context = Context with { Zone = NodaTime.DateTimeZoneProviders.Tzdb[zone] };

        Assert.Empty(FhirLabs.Read(document.RootElement, context).Results);
        Assert.Single(FhirLabs.Read(first.RootElement, context).Verdicts);
    }
}
