using System.Text.Json.Nodes;
using KetamineIntake.Core.Labs;
using KetamineIntake.Tests.Support;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What a patient's valid tests must not stand beside in silence: each of these came, was stored, and nobody heard of it.</summary>
public sealed class OverheardTests
{
    private const string Start = "2026-12-01T15:00:00Z";

    [Theory]
    [InlineData("Negative control failed")]
    [InlineData("Invalid: negative control line absent")]
    [InlineData("Previously negative, today pending")]
    [InlineData("no longer negative")]
    [InlineData("false negative")]
    [InlineData("Negative?")]
    [InlineData("not non-reactive")]
    [InlineData("Inconclusive, likely negative")]
    public void A_pregnancy_test_is_negative_only_when_nothing_else_is_said(string words) => Assert.Null(LabWords.Positivity(words));

    [Theory]
    [InlineData("Negative")]
    [InlineData("hCG negative.")]
    [InlineData("Not detected")]
    [InlineData("Urine pregnancy test: NEGATIVE")]
    [InlineData("Negative (qualifier value)")]
    [InlineData("Non-reactive")]
    public void It_is_negative_in_the_words_of_one(string words) => Assert.Equal("negative", LabWords.Positivity(words));

    [Theory]
    [InlineData("a positive pregnancy test within a member of a panel", "report:24323-8", """{"code":2106-3,"valueString":"Positive"}""", "2106-3")]
    [InlineData("platelets within a member of a blood count", "report:58410-2", """{"code":777-3,"valueQuantity":{"value":4,"unit":"10*3/uL"}}""", "777-3")]
    [InlineData("a local part of a blood count of which nothing else is read", "panel:58410-2", """{"code":local,"valueQuantity":{"value":4,"unit":"10*3/uL"}}""", "58410-2")]
    [InlineData("a local part of an ECG", "panel:34534-8", """{"code":local,"valueString":"acute infarct"}""", "34534-8")]
    [InlineData("an amount of hCG in a unit that nobody knows", "alone", """ "code":21198-7,"valueQuantity":{"value":300,"unit":"furlong"},"referenceRange":[{"high":{"value":5000,"unit":"furlong"}}] """, "21198-7")]
    [InlineData("an ALT in a unit that nobody knows", "alone", """ "code":1742-6,"valueQuantity":{"value":900,"unit":"furlong"},"referenceRange":[{"high":{"value":4000,"unit":"furlong"}}] """, "1742-6")]
    [InlineData("an ECG that is only a document", "alone", """ "code":11524-6,"presentedForm":[{"contentType":"application/pdf"}] """, "11524-6")]
    public async Task It_is_named(string kind, string shape, string json, string code)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);

        var labs = (await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Resource(shape, Codes(json)))!, 201))["labs"]!;

        Assert.True(
            labs["unreadable"]!.AsArray().Any(c => (string?)c == code) || labs["findings"]!.AsArray().Count > 0, $"{kind}: {labs.ToJsonString()}");
    }

    [Fact]
    public async Task A_corrected_member_under_its_laboratorys_own_code_is_named_with_its_panel()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await app.PostAsync($"patients/{patient}/lab-results", Count("final", "777-3", 250), 201);

        var labs = (await app.PostAsync($"patients/{patient}/lab-results", Count("corrected", "local", 40), 201))["labs"]!;

        Assert.Equal(["58410-2"], labs["unreadable"]!.AsArray().Select(c => (string)c!));
        Assert.Equal("missing", (string)labs["tests"]!.AsArray().Single(t => (string)t!["test"]! == "cbc")!["standing"]!);
    }

    private static JsonNode Count(string status, string code, int platelets) => JsonNode.Parse(Codes($$$"""
        {"resourceType":"Bundle","type":"collection","entry":[
          {"fullUrl":"http://lab.example/DiagnosticReport/1","resource":{"resourceType":"DiagnosticReport","id":"1","status":"{{{status}}}","effectiveDateTime":"2026-11-20","code":58410-2,"result":[{"reference":"http://lab.example/Observation/2"},{"reference":"http://lab.example/Observation/3"}]}},
          {"fullUrl":"http://lab.example/Observation/2","resource":{"resourceType":"Observation","id":"2","status":"{{{status}}}","effectiveDateTime":"2026-11-20","code":{{{code}}},"valueQuantity":{"value":{{{platelets}}},"unit":"10*3/uL"} } },
          {"fullUrl":"http://lab.example/Observation/3","resource":{"resourceType":"Observation","id":"3","status":"{{{status}}}","effectiveDateTime":"2026-11-20","code":718-7,"valueQuantity":{"value":14,"unit":"g/dL"} } } ] }
        """))!;

    [Theory]
    [InlineData("""{"coding":[{"system":"urn:x","code":"0","display":"Normal ECG"},{"system":"urn:x","code":"1","display":"Acute infarct"}]}""")]
    [InlineData("""{"text":"Normal","coding":[{"system":"http://snomed.info/sct","code":"102594003","display":"Electrocardiogram abnormal"}]}""")]
    public async Task Every_word_of_an_ECGs_concept_is_read(string concept)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);

        var labs = (await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Resource("alone", Codes($"\"code\":8601-7,\"valueCodeableConcept\":{concept}")))!, 201))["labs"]!;

        var words = (string)Assert.Single(Assert.Single(labs["results"]!.AsArray())!["values"]!.AsArray())!["text"]!;
        Assert.NotEqual("normal", LabWords.EcgFinding(words));
    }

    [Theory]
    [InlineData("PREOP", "\"component\":[{\"code\":2106-3,\"valueString\":\"Positive\"}]", "cbc")]
    [InlineData("CBC", "\"component\":[{\"code\":777-3,\"valueQuantity\":{\"value\":4,\"unit\":\"10*3/uL\"}}]", "complete blood count")]
    [InlineData("Heart tracing", "\"valueString\":\"acute anterior infarct\"", "ecg")]
    [InlineData("PLTS", "\"valueQuantity\":{\"value\":4,\"unit\":\"10*3/uL\"}", "cbc")]
    public async Task No_match_leaves_a_value_unread(string words, string members, string test)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var sent = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Resource("alone", Codes($"\"code\":{{\"text\":\"{words}\"}},{members}")))!, 201);
        var waiting = Assert.Single(sent["labs"]!["unplaced"]!.AsArray())!;

        await app.PostAsync($"patients/{patient}/unplaced-labs/{waiting["id"]}", new JsonObject { ["decision"] = "match", ["test"] = test, ["collectedOn"] = "2026-11-20" }, 422);
    }

    [Fact]
    public async Task A_match_keeps_what_the_laboratory_says_beside_the_words()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var sent = await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(Resource("alone", "\"code\":{\"text\":\"UPT\"},\"valueString\":\"Negative\",\"interpretation\":[{\"coding\":[{\"code\":\"POS\"}]}]"))!, 201);
        var waiting = Assert.Single(sent["labs"]!["unplaced"]!.AsArray())!;

        await app.PostAsync($"patients/{patient}/unplaced-labs/{waiting["id"]}", new JsonObject { ["decision"] = "match", ["test"] = "pregnancy test", ["collectedOn"] = "2026-11-20" }, 204);

        Assert.Contains("PREG-01b", (await app.GetAsync($"patients/{patient}/labs"))["findings"]!.AsArray().Select(f => (string)f!["rule"]!));
    }

    [Theory]
    [InlineData("BHCG, Quantitative")]
    [InlineData("QTcF")]
    [InlineData("PLT_COUNT")]
    [InlineData("Plaquetas")]
    [InlineData("eGFRcr")]
    [InlineData("Hemoglobina")]
    [InlineData("UPT")]
    public async Task A_laboratorys_ordinary_word_under_a_code_that_is_not_listed_waits(string words)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var json = Observation("718-7", "f", 12, day: "2026-11-20").Replace("\"code\":\"718-7\"}", $"\"code\":\"96592-1\",\"display\":\"{words}\"}}", StringComparison.Ordinal);

        Assert.Single((await app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 201))["labs"]!["unplaced"]!.AsArray());
    }

    private static string Codes(string json) => System.Text.RegularExpressions.Regex.Replace(
        json.Replace("\"code\":local", "\"code\":{\"coding\":[{\"system\":\"urn:lab\",\"code\":\"P\",\"display\":\"P\"}]}", StringComparison.Ordinal), "\"code\":(\\d+-\\d)", "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"$1\"}]}");

    private static string Resource(string shape, string json)
    {
        const string Head = "\"status\":\"final\",\"effectiveDateTime\":\"2026-11-20\"";
        var code = shape.Split(':')[^1];
        return shape.Split(':')[0] switch
        {
            "report" => Codes($"{{\"resourceType\":\"DiagnosticReport\",{Head},\"code\":{code},\"contained\":[{{\"resourceType\":\"Observation\",\"id\":\"n\",{Head},\"code\":2951-2,\"valueQuantity\":{{\"value\":140,\"unit\":\"mmol/L\"}},\"component\":[{json}]}}],\"result\":[{{\"reference\":\"#n\"}}]}}"),
            "panel" => Codes($"{{\"resourceType\":\"Observation\",{Head},\"code\":{code},\"component\":[{json}]}}"),
            _ => $"{{\"resourceType\":\"{(json.Contains("presentedForm", StringComparison.Ordinal) ? "DiagnosticReport" : "Observation")}\",{Head},{json}}}",
        };
    }
}
