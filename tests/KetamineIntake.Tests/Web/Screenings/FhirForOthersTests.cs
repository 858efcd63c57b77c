using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>What other people's FHIR programs get, and what they may send.</summary>
public sealed class FhirForOthersTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    private const string Fhir = "application/fhir+json";
    private const string Ucum = "http://unitsofmeasure.org";

    [Fact]
    public async Task Name_birth_date_and_phone_are_required_and_nothing_clinical_is()
    {
        var required = Items(await PublishedAsync()).Where(i => i["required"]?.GetValue<bool>() == true).Select(i => (string?)i["linkId"]);

        Assert.Equal(["dem.givenName", "dem.dob", "dem.phone"], required);
    }

    [Fact]
    public async Task Help_stands_as_items_that_every_renderer_shows()
    {
        var document = await PublishedAsync();
        var help = Assert.Single(Items(document), i => (string?)i["linkId"] == "dem.dob.help");

        Assert.Equal(("display", "The full date: year, month and day."), ((string?)help["type"], (string?)help["text"]));
        Assert.Equal("help", (string?)help["extension"]![0]!["valueCodeableConcept"]!["coding"]![0]!["code"]);
        Assert.Equal(app.Protocol.Questionnaire.All.Count(i => i.Help is not null) + app.Protocol.Questionnaire.All.Count(i => i.Type == KetamineIntake.Core.Protocols.ItemType.Display), Items(document).Count(i => (string?)i["type"] == "display"));
    }

    [Theory]
    [InlineData("dem.lang", "urn:ietf:bcp:47", "es")]
    [InlineData("dem.tz", "https://www.iana.org/time-zones", "America/Chicago")]
    public async Task Language_and_zone_have_answers_to_choose_from(string linkId, string system, string code)
    {
        var item = Items(await PublishedAsync()).Single(i => (string?)i["linkId"] == linkId);

        Assert.Contains(item["answerOption"]!.AsArray(), o => (string?)o!["valueCoding"]!["code"] == code && (string?)o["valueCoding"]!["system"] == system);
    }

    [Fact]
    public async Task No_group_is_shown_while_no_question_of_it_is()
    {
        foreach (var group in Items(await PublishedAsync()).Where(i => (string?)i["type"] == "group"))
        {
            var asked = group["item"]!.AsArray().OfType<JsonObject>().Where(i => (string?)i["type"] != "display" && !IsHidden(i)).ToList();
            Assert.True(asked.Count > 0 || IsHidden(group), (string?)group["linkId"]);
            Assert.True(asked.Exists(i => i["enableWhen"] is null) || group["enableWhen"] is not null || asked.Count == 0, (string?)group["linkId"]);
        }
    }

    [Fact]
    public async Task Nothing_that_only_we_understand_is_published() =>
        Assert.DoesNotContain("ketamineintake.example/fhir/StructureDefinition", (await PublishedAsync()).ToJsonString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("phq9.9", "LA6568-5", 0)]
    [InlineData("phq9.9", "LA6569-3", 1)]
    [InlineData("phq9.1", "LA6570-1", 2)]
    [InlineData("phq9.9", "LA6571-9", 3)]
    [InlineData("gad7.7", "LA6571-9", 3)]
    [InlineData("phq9.difficulty", "LA6575-0", 2)]
    public async Task The_answers_that_LOINC_lists_are_taken(string linkId, string code, int points)
    {
        var read = await ReadAsync(linkId, new JsonObject { ["valueCoding"] = new JsonObject { ["system"] = "http://loinc.org", ["code"] = code } });

        Assert.Equal(points, read["answers"]![linkId]!.GetValue<int>());
    }

    [Theory]
    [InlineData("dem.weightKg", 80, "kg", 80)]
    [InlineData("dem.weightKg", 170, "[lb_av]", 77.11)]
    [InlineData("dem.weightKg", 80000, "g", 80)]
    [InlineData("dem.heightCm", 1.75, "m", 175)]
    [InlineData("dem.heightCm", 70, "[in_i]", 177.8)]
    [InlineData("cv.bpSys", 120, "mm[Hg]", 120)]
    public async Task A_quantity_is_taken_in_the_units_that_people_measure_in(string linkId, double value, string unit, double kept)
    {
        var read = await ReadAsync(linkId, Quantity((decimal)value, unit));

        Assert.Equal((decimal)kept, read["answers"]![linkId]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("dem.weightKg", 80, "[stone_av]", Ucum)]
    [InlineData("dem.weightKg", 80, "cm", Ucum)]
    [InlineData("dem.weightKg", 80, "kg", "http://example.org")]
    public async Task A_quantity_in_any_other_unit_is_refused_with_those_that_are_taken(string linkId, double value, string unit, string system)
    {
        var quantity = Quantity((decimal)value, unit);
        quantity["valueQuantity"]!["system"] = system;
        using var answer = await SendAsync(linkId, quantity);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("[lb_av]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.Created)]
    [InlineData(false, HttpStatusCode.UnprocessableEntity)]
    [InlineData(null, HttpStatusCode.UnprocessableEntity)]
    public async Task A_body_mass_index_over_50_is_confirmed_by_an_item_that_is_published(bool? confirmed, HttpStatusCode status)
    {
        var item = Items(await PublishedAsync()).Single(i => (string?)i["linkId"] == "dem.heightCm.confirmed");
        Assert.Equal(("boolean", "any"), ((string?)item["type"], (string?)item["enableBehavior"]));
        Assert.Contains(item["enableWhen"]!.AsArray(), w => (string?)w!["question"] == "dem.heightCm" && (string?)w["operator"] == "exists");
        Assert.Contains(item["enableWhen"]!.AsArray(), w => (string?)w!["question"] == "dem.weightKg" && (string?)w["operator"] == ">" && (decimal)w["answerDecimal"]! == 150);

        var body = EmbeddedQuestionnaireTests.Fhir(AnswerSet.Empty);
        var items = body["item"]!.AsArray();
        items.Add(Bodies.FhirItem("dem.weightKg", "valueDecimal", 160));
        items.Add(Bodies.FhirItem("dem.heightCm", "valueDecimal", 170));
        if (confirmed is { } answer)
        {
            items.Add(Bodies.FhirItem("dem.heightCm.confirmed", "valueBoolean", answer));
        }

        using var sent = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: Fhir);
        Assert.Equal(status, sent.StatusCode);
    }

    [Fact]
    public async Task Less_than_a_weight_is_no_weight()
    {
        var quantity = Quantity(80, "kg");
        quantity["valueQuantity"]!["comparator"] = "<";
        using var answer = await SendAsync("dem.weightKg", quantity);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public void Every_point_of_a_scale_has_the_answer_that_LOINC_lists() => Assert.All(
        app.Protocol.Questionnaire.All.SelectMany(i => i.Codes.Where(c => c.Ordinal is not null)), c => Assert.StartsWith("LA", c.SameAs!.Value.Code, StringComparison.Ordinal));

    [Fact]
    public async Task An_amended_response_is_a_new_version_that_staff_see_as_one()
    {
        var body = Response();
        body["status"] = "amended";
        var id = await ReferAsync(body);
        using var first = await app.GetAsync(IntakeApp.Path($"referrals/{id}"), app.Clinics[IntakeApp.Here].ClinicianKey);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.True((bool?)JsonNode.Parse(await first.Content.ReadAsStringAsync())!["amends"]);
    }

    [Fact]
    public async Task A_response_sent_as_plain_JSON_gets_a_hint()
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Response());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["/resourceType"], problem["errors"]!.AsArray().Select(e => (string?)e!["pointer"]));
        Assert.Contains(Fhir, (string?)problem["errors"]![0]!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, Fhir, Fhir)]
    [InlineData("*/*", Fhir, Fhir)]
    [InlineData("application/json", Fhir, "application/problem+json")]
    [InlineData(Fhir, "application/json", Fhir)]
    [InlineData(null, "application/json", "application/problem+json")]
    public async Task Who_asks_for_FHIR_gets_an_OperationOutcome(string? accept, string sent, string answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings")) { Content = new StringContent("{}", System.Text.Encoding.UTF8, sent) };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await app.Client.SendAsync(request);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(answered, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(answered == Fhir ? "OperationOutcome" : null, (string?)body["resourceType"]);
        Assert.NotEmpty((answered == Fhir ? body["issue"] : body["errors"])!.AsArray());
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_FHIR_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("referrals"));
        request.Headers.TryAddWithoutValidation("Accept", Fhir);
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal("login", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["issue"]![0]!["code"]);
    }

    private static JsonObject Quantity(decimal value, string unit) =>
        new() { ["valueQuantity"] = new JsonObject { ["value"] = value, ["system"] = Ucum, ["code"] = unit } };

    private static JsonObject Response() => EmbeddedQuestionnaireTests.Fhir(HealthyPatient.Man);

    private static bool IsHidden(JsonObject item) => item["extension"]?.AsArray().Any(e => ((string?)e!["url"])!.EndsWith("questionnaire-hidden", StringComparison.Ordinal)) == true;

    private static IEnumerable<JsonObject> Items(JsonNode parent) =>
        (parent["item"]?.AsArray() ?? []).OfType<JsonObject>().SelectMany(i => Items(i).Prepend(i));

    private async Task<JsonNode> PublishedAsync()
    {
        using var answer = await app.GetAsync(IntakeApp.Path("questionnaire"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<JsonNode> ReadAsync(string linkId, JsonObject value)
    {
        using var answer = await SendAsync(linkId, value);
        var id = (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["referral"]?["id"];
        Assert.True(id is not null, await answer.Content.ReadAsStringAsync());
        using var shown = await app.GetAsync(IntakeApp.Path($"referrals/{id}"), app.Clinics[IntakeApp.Here].ClinicianKey);
        return JsonNode.Parse(await shown.Content.ReadAsStringAsync())!;
    }

    private async Task<string> ReferAsync(JsonObject body)
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: Fhir);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["referral"]!["id"]!;
    }

    /// <summary>One answer beside who the patient is.</summary>
    private Task<HttpResponseMessage> SendAsync(string linkId, JsonObject value)
    {
        var body = EmbeddedQuestionnaireTests.Fhir(AnswerSet.Empty);
        body["item"]!.AsArray().Add(new JsonObject { ["linkId"] = linkId, ["answer"] = new JsonArray(value) });
        return app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: Fhir);
    }
}
