using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Referrals;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>The questionnaire that ships, through the front door.</summary>
public sealed class EmbeddedQuestionnaireTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    private static Questionnaire Questionnaire => EmbeddedProtocol.Questionnaire;

    public static TheoryData<string> Answered()
    {
        var items = new TheoryData<string>();
        foreach (var (linkId, _) in HealthyPatient.Woman.All)
        {
            items.Add(linkId);
        }

        return items;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_healthy_patient_is_eligible_in_JSON_and_in_FHIR(bool isWoman)
    {
        var answers = isWoman ? HealthyPatient.Woman : HealthyPatient.Man;
        var json = await SendAsync(Json(answers), "application/json");
        var fhir = await SendAsync(Fhir(answers), "application/fhir+json");

        foreach (var receipt in new[] { json, fhir })
        {
            Assert.Equal("eligible", receipt["outcome"]!.GetValue<string>());
            Assert.Equal("none", receipt["urgency"]!.GetValue<string>());
            Assert.Empty(receipt["missing"]!.AsArray());
        }
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task Not_sure_is_kept_as_not_sure_or_refused_and_never_becomes_another_answer(string linkId)
    {
        var item = Questionnaire.Find(linkId)!;
        var body = Json(HealthyPatient.Woman);
        body["answers"]![linkId] = item.Repeats ? new JsonArray("not-sure") : "not-sure";
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body);
        var read = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        if (answer.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            // Either the item offers no such answer, or a question that this answer gates was answered.
            Assert.All(read["errors"]!.AsArray(), e => Assert.True(
                e!["pointer"]!.GetValue<string>() == $"/answers/{linkId}" || e["detail"]!.GetValue<string>().Contains($"/answers/{linkId} is", StringComparison.Ordinal)));
            return;
        }

        using var shown = await app.GetAsync(IntakeApp.Path($"referrals/{read["referral"]!["id"]}"), app.Clinics[IntakeApp.Here].ClinicianKey);
        var referral = JsonNode.Parse(await shown.Content.ReadAsStringAsync())!;
        Assert.True(JsonNode.DeepEquals(body["answers"]![linkId], referral["answers"]![linkId]));
    }

    [Fact]
    public async Task A_heading_or_an_unknown_question_is_refused_by_name()
    {
        var body = Json(HealthyPatient.Woman);
        var heading = Questionnaire.Sections[0].LinkId;
        body["answers"]![heading] = "yes";
        body["answers"]!["dem.dob"] = "1990-01-01";
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal([$"/answers/{heading}", "/answers/dem.dob"], problem["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
    }

    internal static JsonObject Json(AnswerSet answers)
    {
        var body = Bodies.Screening();
        body["answers"] = AnswersBody.Of(answers, Questionnaire);
        return body;
    }

    internal static JsonObject Fhir(AnswerSet answers)
    {
        var body = Bodies.Fhir();
        var person = body["item"]![0]!["item"]!.AsArray();
        person.RemoveAt(person.Count - 1);
        body["questionnaire"] = Questionnaire.Canonical;
        body["item"] = new JsonArray([
            .. person.Select(i => i!.DeepClone()),
            .. answers.All.Select(a => new JsonObject { ["linkId"] = a.Key, ["answer"] = FhirAnswers(a.Value, Questionnaire.Find(a.Key)!) })]);
        return body;
    }

    private static JsonArray FhirAnswers(Answer answer, QuestionnaireItem item) => answer switch
    {
        Answer.Choice choice => new JsonArray(Coding(choice.Code)),
        Answer.Choices choices => new JsonArray([.. choices.Codes.Select(Coding)]),
        Answer.Number number when item.Type == ItemType.Choice => new JsonArray(Coding(AnswerText.Of(number.Value))),
        Answer.Number number => new JsonArray(new JsonObject { [item.Type == ItemType.Integer ? "valueInteger" : "valueDecimal"] = number.Value }),
        Answer.Date => new JsonArray(new JsonObject { ["valueDate"] = AnswerText.Of(answer) }),
        _ => new JsonArray(new JsonObject { ["valueString"] = AnswerText.Of(answer) }),
    };

    private static JsonObject Coding(string code) => new() { ["valueCoding"] = new JsonObject { ["code"] = code } };

    private async Task<JsonNode> SendAsync(JsonObject body, string mediaType)
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: mediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }
}
