using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Labs;

/// <summary>The contract's routes about laboratory tests, on the local host.</summary>
public sealed class LabApiTests
{
    [Fact]
    public async Task Accepting_a_patient_flags_what_is_missing_and_results_close_it()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        await app.AdvanceAsync("PT1S");

        var flags = (await app.GetAsync("lab-flags?status=open"))["items"]!.AsArray();
        Assert.Equal(["cbc", "ecg", "kidney", "liver"], flags.Select(f => (string)f!["test"]!).Order(StringComparer.Ordinal));
        Assert.All(flags, f => Assert.Equal((patient, "missing", "open"), ((string)f!["patientId"]!, (string)f["kind"]!, (string)f["status"]!)));

        var receipt = await app.TestedAsync(patient, "2026-11-20", "ecg", "cbc");

        Assert.Equal((2, 0), ((int)receipt["new"]!, (int)receipt["known"]!));
        Assert.Equal(2, (await app.GetAsync("lab-flags?status=open"))["items"]!.AsArray().Count);
        Assert.Equal(2, (await app.GetAsync("lab-flags?status=closed"))["items"]!.AsArray().Count);
        Assert.Single((await app.GetAsync("lab-flags?test=ecg"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_FHIR_bundle_closes_flags_and_raises_critical_values()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        var bundle = JsonNode.Parse(File.ReadAllText(Sample("*synthea-basic-metabolic*")))!;
        bundle["entry"]!.AsArray().RemoveAt(0);

        var receipt = await app.PostAsync($"patients/{patient}/lab-results", bundle, 201);

        Assert.Equal("REN-01", (string)receipt["labs"]!["findings"]![0]!["rule"]!);
        Assert.Contains(receipt["resources"]!.AsArray(), r => (string)r!["outcome"]! == "passed-over");
        Assert.Equal("valid", (string)receipt["labs"]!["tests"]!.AsArray().Single(t => (string)t!["test"]! == "kidney")!["standing"]!);
    }

    [Fact]
    public async Task A_result_that_names_another_patient_of_the_clinic_is_refused_and_one_of_another_server_is_taken()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var (patient, other) = (await app.PatientAsync(tested: false), await app.PatientAsync(tested: false));
        Assert.NotEqual(patient, other);
        JsonNode Of(string named) => JsonNode.Parse(FhirSamples.Bundle(FhirSamples.Observation("6690-2", "a", 5, $$""","subject":{"reference":"{{named}}"}""", day: "2026-11-20")))!;

        var problem = await app.PostAsync($"patients/{patient}/lab-results", Of($"https://here.example/fhir/Patient/{other}"), 422);
        Assert.Contains("another patient", problem["errors"]!.ToJsonString(), StringComparison.Ordinal);
        await app.PostAsync($"patients/{patient}/lab-results", Of("Patient/17"), 201);
        await app.PostAsync($"patients/{patient}/lab-results", Of($"Patient/{patient}"), 201);
    }

    [Fact]
    public async Task A_result_is_taken_back_by_its_id_and_not_by_a_test_and_date_that_nobody_typed()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        var bundle = JsonNode.Parse(File.ReadAllText(Sample("*synthea-basic-metabolic*")))!;
        bundle["entry"]!.AsArray().RemoveAt(0);
        var results = (await app.PostAsync($"patients/{patient}/lab-results", bundle, 201))["labs"]!["results"]!.AsArray();
        var critical = results.First(r => (bool)r!["counts"]!)!;

        var typed = new JsonArray(new JsonObject { ["test"] = "kidney", ["collectedOn"] = (string)critical["collectedOn"]!, ["status"] = "entered-in-error" });
        var problem = await app.PostAsync($"patients/{patient}/lab-results", typed, 422);
        Assert.Equal("/0", (string)problem["errors"]![0]!["pointer"]!);

        var receipt = await app.PostAsync(
            $"patients/{patient}/lab-results", new JsonArray([.. results.Select(r => new JsonObject { ["id"] = (string)r!["id"]!, ["status"] = "entered-in-error" })]), 201);
        Assert.Equal(results.Count, (int)receipt["new"]!);
        Assert.Equal("missing", (string)receipt["labs"]!["tests"]!.AsArray().Single(t => (string)t!["test"]! == "kidney")!["standing"]!);
        Assert.Empty(receipt["labs"]!["findings"]!.AsArray());
    }

