using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class FhirItemsTests
{
    private static readonly string[] Nobody =
    [
        "/item givenName or familyName is required: must be a name of 1 to 100 characters",
        "/item birthDate is required: must be a real date, YYYY-MM-DD, from 1900 and not in the future",
        "/item phone is required: must be a telephone number that can be texted: +12125550123, or ten digits of a US number",
    ];

    [Fact]
    public void A_response_without_items_lacks_the_patient()
    {
        var body = Bodies.Fhir();
        body.Remove("item");

        Assert.Equal(Nobody, Sent.Lines(Sent.Fhir(body)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"none\"")]
    [InlineData("null")]
    public void Items_stand_in_an_array(string items)
    {
        var body = Bodies.Fhir();
        body["item"] = JsonNode.Parse(items);

        Assert.Equal(["/item must be an array", .. Nobody], Sent.Lines(Sent.Fhir(body)));
    }

    [Theory]
    [InlineData("5", "/item/5 must be an object")]
    [InlineData("[]", "/item/5 must be an object")]
    [InlineData("{}", "/item/5/linkId is required and must be text")]
    [InlineData("""{"linkId":5}""", "/item/5/linkId is required and must be text")]
    [InlineData("""{"linkId":null}""", "/item/5/linkId is required and must be text")]
    [InlineData("""{"linkId":"cv.none","answer":[{"valueString":"x"}]}""", "/item/5/linkId is not a question of this questionnaire")]
    [InlineData("""{"linkId":"dem"}""", "/item/5/linkId stands in this response twice")]
    [InlineData("""{"linkId":"med.list","answer":{}}""", "/item/5/answer must be an array")]
    [InlineData("""{"linkId":"med.list","answer":null}""", "/item/5/answer must be an array")]
    [InlineData("""{"linkId":"med.list","item":"x"}""", "/item/5/item must be an array")]
    [InlineData("""{"linkId":"med.list","item":[5]}""", "/item/5/item/0 must be an object")]
    [InlineData("""{"linkId":"med.list","modifierExtension":[]}""", "/item/5/modifierExtension is not understood here")]
    [InlineData("""{"linkId":"med.list","subject":{}}""", "/item/5/subject is not understood here")]
    public void A_wrong_item_is_named_where_it_stands(string item, string fault)
    {
        var reading = Sent.FhirWith(item);

        Assert.Equal([fault], Sent.Lines(reading));
        Assert.Null(reading.Submission);
    }

    [Fact]
    public void Items_inside_an_item_that_is_not_a_question_are_still_read()
    {
        var reading = Sent.FhirWith("""{"linkId":"page-1","item":[{"linkId":"page-1","answer":{}},{"linkId":"med.list","answer":[{"valueString":""}]}]}""");

        Assert.Equal(
            [
                "/item/5/linkId is not a question of this questionnaire",
                "/item/5/item/0/linkId is not a question of this questionnaire",
                "/item/5/item/1/answer/0 must be text of 1 to 200 characters without control characters; leave an unanswered question out",
            ],
            Sent.Lines(reading));
    }

    [Fact]
    public void Everything_R4_allows_in_an_item_may_stand_there()
    {
        var reading = Sent.FhirWith("""
            {
              "id": "i1", "extension": [], "linkId": "med.list", "_linkId": {}, "definition": "http://example.org/def", "text": "Medicines", "_text": {},
              "answer": [{"valueString": "Aspirin"}], "item": []
            }
            """);

        Assert.Empty(reading.Faults);
        Assert.Equal(new Answer.Text("Aspirin"), reading.Submission!.Answers.Find("med.list"));
    }

    [Theory]
    [InlineData("psy.schiz")]
    [InlineData("cv.bpSys")]
    [InlineData("med.classes")]
    [InlineData("dem.email")]
    public void An_item_without_answers_is_unanswered(string linkId)
    {
        foreach (var answers in new[] { ",\"answer\":[]", "" })
        {
            var reading = Sent.FhirWith($$"""{"linkId":"{{linkId}}"{{answers}}}""");

            Assert.Empty(reading.Faults);
            Assert.Null(reading.Submission!.Answers.Find(linkId));
        }
    }

    [Fact]
    public void A_half_read_list_does_not_pass_for_the_whole()
    {
        const string opioid = """{"valueCoding":{"code":"opioid"}}""";
        var reading = Sent.FhirWith($$"""{"linkId":"med.classes","answer":[{{opioid}},{{opioid}},{"valueString":"none"}]}""");

        Assert.Equal(["/item/5/answer/2"], reading.Faults.Select(f => f.Pointer));
    }

    [Fact]
    public void A_list_is_judged_as_one_answer_and_a_single_answer_where_it_stands()
    {
        const string wrong = """{"valueCoding":{"code":"magic"}}""";
        const string no = """{"valueCoding":{"code":"no"}}""";

        Assert.Equal(
            ["/item/5/answer must be one of \"benzodiazepine\", \"opioid\", \"none\"; or [\"none\"] or [\"not-sure\"] alone"],
            Sent.Lines(Sent.FhirAnswer("med.classes", wrong)));
        Assert.Equal(["/item/5/answer/0 must be one of \"yes\", \"no\", \"not-sure\""], Sent.Lines(Sent.FhirAnswer("psy.schiz", wrong)));
        Assert.Equal(["/item/5/answer must be one of \"yes\", \"no\", \"not-sure\""], Sent.Lines(Sent.FhirAnswer("psy.schiz", $"{no},{no}")));
        Assert.Equal(new Answer.Choices(["opioid"]), Sent.FhirAnswer("med.classes", """{"valueCoding":{"code":"opioid"}}""").Submission!.Answers.Find("med.classes"));
    }

    [Fact]
    public void A_wrong_patient_item_is_named_where_it_stands()
    {
        Assert.Equal(["/item/5/answer/0 must be an e-mail address. An e-mail address has no spaces."], Sent.Lines(Sent.FhirAnswer("dem.email", """{"valueString":"a b@example.org"}""")));
        Assert.Equal(("en", "fr"), Sent.FhirAnswer("dem.lang", """{"valueString":"fr"}""").Submission!.Patient is var french ? (french.Language, french.AskedLanguage) : default);
        Assert.Equal("es", Sent.FhirAnswer("dem.lang", """{"valueString":"es"}""").Submission!.Patient.Language);
        Assert.False(Sent.FhirAnswer("dem.smsConsent", """{"valueBoolean":false}""").Submission!.Patient.SmsConsent);
    }

    [Fact]
    public void An_identity_item_that_patients_have_no_field_for_is_refused()
    {
        var known = TestProtocol.Questionnaire;
        var extra = known.Find("dem.email")! with { LinkId = "dem.fax" };
        var wider = new Questionnaire(known.Url, known.Version, known.Title, [.. known.Sections, extra], known.Fhir);
        var body = Bodies.Fhir();
        body["item"]!.AsArray().Add(Bodies.FhirItem("dem.fax", "valueString", "1"));

        Assert.Equal(["/item/5/answer/0 belongs in \"patient\", not in \"answers\""], Sent.Lines(Sent.Fhir(body.ToJsonString(), wider)));
    }
}
