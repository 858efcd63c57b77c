using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>Emergencies of the body, and danger under nearly right names, in nearly right forms and before the fault of a broken body.</summary>
public sealed partial class RefusedDangerTests
{
    [Theory]
    [InlineData("chest pain at rest", """{"cv.angina":"yes","cv.angina.rest":"yes","psy.schiz":"maybe"}""", "medical")]
    [InlineData("chest pain at rest, not asked for", """{"cv.angina.rest":"yes"}""", "medical")]
    [InlineData("chest pain at rest, after an answer that cannot be read", """{"cv.angina":"some","cv.angina.rest":"yes"}""", "medical")]
    [InlineData("heart failure of the fourth class", """{"cv.hf":"yes","cv.hf.nyha":"4","psy.schiz":"maybe"}""", "medical")]
    [InlineData("thyroid storm", """{"endo.hyperthyroid":"yes","endo.hyperthyroid.storm":"yes","psy.schiz":"maybe"}""", "medical")]
    [InlineData("an open eye", """{"eye.openGlobe":"yes","psy.schiz":"maybe"}""", "medical")]
    [InlineData("confusion", """{"psy.delirium":"yes","psy.schiz":"maybe"}""", "mental")]
    [InlineData("210/130", """{"cv.bpSys":210,"cv.bpDia":130,"psy.schiz":"maybe"}""", "bloodPressure")]
    [InlineData("210/130 in words", """{"cv.bpSys":"210","cv.bpDia":"130"}""", "bloodPressure")]
    [InlineData("a capital letter", """{"eye.openGlobe":"Yes"}""", "medical")]
    [InlineData("an underscore", """{"eye_open_globe":"yes"}""", "medical")]
    public async Task Whatever_can_be_an_emergency_is_answered_with_its_sentence_and_told_to_the_clinic(string kind, string answers, string emergency)
    {
        var phone = $"+1312556{1000 + kind.Sum(c => c) % 9000}";
        var problem = await RefusedAsync(Body(answers, "en", phone));

        Assert.Contains(problem["emergencies"]!.AsArray(), e => (string?)e!["advice"] == app.Protocol.Texts.Emergencies[emergency]);
        Assert.Contains("clinic's list", (string?)problem["detail"], StringComparison.Ordinal);
        var note = Assert.Single(await NotesAsync(), n => n.Phone == phone);
        Assert.Equal(NoteKind.Crisis, note.Kind);
        Assert.Contains("what can be an emergency now (", note.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"asq_5":"yes"}""", "imminent")]
    [InlineData("""{"ASQ.5":"yes"}""", "imminent")]
    [InlineData("""{"asq5":"YES"}""", "imminent")]
    [InlineData("""{"asq-5":true}""", "imminent")]
    [InlineData("""{"asq.5":{"answer":"yes"}}""", "imminent")]
    [InlineData("""{"asq.5":{"value":"yes"}}""", "imminent")]
    [InlineData("""{"asq.5":["yes"]}""", "imminent")]
    [InlineData("""{"asq.5":"no","ASQ.5":"yes"}""", "imminent")]
    [InlineData("""{"list":[{"question":"asq.5","answer":"yes"}]}""", "imminent")]
    [InlineData("""{"list":[{"linkId":"asq.5","answer":[{"valueCoding":{"code":"yes"}}]}]}""", "imminent")]
    [InlineData("""{"phq9_9":3}""", "high")]
    [InlineData("""{"PHQ9.9":"Nearly every day"}""", "high")]
    [InlineData("""{"asq_1":"sí","asq_5":"no"}""", "high")]
    public async Task Danger_under_a_name_or_in_a_form_that_is_nearly_right_is_heard(string answers, string urgency) =>
        Assert.Equal(urgency, (string?)(await RefusedAsync(Body(answers, "en", "none")))["urgency"]);

    [Theory]
    [InlineData("asq.5", """{"valueCoding":{"code":"no","display":"Yes"}}""")]
    [InlineData("asq.5", """{"valueCoding":{"code":"no","display":"I'm not sure"}}""")]
    [InlineData("asq.5", """{"valueCoding":{"code":"no","system":"http://snomed.info/sct"}}""")]
    [InlineData("asq.5", """{"valueCoding":{"code":"no","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}}""")]
    [InlineData("asq.5", """{"valueCoding":{"code":"no"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}""")]
    [InlineData("phq9.9", """{"valueCoding":{"code":"0","display":"3"}}""")]
    public async Task A_coding_that_contradicts_itself_is_no_no(string linkId, string answerElement)
    {
        var body = JsonNode.Parse($$"""{"resourceType":"QuestionnaireResponse","questionnaire":"{{app.Protocol.Questionnaire.Canonical}}","status":"completed","item":[{"linkId":"{{linkId}}","answer":[{{answerElement}}]}]}""")!;
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: Fhir);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("988", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_nobody_understands_beside_a_no_is_no_no() =>
        Assert.Equal("imminent", (string?)(await RefusedAsync(Body("""{"asq.5":"no","asq_5":"sometimes"}""", "en", "none")))["urgency"]);

    [Theory]
    [InlineData("""{"asq_5":"no"}""")]
    [InlineData("""{"asq.1":"No"}""")]
    [InlineData("""{"asq.5":{"answer":"no"}}""")]
    [InlineData("""{"asq_1":false,"phq9_9":"0"}""")]
    [InlineData("""{"asq_5":null,"ASQ.1":""}""")]
    [InlineData("""{"eye_open_globe":"no","cv.bpSys":"120"}""")]
    [InlineData("""{"task.5":"yes","asq.55":"yes","my asq":"yes"}""")]
    public async Task What_is_no_danger_makes_no_note(string answers)
    {
        var before = (await NotesAsync()).Count;
        var problem = await RefusedAsync(Body(answers));

        Assert.Null(problem["urgency"]);
        Assert.Equal(before, (await NotesAsync()).Count);
    }

    [Theory]
    [InlineData(""", "psy.schiz": maybe}}""", "imminent")]
    [InlineData(""","psy.schiz":"no",}}""", "imminent")]
    [InlineData("", "imminent")]
    [InlineData(""","psy.sch""", "imminent")]
    [InlineData(""","x":"\uD800"}}""", "imminent")]
    [InlineData("}}}", "imminent")]
    public async Task Danger_before_the_fault_of_a_body_that_is_no_JSON_is_heard_and_told(string end, string urgency)
    {
        var phone = $"+1312557{1000 + end.Sum(c => c) % 9000}";
        using var answer = await SendAsync(Body("""{"asq.1":"yes","asq.5":"yes"}""", "en", phone)[..^2] + end, null);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal((HttpStatusCode.BadRequest, urgency), (answer.StatusCode, (string?)problem["urgency"]));
        Assert.Contains(problem["resources"]!.AsArray(), r => (string?)r!["phone"] == "988");
        Assert.Single(await NotesAsync(), n => n.Phone == phone);
    }

    [Theory]
    [InlineData("""{"answers":{"asq.5":"no",""")]
    [InlineData("""{"answers":{"cv.bpSys":21""")]
    [InlineData("""{"answers":{"asq.5":""")]
    [InlineData("not json")]
    public async Task A_body_that_is_no_JSON_and_tells_of_nothing_is_answered_as_that(string body)
    {
        using var answer = await SendAsync(body, null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["urgency"]);
    }

    [Theory]
    [InlineData("ASQ.5", "valueCoding")]
    [InlineData("Asq_5", "valueString")]
    public async Task In_FHIR_a_linkId_in_other_letters_is_heard_too(string linkId, string value)
    {
        var said = value == "valueCoding" ? """{"code":"yes"}""" : "\"yes\"";
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), JsonNode.Parse($$"""{"resourceType":"QuestionnaireResponse","questionnaire":"{{app.Protocol.Questionnaire.Canonical}}","status":"completed","item":[{"linkId":"{{linkId}}","answer":[{"{{value}}":{{said}}}]}]}""")!, mediaType: Fhir);

        Assert.Contains("988", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