    [Fact]
    public async Task A_value_comes_back_with_its_own_day_and_every_range_that_was_sent()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        var ranges = ""","referenceRange":[{"high":{"value":40,"unit":"U/L"}},{"type":{"coding":[{"code":"treatment"}]},"high":{"value":500,"unit":"U/L"}}]""";
        var bundle = FhirSamples.Bundle(
            FhirSamples.Report("24325-3", "r", ["Observation/a", "Observation/b"], day: "2026-11-20"),
            FhirSamples.Observation("1742-6", "a", 20, ranges, day: "2026-11-20"),
            FhirSamples.Observation("1920-8", "b", 20, day: "2026-11-18"));

        var receipt = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(bundle)!, 201);

        var values = receipt["labs"]!["results"]![0]!["values"]!.AsArray();
        Assert.Equal(["2026-11-20", null], values.Select(v => (string?)v!["collectedOn"]));
        Assert.Equal([null, "treatment"], values[0]!["ranges"]!.AsArray().Select(r => (string?)r!["meaning"]));
        Assert.Equal((40m, 500m), ((decimal)values[0]!["high"]!, (decimal)values[0]!["ranges"]![1]!["high"]!));
        Assert.Null(values[1]!["ranges"]);
    }

    [Fact]
    public async Task A_bundle_of_somebody_else_is_refused_and_nothing_is_stored()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);

        var problem = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(File.ReadAllText(Sample("*synthea-cbc*")))!, 422);

        Assert.Equal("/entry/0/resource/birthDate", (string)problem["errors"]![0]!["pointer"]!);
        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["results"]!.AsArray());
    }

    [Theory]
    [InlineData("""[{"test":"mri","collectedOn":"2026-11-01"}]""", "/0/test")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-12-02"}]""", "/0/collectedOn")]
    [InlineData("""{"resourceType":"Patient"}""", "/resourceType")]
    [InlineData("""{"resourceType":"Bundle","type":"collection"}""", "")]
    [InlineData("7", "")]
    public async Task Bad_results_are_named_by_their_place(string body, string pointer)
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);

        var problem = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(body)!, 422);

        Assert.Equal(pointer, (string)problem["errors"]![0]!["pointer"]!);
    }

    [Fact]
    public async Task Nobody_of_this_clinic_is_not_found()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");

        await app.PostAsync("patients/0123456789abcdefghjkmnpqrs/lab-results", new JsonArray(), 404);
        await app.SendAsync(HttpMethod.Get, "patients/0123456789abcdefghjkmnpqrs/labs", null, 404);
        await app.SendAsync(HttpMethod.Get, "patients/x/labs", null, 404);
    }

    [Theory]
    [InlineData("status=new")]
    [InlineData("test=mri")]
    [InlineData("visitDate=soon")]
    [InlineData("visitFrom=2026-02-30")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("after=%25%25")]
    [InlineData("after=aW5ib3h8MHw")]
    [InlineData("state=open")]
    [InlineData("status=open&status=closed")]
    public async Task A_filter_that_is_not_understood_is_refused(string query)
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");

        await app.SendAsync(HttpMethod.Get, "lab-flags?" + query, null, 422);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_filters_look_at_the_visit()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        foreach (var (start, phone) in new[] { ("2026-12-08T09:00", "+12125550123"), ("2026-12-04T09:00", "+12125550124") })
        {
            await app.BookAsync(await app.PatientAsync(tested: false, phone: phone), start);
        }

        await app.PatientAsync(tested: false, phone: "+12125550125");
        await app.AdvanceAsync("PT1S");

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await app.GetAsync("lab-flags?status=open&limit=5" + (next is null ? "" : "&after=" + next));
            seen.AddRange(page["items"]!.AsArray().Select(f => (string?)f!["visitDate"] ?? "none"));
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal(
            [.. Enumerable.Repeat("2026-12-04", 4), .. Enumerable.Repeat("2026-12-08", 4), .. Enumerable.Repeat("none", 4)], seen);
        Assert.Equal(4, (await app.GetAsync("lab-flags?visitDate=2026-12-08"))["items"]!.AsArray().Count);
        Assert.Equal(4, (await app.GetAsync("lab-flags?visitFrom=2026-12-05"))["items"]!.AsArray().Count);
        Assert.Equal(8, (await app.GetAsync("lab-flags?visitTo=2026-12-08"))["items"]!.AsArray().Count);
        Assert.Single((await app.GetAsync("lab-flags?visitTo=2026-12-04&test=ecg"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Without_a_key_nothing_is_told()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");

        foreach (var path in (string[])["lab-flags", "patients/0123456789abcdefghjkmnpqrs/labs"])
        {
            using var answer = await app.Client.GetAsync("/api/v1/clinics/northside/" + path);
            Assert.Equal(401, (int)answer.StatusCode);
        }
    }

    private static string Sample(string pattern) => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Labs", "Samples"), pattern).Single();
}
