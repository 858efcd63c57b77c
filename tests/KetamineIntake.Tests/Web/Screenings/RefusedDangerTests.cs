using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>Whatever is refused, danger in it is answered with whom to call, and the clinic hears of it.</summary>
public sealed partial class RefusedDangerTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    private const string Fhir = "application/fhir+json";

    public static TheoryData<string, string, string> Said => new()
    {
        // Where a yes may stand and asq.5 is blank, the rules say imminent. Contradicted by the answers before it; in words that are none of the question's; as a number in words; twice; by a right answer beside another fault.
        { "asq.5 against asq.1-4", """{"asq.1":"no","asq.2":"no","asq.3":"no","asq.4":"no","asq.5":"yes"}""", "imminent" },
        { "a capital letter", """{"asq.1":"Yes"}""", "imminent" },
        { "a boolean", """{"asq.2":true}""", "imminent" },
        { "a point of the scale in words", """{"phq9.9":"3"}""", "high" },
        { "no and yes", """{"asq.4":"no","asq.4":"yes"}""", "imminent" },
        { "a right answer beside a wrong one", """{"asq.1":"yes","asq.5":"no","psy.schiz":"maybe"}""", "high" },
        { "several days, beside a wrong one", """{"phq9.9":1,"psy.schiz":"maybe"}""", "elevated" },
    };

    [Theory]
    [MemberData(nameof(Said))]
    public async Task A_refused_form_that_tells_of_suicide_risk_says_whom_to_call(string kind, string answers, string urgency)
    {
        var problem = await RefusedAsync(Body(answers, "en", $"+12125550{100 + kind.Length}"));

        Assert.Equal(urgency, (string?)problem["urgency"]);
        Assert.Contains("was not sent", (string?)problem["message"], StringComparison.Ordinal);
        Assert.DoesNotContain("saved", (string?)problem["message"], StringComparison.Ordinal);
        Assert.Contains(problem["resources"]!.AsArray(), r => (string?)r!["phone"] == "988");
        Assert.Contains(problem["resources"]!.AsArray(), r => (string?)r!["phone"] == "911");
    }

    [Theory]
    [InlineData("""{"asq.1":"no","phq9.9":0,"psy.schiz":"maybe"}""")]
    [InlineData("""{"asq.1":"no","asq.2":"no","asq.3":"no","asq.4":"no","asq.5":"no"}""")]
    public async Task A_refused_form_that_tells_of_none_says_nothing_of_it(string answers)
    {
        var problem = await RefusedAsync(Body(answers));

        Assert.Null(problem["urgency"]);
        Assert.Null(problem["resources"]);
    }

    [Fact]
    public async Task It_is_said_in_the_patients_language()
    {
        var problem = await RefusedAsync(Body("""{"asq.5":"yes"}""", "es_MX"));

        Assert.Contains("oprimir 2", (string?)problem["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emergency_of_the_body_is_said_too()
    {
        var problem = await RefusedAsync(Body("""{"cv.bpSys":200,"cv.bpDia":125,"psy.schiz":"maybe"}"""));

        Assert.Contains(problem["emergencies"]!.AsArray(), e => ((string?)e!["advice"])!.Contains("911", StringComparison.Ordinal));
        Assert.Null(problem["message"]);
    }

    [Fact]
    public async Task In_FHIR_it_is_said_as_an_outcome_first_of_all()
    {
        var body = new JsonObject
        {
            ["resourceType"] = "QuestionnaireResponse",
            ["questionnaire"] = app.Protocol.Questionnaire.Canonical,
            ["status"] = "completed",
            ["item"] = new JsonArray(Bodies.FhirItem("asq.5", "valueString", "yes")),
        };
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body, mediaType: Fhir);
        var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal((HttpStatusCode.UnprocessableEntity, Fhir), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("was not sent", (string?)outcome["issue"]![0]!["details"]!["text"], StringComparison.Ordinal);
        Assert.Contains(outcome["issue"]!.AsArray(), i => ((string?)i!["details"]!["text"])!.Contains("988", StringComparison.Ordinal));
        Assert.Contains(outcome["issue"]!.AsArray(), i => (string?)i!["expression"]?[0] == "item[0].answer[0]");
    }

    [Fact]
    public async Task A_right_form_under_a_key_that_was_used_for_another_says_it_too()
    {
        using var first = await SendAsync(Body("""{"asq.1":"no"}"""), "used-1");
        using var second = await SendAsync(Body("""{"asq.1":"yes","asq.5":"no"}"""), "used-1");
        using var third = await SendAsync(Body("""{"asq.1":"yes","asq.5":"no"}"""), "bad key");

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest], new[] { first, second, third }.Select(a => a.StatusCode));
        foreach (var refused in new[] { second, third })
        {
            Assert.Equal("high", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["urgency"]);
        }
    }

    [Fact]
    public async Task The_clinic_is_told_once_with_whom_to_call_and_no_referral_is_made()
    {
        const string phone = "+13125550177";
        var before = await CountAsync(Rows.Patients);
        var problem = await RefusedAsync(Body("""{"asq.5":"yes"}""", "en", phone));
        await RefusedAsync(Body("""{"asq.5":"yes"}""", "en", phone));

        Assert.Contains("clinic's list", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(Rows.Patients));
        var note = Assert.Single(await NotesAsync(), n => n.Phone == phone);
        Assert.Equal(NoteKind.Crisis, note.Kind);
        Assert.Equal("A form that tells of suicide risk (imminent) could not be taken, and is not among the referrals: a program sent it with faults. From: Kim Park, born 1985-04-12. Please call.", note.Words);
    }

    [Theory]
    [InlineData("used-2")]
    [InlineData("bad key")]
    public async Task The_clinic_is_told_whatever_the_form_was_refused_for(string key)
    {
        var phone = key == "used-2" ? "+13125550178" : "+13125550179";
        using var first = await SendAsync(Body("""{"asq.1":"no"}""", "en", phone), "used-2");
        using var second = await SendAsync(Body("""{"asq.1":"yes","asq.5":"yes"}""", "en", phone), key);

        Assert.Contains("clinic's list", (string?)JsonNode.Parse(await second.Content.ReadAsStringAsync())!["detail"], StringComparison.Ordinal);
        Assert.Equal(NoteKind.Crisis, Assert.Single(await NotesAsync(), n => n.Phone == phone).Kind);
    }

    [Fact]
    public async Task Who_has_a_name_and_no_number_that_can_be_read_is_told_of_too()
    {
        await RefusedAsync(Body("""{"asq.5":"yes"}""", "en", "none"));

        Assert.Contains(await NotesAsync(), n => n.Words.Contains("Kim Park, born 1985-04-12, whose number could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_nobody_named_no_note_is_written_and_nothing_says_that_the_clinic_knows()
    {
        var before = (await NotesAsync()).Count;
        var problem = await RefusedAsync("""{"patient":{"phone":"none"},"answers":{"asq.5":"yes"}}""");

        Assert.Equal("imminent", (string?)problem["urgency"]);
        Assert.DoesNotContain("clinic's list", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(before, (await NotesAsync()).Count);
    }

    private static string Body(string answers, string language = "en", string phone = "+12125550123") =>
        $$"""{"patient":{"givenName":"Kim","familyName":"Park","birthDate":"1985-04-12","phone":"{{phone}}","language":"{{language}}"},"answers":{{answers}}}""";

    private async Task<JsonNode> RefusedAsync(string body)
    {
        using var answer = await SendAsync(body, null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings")) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await app.Client.SendAsync(request);
    }

    private async Task<int> CountAsync(RowRange range)
    {
        var count = 0;
        await foreach (var row in app.Stores.Open(IntakeApp.Here).ListAsync(range, default))
        {
            count += row.Key.Length > 0 ? 1 : 0;
        }

        return count;
    }

    private async Task<List<StaffNote>> NotesAsync()
    {
        var notes = new List<StaffNote>();
        await foreach (var row in app.Stores.Open(IntakeApp.Here).ListAsync(Rows.OpenNotes, default))
        {
            notes.Add(RecordJson.Read<StaffNote>(row));
        }

        return notes;
    }
}
