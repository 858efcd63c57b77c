using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;
using KetamineIntake.Tests.Web.Pages;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What a laboratory's feed may send in one call, and what becomes of each resource.</summary>
public sealed class LabFeedTests
{
    private const string Start = "2026-12-01T15:00:00Z";

    [Fact]
    public async Task A_result_of_no_test_of_ours_is_passed_over_and_no_fault_of_the_feed()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        foreach (var json in new[]
        {
            Observation("2951-2", "na", 140), Observation("2951-2", "na", 140, status: "preliminary"), Observation("4548-4", "a1c", 6),
            Report("57698-3", "lipids", ["Observation/x"]), Bundle(Observation("2951-2", "na", 140), Observation("2823-3", "k", 4)),
        })
        {
            var receipt = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 200);
            Assert.All(receipt["resources"]!.AsArray(), r => Assert.Equal("passed-over", (string)r!["outcome"]!));
        }

        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Bundle("{\"resourceType\":\"Patient\"}"))!, 422);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Observation("718-7", "h", 7, status: "preliminary"))!, 422);
    }

    [Fact]
    public async Task A_thousand_resources_are_answered_one_by_one_and_the_same_call_twice_changes_nothing()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        string[] resources =
        [
            .. Enumerable.Range(0, 120).Select(i => Observation("718-7", $"h{i}", 13, day: "2026-11-20")),
            .. Enumerable.Range(0, 40).Select(i => Report("58410-2", $"r{i}", [$"Observation/p{i}"], day: "2026-11-20")),
            .. Enumerable.Range(0, 40).Select(i => Observation("777-3", $"p{i}", 200, day: "2026-11-20")),
            .. Enumerable.Range(0, 798).Select(i => Observation("2951-2", $"s{i}", 140)),
            Observation("718-7", "h3", 7, status: "preliminary"),
            Observation("718-7", "h5", 13, status: "entered-in-error"),
        ];
        var body = JsonNode.Parse(Bundle(resources))!;

        var first = await app.PostAsync($"patients/{patient}/lab-results", body, 201);
        var again = await app.PostAsync($"patients/{patient}/lab-results", body, 201);

        Assert.Equal(1000, first["resources"]!.AsArray().Count);
        var outcomes = first["resources"]!.AsArray().GroupBy(r => (string)r!["outcome"]!).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal((798, 1), (outcomes["passed-over"], outcomes["refused"]));
        Assert.Equal(0, (int)again["new"]!);
        Assert.Equal("entered-in-error", (string)again["labs"]!["results"]!.AsArray().Single(r => (string)r!["status"]! == "entered-in-error")!["status"]!);
        Assert.Equal("valid", (string)again["labs"]!["tests"]!.AsArray().Single(t => (string)t!["test"]! == "cbc")!["standing"]!);

        var many = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Bundle([.. resources, Observation("2951-2", "last", 140)]))!, 422);
        Assert.Contains("more than 1000 resources", many.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_report_that_cannot_be_stored_costs_no_other()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Observation("718-7", "x", 13, day: "2026-11-20"))!, 201);

        var receipt = await app.PostAsync(
            $"patients/{patient}/lab-results",
            JsonNode.Parse(Bundle(Observation("777-3", "y", 200, day: "2026-11-20"), Observation("6690-2", "x", 6, day: "2026-11-20"), Observation("2160-0", "z", 1, day: "2026-11-20")))!, 201);

        Assert.Equal(["accepted", "refused", "accepted"], receipt["resources"]!.AsArray().Select(r => (string)r!["outcome"]!));
        Assert.Equal(2, (int)receipt["new"]!);
    }

    [Fact]
    public async Task Five_megabytes_are_read_and_a_byte_more_is_not()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var padding = Observation("2160-0", "c", 1, ",\"note\":[{\"text\":\"\"}]", day: "2026-11-20");
        const int Most = 5 * 1024 * 1024;
        foreach (var (size, status) in new[] { (Most, HttpStatusCode.Created), (Most + 1, HttpStatusCode.RequestEntityTooLarge) })
        {
            var json = padding.Replace("\"text\":\"\"", $"\"text\":\"{new string('x', size - Encoding.UTF8.GetByteCount(padding))}\"", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/clinics/northside/patients/{patient}/lab-results") { Content = new StringContent(json, Encoding.UTF8, "application/fhir+json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", app.Key);
            using var answer = await app.Client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_result_with_its_laboratorys_own_code_waits_once_and_is_matched()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var local = JsonNode.Parse(Local("CREA", "l1", 1, "2026-11-20"))!;

        var receipt = await app.PostAsync($"patients/{patient}/lab-results", local, 201);
        await app.PostAsync($"patients/{patient}/lab-results", local, 201);

        Assert.Equal("kept-for-staff", (string)receipt["resources"]![0]!["outcome"]!);
        var waiting = (await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray().Single()!;
        Assert.Equal(("no-code", "CREA", "1 K/uL", true), ((string)waiting["reason"]!, (string)waiting["words"]!, (string)waiting["values"]![0]!, (bool)waiting["needsTest"]!));
        Assert.Single((await app.GetAsync($"patients/{patient}/labs"))["unplaced"]!.AsArray());

        var path = $"patients/{patient}/unplaced-labs/{waiting["id"]}";
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["collectedOn"] = "2026-11-20" }, 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["test"] = "mri", ["collectedOn"] = "2026-11-20" }, 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["test"] = "kidney", ["collectedOn"] = "2027-11-20" }, 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["test"] = "kidney", ["collectedOn"] = "2026-11-20" }, 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["test"] = "creatinine", ["collectedOn"] = "2026-11-20" }, 204);
        await app.PostAsync(path, new JsonObject { ["decision"] = "dismiss" }, 404);

        await app.PostAsync($"patients/{patient}/lab-results", local, 201);
        var labs = await app.GetAsync($"patients/{patient}/labs");
        Assert.Empty(labs["unplaced"]!.AsArray());
        Assert.Equal("valid", (string)labs["tests"]!.AsArray().Single(t => (string)t!["test"]! == "kidney")!["standing"]!);
    }

    [Fact]
    public async Task A_blood_pressure_with_its_own_code_only_does_not_wait()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var json = Local("BP", "b", 120, "2026-11-20").Replace("{\"resourceType\"", "{\"category\":[{\"coding\":[{\"code\":\"vital-signs\"}]}],\"resourceType\"", StringComparison.Ordinal);

        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 200);

        Assert.Empty((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_that_only_says_when_it_was_issued_counts_once_staff_confirm_a_day(bool isReport)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        const string Issued = ",\"issued\":\"2026-11-21T10:00:00Z\"";
        var json = isReport
            ? Bundle(Report("24323-8", "r", ["Observation/e"], Issued, day: null), Observation("98979-8", "e", 12, Issued, day: null))
            : Observation("98979-8", "e", 12, Issued, day: null);

        var receipt = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 201);

        Assert.All(receipt["resources"]!.AsArray(), r => Assert.Equal("kept-for-staff", (string)r!["outcome"]!));
        Assert.Equal("missing", (string)receipt["labs"]!["tests"]!.AsArray().Single(t => (string)t!["test"]! == "kidney")!["standing"]!);
        Assert.Contains(await app.NotesAsync(), n => (string)n!["kind"]! == "labs");
        var waiting = receipt["labs"]!["unplaced"]!.AsArray().Single()!;
        Assert.False((bool)waiting["needsTest"]!);
        var path = $"patients/{patient}/unplaced-labs/{waiting["id"]}";
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["test"] = "kidney", ["collectedOn"] = "2026-11-20" }, 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["collectedOn"] = "2026-11-22" }, 422);
        await app.PostAsync(path, new JsonObject { ["decision"] = "match", ["collectedOn"] = "2026-11-20" }, 204);

        var labs = await app.GetAsync($"patients/{patient}/labs");
        Assert.Equal(("valid", "2026-11-20"), ((string)Kidney(labs)["standing"]!, (string)Kidney(labs)["collectedOn"]!));
        Assert.Equal("REN-01", (string)labs["findings"]![0]!["rule"]!);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 201);
        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["unplaced"]!.AsArray());
    }

    [Fact]
    public async Task A_refused_panel_with_a_part_at_fault_is_answered_part_by_part()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Report("58410-2", "r1", [], day: "2026-11-20"))!, 201);

        var receipt = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Bundle(
            Report("24323-8", "r1", ["Observation/a", "Observation/b"], day: "2026-11-20"), Observation("1742-6", "a", 20, status: "preliminary"), Observation("1920-8", "b", 20), Observation("777-3", "p", 200)))!, 201);

        Assert.Equal(["refused", "refused", "refused", "accepted"], receipt["resources"]!.AsArray().Select(r => (string)r!["outcome"]!));
    }

    [Fact]
    public async Task A_pregnancy_test_under_its_laboratorys_own_code_is_told_and_stored_as_one_with_its_value()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await app.BookAsync(patient, "2026-12-14T10:00");
        string Json(string status) => Local("HCG QUAL", "l9", 1, "2026-11-20").Replace(Quantity("HCG QUAL", 1), ",\"valueString\":\"Positive\"", StringComparison.Ordinal).Replace("final", status, StringComparison.Ordinal);

        var receipt = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Json("final"))!, 201);

        var note = Assert.Single(await app.NotesAsync(), n => n!.ToJsonString().Contains("It may need action now", StringComparison.Ordinal))!;
        Assert.DoesNotContain("positive", note.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        // It may be positive until somebody says what it is.
        Assert.Single(receipt["labs"]!["held"]!.AsArray());
        var path = $"patients/{patient}/unplaced-labs/{receipt["labs"]!["unplaced"]![0]!["id"]}";
        JsonObject As(string test) => new() { ["decision"] = "match", ["test"] = test, ["collectedOn"] = "2026-11-20" };
        await app.PostAsync(path, As("cbc"), 422);
        await app.PostAsync(path, As("pregnancy test"), 204);

        var labs = await app.GetAsync($"patients/{patient}/labs");
        Assert.Equal("PREG-01b", (string)labs["findings"]!.AsArray().Single()!["rule"]!);
        Assert.Single(labs["held"]!.AsArray());
        Assert.Equal("Positive", (string)labs["results"]!.AsArray().Single()!["values"]![0]!["text"]!);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Json("entered-in-error"))!, 201);
        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["held"]!.AsArray());
    }

    [Fact]
    public async Task A_matched_value_is_read_and_its_laboratory_corrects_it_by_its_number()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        JsonNode Json(decimal value, string status) => JsonNode.Parse(Observation("GFRX", null, value, Identifiers("A-1"), status, "2026-11-20").Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal).Replace("K/uL", "mL/min", StringComparison.Ordinal))!;
        var receipt = await app.PostAsync($"patients/{patient}/lab-results", Json(12, "final"), 201);
        await app.PostAsync($"patients/{patient}/unplaced-labs/{receipt["labs"]!["unplaced"]![0]!["id"]}", new JsonObject { ["decision"] = "match", ["test"] = "eGFR", ["collectedOn"] = "2026-11-20" }, 204);
        var labs = await app.GetAsync($"patients/{patient}/labs");
        Assert.Equal(("REN-01", "valid"), ((string)labs["findings"]!.AsArray().Single()!["rule"]!, (string)Kidney(labs)["standing"]!));

        await app.PostAsync($"patients/{patient}/lab-results", Json(90, "corrected"), 201);

        Assert.Empty((await app.GetAsync($"patients/{patient}/labs"))["findings"]!.AsArray());
    }

    [Fact]
    public async Task A_correction_of_what_nobody_knows_is_not_stored_as_a_result()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var receipt = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Local("CREA", "l1", 1, "2026-11-20").Replace("final", "corrected", StringComparison.Ordinal))!, 201);
        var waiting = receipt["labs"]!["unplaced"]![0]!;
        Assert.Equal("no-original", (string)waiting["reason"]!);

        var refused = await app.PostAsync($"patients/{patient}/unplaced-labs/{waiting["id"]}", new JsonObject { ["decision"] = "match", ["test"] = "kidney", ["collectedOn"] = "2026-11-20" }, 422);

        Assert.Contains("take back what it corrects", refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Single((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
        var page = await (await Desk.SignInAsync(app)).GetAsync(Desk.Labs(patient));
        Assert.Equal(["dismiss"], page.Html.QuerySelectorAll("[aria-labelledby=unplaced] button").Select(b => b.GetAttribute("value")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_and_is_taken_back_by_its_laboratory_waits_no_more(bool isByNumber)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        string Json(string id, string status) => Observation("CREA", isByNumber ? null : id, 1, isByNumber ? Identifiers(id) : "", status, "2026-11-20").Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Bundle(Json("l1", "final"), Json("l2", "final")))!, 201);

        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Json("l1", "entered-in-error"))!, 201);
        Assert.Single((await app.GetAsync($"patients/{patient}/labs"))["unplaced"]!.AsArray());

        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Json("l2", "entered-in-error"))!, 201);
        Assert.Empty((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_waits_is_listed_page_by_page()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Bundle([.. Enumerable.Range(0, 5).Select(i => Local("XYZ", $"l{i}", i, "2026-11-20"))]))!, 201);

        var (seen, after, pages) = (new List<string>(), "", 0);
        do
        {
            var page = await app.GetAsync($"lab-flags/unplaced?limit=2{after}");
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
            pages++;
            after = (string?)page["next"] is { } next ? "&after=" + next : "";
        }
        while (after.Length > 0);

        Assert.Equal((3, 5), (pages, seen.Distinct(StringComparer.Ordinal).Count()));
        Assert.Null((await app.GetAsync("lab-flags/unplaced?limit=5"))["next"]);
        foreach (var wrong in new[] { "limit=0", "limit=201", "limit=two", "after=x", "after=bm90ZXw", "order=old" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/clinics/northside/lab-flags/unplaced?" + wrong);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", app.Key);
            using var answer = await app.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Staff_match_what_waits_on_the_page()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Local("CREA", "l1", 1, "2026-11-20"))!, 201);
        await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Local("XYZ", "l2", 1, "2026-11-20"))!, 201);
        var visitor = await Desk.SignInAsync(app);
        Assert.Contains("Kim Park: 2", (await visitor.GetAsync($"{Desk.Staff}/labs")).Html.QuerySelector("[aria-labelledby=unplaced]")!.TextContent, StringComparison.Ordinal);

        async Task PressAsync(string words, string button, string test)
        {
            var form = (await visitor.GetAsync(Desk.Labs(patient))).Html.QuerySelectorAll("[aria-labelledby=unplaced] form").Single(f => f.TextContent.Contains(words, StringComparison.Ordinal));
            var fields = Visitor.FieldsOf(form).Where(f => f.Item1 is not ("test" or "do" or "collectedOn"));
            await visitor.PostAsync(form.GetAttribute("action")!, [.. fields, ("test", test), ("collectedOn", "2026-11-20"), ("do", button)]);
        }

        await PressAsync("CREA", "match", "creatinine");
        await PressAsync("XYZ", "dismiss", "");

        Assert.Null((await visitor.GetAsync(Desk.Labs(patient))).Html.QuerySelector("[aria-labelledby=unplaced]"));
        Assert.Equal("valid", (string)Kidney(await app.GetAsync($"patients/{patient}/labs"))["standing"]!);
    }

    [Fact]
    public void What_waits_since_before_its_value_was_kept_is_read_and_matched_to_a_test()
    {
        var body = Encoding.UTF8.GetBytes($$$"""
            {"patientId":"{{{LabSamples.Patient}}}","patientName":"Kim Park","receivedAt":"2026-11-21T00:00:00Z","what":{"id":"{{{LabSamples.Patient}}}","reason":"NoCode","words":"CREA","status":"final","values":["1 mg/dL"]}}
            """);

        var what = RecordJson.Read<UnplacedLab>(new Row(Rows.UnplacedLab(LabSamples.Patient, LabSamples.Patient), body, "1")).What;

        Assert.False(what.IsToBeTold);
        Assert.Equal(LabResultReader.Typed("kidney", LabSamples.Day("2026-11-20"), LabResultStatus.Final), what.As("kidney", LabSamples.Day("2026-11-20")));
    }

    private static JsonNode Kidney(JsonNode labs) => labs["tests"]!.AsArray().Single(t => (string)t!["test"]! == "kidney")!;

    private static string Local(string code, string id, decimal value, string day) => Observation(code, id, value, day: day).Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal);
}
