using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Referrals;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>Issue 11, "It shows": NLM's LHC-Forms fills the published form for five patients to the same outcome as JSON, and cannot submit an empty one.</summary>
public sealed class LhcFormsTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    private const string Fhir = "application/fhir+json";

    /// <summary>What each answers, by linkId, and what comes of it.</summary>
    private static readonly (string Outcome, string Urgency, string Answers)[] Patients =
    [
        ("contraindicated", "none", "psy.schiz=yes"),
        ("needs-review", "high", "asq.1=yes asq.5=no dem.sexAtBirth=female"),
        ("needs-review", "elevated", "phq9.9=1 dem.weightKg=80 dem.heightCm=175"),
        ("contraindicated", "none", "dem.sexAtBirth=female preg.pregnant=yes med.classes=none"),
        ("needs-review", "none", "cv.any=yes cv.bpSys=128 cv.bpDia=82 sub.alcohol=yes auditc.1=1"),
    ];

    [LhcFormsFact]
    public async Task Five_patients_come_to_the_same_outcome_as_in_JSON_and_an_empty_form_is_not_sent()
    {
        var questionnaire = app.Protocol.Questionnaire;
        using var published = await app.GetAsync(IntakeApp.Path("questionnaire"));
        var document = await published.Content.ReadAsStringAsync();
        await using var forms = await LhcForms.StartAsync();

        forms.ShowForm(document);
        Assert.Equal(3, forms.Faults().Count);
        using var empty = await app.PostAsync(IntakeApp.Path("screenings"), forms.Response(), mediaType: Fhir);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);

        foreach (var (outcome, urgency, said) in Patients)
        {
            var answers = Written.Answers(questionnaire, said);
            forms.ShowForm(document);
            forms.Type(questionnaire.Find("dem.givenName")!, "Kim");
            forms.Type(questionnaire.Find("dem.dob")!, "04/12/1985");
            forms.Type(questionnaire.Find("dem.phone")!, "(212) 555-0123");
            forms.Type(questionnaire.Find("dem.lang")!, "es");
            forms.Type(questionnaire.Find("dem.tz")!, "America/Chicago");
            foreach (var word in said.Split(' '))
            {
                forms.Type(questionnaire.Find(word.Split('=')[0])!, word.Split('=')[1]);
            }

            Assert.Empty(forms.Faults());
            var response = forms.Response();
            var fhir = await SendAsync(response, Fhir);
            var json = await SendAsync(new JsonObject { ["patient"] = Kim(), ["answers"] = AnswersBody.Of(answers, questionnaire) }, "application/json");
            Assert.Equal((outcome, urgency), ((string?)json["outcome"], (string?)json["urgency"]));
            foreach (var member in new[] { "outcome", "urgency", "message", "missing", "next" })
            {
                Assert.True(JsonNode.DeepEquals(json[member], fhir[member]), $"{said}: {member}");
            }
        }
    }

    private static JsonObject Kim() => new()
    {
        ["givenName"] = "Kim",
        ["birthDate"] = "1985-04-12",
        ["phone"] = "+12125550123",
        ["language"] = "es",
        ["timeZone"] = "America/Chicago",
    };

    private async Task<JsonNode> SendAsync(JsonObject body, string mediaType)
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: mediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }
}
