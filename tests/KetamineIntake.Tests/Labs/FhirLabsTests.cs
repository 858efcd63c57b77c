using System.Globalization;
using System.Text;
using System.Text.Json;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Tests.Support;
using NodaTime;
using NodaTime.Text;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class FhirLabsTests
{
    private static readonly FhirLabContext Context =
        new(Requirements, Day("2026-11-21"), DateTimeZoneProviders.Tzdb["America/New_York"], Day("1985-04-12"), Units);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Labs", "Samples");

    [Fact]
    public void Every_sample_document_is_accepted_or_refused_for_the_approved_reason()
    {
        var text = new StringBuilder();
        var files = Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}\n");
            Describe(Read(File.ReadAllText(file)), text);
        }

        Assert.True(files.Count >= 40);
        Approved.Equal("Labs/FhirLabs.approved.txt", text.ToString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"Bundle\"")]
    [InlineData("{\"resourceType\":7}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":[]}")]
    [InlineData("{\"resourceType\":\"Observation\"}")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":{},\"code\":[],\"component\":7}")]
    [InlineData("{\"resourceType\":\"DiagnosticReport\",\"status\":\"final\",\"code\":{\"coding\":\"x\"},\"result\":[null,7,{\"reference\":7}]}")]
    public void Odd_documents_are_refused_and_never_throw(string json)
    {
        var reading = Read(json);

        Assert.Empty(reading.Results);
        Assert.Equal(FhirOutcome.Refused, Assert.Single(reading.Verdicts).Outcome);
    }

    [Theory]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":7}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[7,null,{\"resource\":[]}]}")]
    public void A_bundle_without_resources_gives_nothing(string json)
    {
        var reading = Read(json);

        Assert.Empty(reading.Results);
        Assert.Empty(reading.Verdicts);
    }

    [Fact]
    public void Any_one_member_of_any_sample_may_be_of_a_wrong_type_or_gone()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.json").Where((_, i) => i % 3 == 0))
        {
            foreach (var broken in Mutations(File.ReadAllText(file)))
            {
                Assert.NotNull(Read(broken));
            }
        }
    }

    [Fact]
    public void The_same_report_read_twice_is_the_same_result()
    {
        var json = File.ReadAllText(Directory.GetFiles(Folder, "*cmp-bundle-collection.json").Single());

        Assert.Equal(Read(json).Results, Read(json).Results);
    }

    [Fact]
    public void A_correction_meets_the_version_that_it_corrects()
    {
        var final = Read(Creatinine("final", 0.8m)).Results.Single();
        var corrected = Read(Creatinine("corrected", 3.1m)).Results.Single();

        Assert.Equal(final.Id, corrected.Id);
        Assert.Equal(3.1m, LabRecord.First(Patient, final, Noon).With(corrected, Noon)!.Current.Values.Single().Number);
    }

    [Fact]
    public void The_refusal_repeats_nothing_of_the_document()
    {
        var reading = Read("""{"resourceType":"Observation","status":"final","code":{"text":"Canary Smith"},"effectiveDateTime":"Canary"}""");

        Assert.DoesNotContain("Canary", JsonSerializer.Serialize(reading), StringComparison.Ordinal);
    }

    private static string Creatinine(string status, decimal value) =>
        $$$"""
        {"resourceType":"Observation","id":"c9","status":"{{{status}}}","code":{"coding":[{"system":"http://loinc.org","code":"2160-0"}]},
         "effectiveDateTime":"2026-10-01","valueQuantity":{"value":{{{value.ToString(CultureInfo.InvariantCulture)}}},"unit":"mg/dL"}}
        """;

    private static FhirLabReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return FhirLabs.Read(document.RootElement, Context);
    }

    // Each value of the document once as a number, once as a list, once gone.
    private static IEnumerable<string> Mutations(string json)
    {
        var tokens = new List<(int Start, int Length)>();
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                tokens.Add(((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)));
            }
        }

        foreach (var (start, length) in tokens)
        {
            foreach (var other in (string[])["7", "[]", "null", "\"\""])
            {
                yield return Encoding.UTF8.GetString(bytes, 0, start) + other + Encoding.UTF8.GetString(bytes, start + length, bytes.Length - start - length);
            }
        }
    }

    private static void Describe(FhirLabReading reading, StringBuilder text)
    {
        foreach (var verdict in reading.Verdicts)
        {
            var place = verdict.Pointer.Length == 0 ? "(root)" : verdict.Pointer;
            text.Append(CultureInfo.InvariantCulture, $"    {verdict.Outcome.ToString().ToUpperInvariant(),-10} {verdict.Resource} {place}: {verdict.Reason}\n");
        }

        foreach (var result in reading.Results)
        {
            var day = result.CollectedOn is { } date ? LocalDatePattern.Iso.Format(date) : "no date";
            text.Append(CultureInfo.InvariantCulture, $"    -> {result.Status} {day} [{string.Join(' ', result.Codes)}]\n");
            foreach (var value in result.Values)
            {
                text.Append(FormattableString.Invariant($"       {value.Code} {value.Comparator}{value.Number} {value.Unit} {Range(value)}{value.Text}{Own(value)}").TrimEnd()).Append('\n');
            }

            var facts = LabFacts.Of([result], [], Bounds).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={Core.Screenings.AnswerText.Of(f.Value)}");
            text.Append($"       rules see: {string.Join(", ", facts)}".TrimEnd()).Append('\n');
            foreach (var unread in LabFacts.Unreadable([result], Bounds))
            {
                text.Append(CultureInfo.InvariantCulture, $"       not readable by rules: {unread.Code}\n");
            }
        }

        text.Append('\n');
    }

    private static string Own(LabValue value) => value.Day is { } day ? $" on {LocalDatePattern.Iso.Format(day)}" : string.Empty;

    private static string Range(LabValue value) => value.Low is null && value.High is null ? string.Empty : $"({value.Low}-{value.High}{(value.Ranges is { } all ? $" of {all.Count}" : "")}) ";
}
