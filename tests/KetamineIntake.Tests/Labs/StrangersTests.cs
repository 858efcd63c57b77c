using System.Text.Json.Nodes;
using KetamineIntake.Core.Labs;
using KetamineIntake.Tests.Support;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Results that name somebody else, who was born on the same day (Kim Park, 1990-03-04).</summary>
public sealed class StrangersTests
{
    private const string Start = "2026-12-01T15:00:00Z";

    [Theory]
    [InlineData("""{"family":"Park","given":["Sam"]}""")]
    [InlineData("""{"family":"Lopez","given":["Kim"]}""")]
    [InlineData("""{"family":"Lopez","given":["Maria"]}""")]
    [InlineData("""{"text":"Sam Park"}""")]
    public async Task A_contained_patient_of_another_name_makes_them_wait_and_be_told(string name) =>
        await WaitsAsync(Containing($$"""{"resourceType":"Patient","id":"pat","birthDate":"1990-03-04","name":[{{name}}]}"""));

    [Theory]
    [InlineData("Sam Park")]
    [InlineData("LOPEZ, MARIA")]
    public async Task A_subject_of_another_name_makes_them_wait_and_be_told(string display) =>
        await WaitsAsync(Positive($$""","subject":{"display":"{{display}}"}"""));

    [Theory]
    [InlineData("""[{"family":"Park","given":["Kim"]}]""")]
    [InlineData("""[{"family":"PARK","given":["KIM","Lee"]}]""")]
    [InlineData("""[{"family":"Lopez","given":["Kim"]},{"use":"old","family":"Park","given":["Kim"]}]""")]
    [InlineData("""[{"family":"Park-Lopez","given":["Kimberly"]}]""")]
    [InlineData("""[{"family":"Kim","given":["Park"]}]""")]
    [InlineData("""[{"family":"Park"}]""")]
    [InlineData("""[{"text":"Park, Kim"}]""")]
    [InlineData("[]")]
    public async Task One_of_the_same_name_however_it_is_written_is_taken(string names) =>
        await IsTakenAsync(Containing($$"""{"resourceType":"Patient","id":"pat","birthDate":"1990-03-04","name":{{names}}}"""));

    [Theory]
    [InlineData("""{"display":"Kim Park"}""")]
    [InlineData("""{"display":"Park, Kim (MRN 123)"}""")]
    [InlineData("""{"display":"Kim"}""")]
    [InlineData("""{"reference":"Patient/123"}""")]
    [InlineData("""{"identifier":{"system":"urn:mrn","value":"9"}}""")]
    public async Task A_subject_that_contradicts_nothing_is_taken(string subject) => await IsTakenAsync(Positive(",\"subject\":" + subject));

    [Theory]
    [InlineData("reference")]
    [InlineData("identifier")]
    [InlineData("patient")]
    public async Task An_id_of_another_patient_of_the_clinic_is_refused_wherever_it_stands(string place)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var (patient, other) = (await app.PatientAsync(tested: false), await app.PatientAsync(tested: false));
        var json = place switch
        {
            "reference" => Positive($",\"subject\":{{\"reference\":\"Patient/{other}\"}}"),
            "identifier" => Positive($",\"subject\":{{\"identifier\":{{\"value\":\"{other}\"}}}}"),
            _ => Containing($"{{\"resourceType\":\"Patient\",\"id\":\"pat\",\"identifier\":[{{\"system\":\"urn:clinic\",\"value\":\"{other}\"}}]}}"),
        };

        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 422);
    }

    [Fact]
    public async Task What_is_taken_back_is_taken_back_whoever_it_names()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await SendAsync(app, patient, Positive(""));

        await SendAsync(app, patient, Positive(",\"subject\":{\"display\":\"Sam Park\"}").Replace("final", "entered-in-error", StringComparison.Ordinal));

        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["findings"]!.AsArray());
    }

    [Fact]
    public async Task A_correction_that_names_somebody_else_corrects_nothing()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await SendAsync(app, patient, Positive(""));

        var receipt = await SendAsync(app, patient, Positive(",\"subject\":{\"display\":\"Sam Park\"}").Replace("final", "corrected", StringComparison.Ordinal).Replace("Positive", "Negative", StringComparison.Ordinal));

        Assert.Equal("another-person", (string)receipt["labs"]!["unplaced"]![0]!["reason"]!);
        Assert.Equal("PREG-01b", (string)Assert.Single(receipt["labs"]!["findings"]!.AsArray())!["rule"]!);
    }

    [Fact]
    public async Task A_correction_by_local_code_that_names_somebody_else_is_not_stored_beside_what_it_may_correct()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var sent = await SendAsync(app, patient, Observation("GFRX", "t", 12, ",\"subject\":{\"display\":\"Sam Park\"}", "corrected", "2026-11-20").Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal));
        var waiting = Assert.Single(sent["labs"]!["unplaced"]!.AsArray())!;

        await app.PostAsync($"patients/{patient}/unplaced-labs/{waiting["id"]}", new JsonObject { ["decision"] = "match", ["test"] = "eGFR", ["collectedOn"] = "2026-11-20" }, 422);
    }

    private static async Task WaitsAsync(string json)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);

        var receipt = await SendAsync(app, patient, json);

        Assert.Contains("kept-for-staff", receipt["resources"]!.AsArray().Select(r => (string)r!["outcome"]!));
        Assert.Empty(receipt["labs"]!["results"]!.AsArray());
        Assert.Equal("PREG-01b", (string)Assert.Single(receipt["labs"]!["findings"]!.AsArray())!["rule"]!);
        var waiting = Assert.Single(receipt["labs"]!["unplaced"]!.AsArray())!;
        Assert.Equal(("another-person", "2026-11-20", false), ((string)waiting["reason"]!, (string)waiting["collectedOn"]!, (bool)waiting["needsTest"]!));
        var notes = (await app.NotesAsync()).Where(n => (string)n!["kind"]! == "labs").Select(n => n!.ToJsonString()).ToList();
        Assert.Single(notes, n => n.Contains("somebody else", StringComparison.Ordinal));
        Assert.Single(notes, n => n.Contains("on hold", StringComparison.Ordinal) || n.Contains("contraindicat", StringComparison.Ordinal));

        await app.PostAsync($"patients/{patient}/unplaced-labs/{waiting["id"]}", new JsonObject { ["decision"] = "match", ["collectedOn"] = "2026-11-20" }, 204);
        Assert.Equal("PREG-01b", (string)Assert.Single((await app.GetAsync($"patients/{patient}/labs"))["findings"]!.AsArray())!["rule"]!);
    }

    private static async Task IsTakenAsync(string json)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);

        Assert.Equal("PREG-01b", (string)Assert.Single((await SendAsync(app, patient, json))["labs"]!["findings"]!.AsArray())!["rule"]!);
    }

    private static string Positive(string members) =>
        Observation("2106-3", "t", 1, members, day: "2026-11-20").Replace(Quantity("2106-3", 1), ",\"valueString\":\"Positive\"", StringComparison.Ordinal);

    private static string Containing(string patient) => Positive($",\"subject\":{{\"reference\":\"#pat\"}},\"contained\":[{patient}]");

    private static Task<JsonNode> SendAsync(LocalApp app, string patient, string json) => app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 201);
}
