using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>Programs that were written for an earlier questionnaire go on being understood, and what they do not know to ask is never a silent no.</summary>
public sealed class EarlierProgramsTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    // What version 1.1.0 added.
    private static readonly string[] New =
        """
        asq.4.week cv.pulmHtn cv.congenital cv.aorticDissection neu.tia.date neu.icp.now neu.tumour.now neu.hydro.now eye.surgery resp.asthma.severe gi.gastroparesis gi.reflux
        preg.late surg.recent sub.ketamine30d sub.opioid30d sub.stimulant30d sub.dependence sub.ketamineDependence sub.withdrawal med.antipsychotic.for med.lithium.for med.sglt2
        med.anticoagulant med.nmda med.oxybate med.tricyclic med.tramadol med.bupropion med.glp1.raised med.glp1.stomach ket.psychosis log.capacity
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static AnswerSet AsBefore => New.Aggregate(HealthyPatient.Woman, (answers, linkId) => answers.With(linkId, null));

    private static string Earlier => EmbeddedProtocol.Questionnaire.Url + "|1.0.0";

    [Fact]
    public async Task A_program_that_sends_no_medicines_without_knowing_the_new_classes_gets_incomplete()
    {
        var receipt = await SendAsync(EmbeddedQuestionnaireTests.Json(AsBefore), "application/json");

        Assert.Equal("incomplete", (string)receipt["outcome"]!);
        var missing = receipt["missing"]!.AsArray().Select(m => (string)m!).ToList();
        Assert.All(new[] { "med.sglt2", "med.nmda", "med.oxybate", "sub.withdrawal", "sub.ketamine30d", "cv.pulmHtn", "gi.reflux", "preg.late" }, m => Assert.Contains(m, missing));
        Assert.Subset(New.ToHashSet(), missing.ToHashSet());
        var open = (await ReferralAsync(receipt))["findings"]!.AsArray().Where(f => !(bool)f!["certain"]!).Select(f => $"{f!["rule"]} {f["severity"]}").ToList();
        Assert.Equal(["DDI-16 caution", "DDI-20 caution", "DDI-21 caution"], open);
    }

    [Fact]
    public async Task FHIR_answers_to_an_earlier_version_are_taken_and_kept_as_answers_to_it()
    {
        var body = EmbeddedQuestionnaireTests.Fhir(AsBefore);
        body["questionnaire"] = Earlier;

        var receipt = await SendAsync(body, "application/fhir+json");

        Assert.Equal("incomplete", (string)receipt["outcome"]!);
        Assert.Equal(Earlier, (string)(await ReferralAsync(receipt))["judged"]!["questionnaire"]!);
    }

    [Fact]
    public async Task One_key_for_answers_to_two_versions_is_a_mistake()
    {
        var body = EmbeddedQuestionnaireTests.Fhir(AsBefore);
        var key = Guid.NewGuid().ToString();
        Assert.Equal(HttpStatusCode.Created, await KeyedAsync(body, key));
        Assert.Equal(HttpStatusCode.Created, await KeyedAsync(body, key));
        body["questionnaire"] = Earlier;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await KeyedAsync(body, key));
    }

    [Theory]
    [InlineData("|0.9.0")]
    [InlineData("|1.3.0")]
    [InlineData("|")]
    [InlineData("|1.0.0|1.0.0")]
    [InlineData("x|1.0.0")]
    public async Task A_version_that_never_was_is_refused_by_name(string version)
    {
        var body = EmbeddedQuestionnaireTests.Fhir(AsBefore);
        body["questionnaire"] = EmbeddedProtocol.Questionnaire.Url + version;
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: "application/fhir+json");
        var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["questionnaire"], outcome["issue"]!.AsArray().Select(i => (string)i!["expression"]![0]!));
    }

    [Theory]
    [InlineData("not-sure")]
    [InlineData(null)]
    public async Task A_caution_that_stays_open_is_told_to_staff_and_holds_nobody_back(string? escort)
    {
        var body = EmbeddedQuestionnaireTests.Json(HealthyPatient.Woman);
        body["answers"]!.AsObject().Remove("log.escort");
        if (escort is not null)
        {
            body["answers"]!["log.escort"] = escort;
        }

        var receipt = await SendAsync(body, "application/json");

        Assert.Equal(("eligible", 0), ((string)receipt["outcome"]!, receipt["missing"]!.AsArray().Count));
        var finding = Assert.Single((await ReferralAsync(receipt))["findings"]!.AsArray())!;
        Assert.Equal(("LOG-01", "caution", false), ((string)finding["rule"]!, (string)finding["severity"]!, (bool)finding["certain"]!));
        Assert.Equal("log.escort", (string)finding["inputs"]!.AsArray().Single()!["name"]!);
    }

    private async Task<JsonNode> SendAsync(JsonObject body, string mediaType)
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: mediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<HttpStatusCode> KeyedAsync(JsonObject body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings"));
        request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/fhir+json");
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await app.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<JsonNode> ReferralAsync(JsonNode receipt)
    {
        using var shown = await app.GetAsync(IntakeApp.Path($"referrals/{receipt["referral"]!["id"]}"), app.Clinics[IntakeApp.Here].ClinicianKey);
        return JsonNode.Parse(await shown.Content.ReadAsStringAsync())!;
    }
}
