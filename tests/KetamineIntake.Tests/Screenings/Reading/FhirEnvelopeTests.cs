using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class FhirEnvelopeTests
{
    private const string Url = "http://example.org/Questionnaire/small";

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"QuestionnaireResponse\"")]
    public void What_is_no_object_is_no_response(string body)
    {
        var reading = Sent.Fhir(body);

        Assert.Equal([" must be a QuestionnaireResponse"], Sent.Lines(reading));
        Assert.Null(reading.Submission);
    }

    [Fact]
    public void Everything_R4_allows_in_a_response_may_stand_there_and_counts_for_nothing()
    {
        var body = Bodies.Fhir();
        foreach (var name in new[]
        {
            "id", "meta", "language", "text", "contained", "extension", "identifier", "basedOn", "partOf", "subject", "encounter", "authored", "author", "source",
        })
        {
            body[name] = new JsonObject();
            body["_" + name] = new JsonObject();
        }

        body["_resourceType"] = body["_questionnaire"] = null;
        body["_status"] = new JsonObject();

        var reading = Sent.Fhir(body);

        Assert.Empty(reading.Faults);
        Assert.Equal(Sent.Fhir(Bodies.Fhir()).Submission!.Hash(), reading.Submission!.Hash());
    }

    [Theory]
    [InlineData("implicitRules")]
    [InlineData("_implicitRules")]
    [InlineData("modifierExtension")]
    [InlineData("patient")]
    [InlineData("answers")]
    [InlineData("Status")]
    [InlineData("_")]
    public void What_is_not_understood_is_never_passed_over(string name)
    {
        var body = Bodies.Fhir();
        body[name] = "x";

        Assert.Equal([$"/{name} is not understood here"], Sent.Lines(Sent.Fhir(body)));
    }

    [Theory]
    [InlineData("resourceType", "must be \"QuestionnaireResponse\"")]
    [InlineData("questionnaire", $"must be \"{Url}|1.0.0\" or \"{Url}\"")]
    [InlineData("status", "must be \"completed\" or \"amended\"")]
    public void The_envelope_says_what_it_is(string name, string detail)
    {
        foreach (var wrong in new[] { "\"other\"", "\"\"", "5", "null", "[]", "{}", "true" })
        {
            var body = Bodies.Fhir();
            body[name] = JsonNode.Parse(wrong);
            Assert.Equal([$"/{name} {detail}"], Sent.Lines(Sent.Fhir(body)));
        }

        var without = Bodies.Fhir();
        without.Remove(name);
        Assert.Equal([$"/{name} is required: {detail}"], Sent.Lines(Sent.Fhir(without)));
    }

    [Theory]
    [InlineData($"{Url}|1.0.0", true)]
    [InlineData(Url, true)]
    [InlineData($"{Url}|1.0.1", false)]
    [InlineData($"{Url}|", false)]
    [InlineData("http://example.org/questionnaire/small", false)]
    public void A_response_answers_this_version_of_this_questionnaire(string canonical, bool isRight)
    {
        var body = Bodies.Fhir();
        body["questionnaire"] = canonical;

        Assert.Equal(isRight, Sent.Fhir(body).Submission is not null);
    }

    [Fact]
    public void Faults_of_the_envelope_come_before_those_of_the_patient_and_these_before_the_answers()
    {
        var body = Bodies.Fhir();
        body["status"] = "stopped";
        body["contact"] = "x";
        body["item"]![0]!["item"]![6] = Bodies.FhirItem("dem.smsConsent", "valueInteger", 1);
        body["item"]![2]!["item"]![1] = Bodies.FhirItem("cv.bpSys", "valueInteger", 261);
        body["item"]![0]!["item"]![4] = Bodies.FhirItem("dem.email", "valueString", "Mars");

        Assert.Equal(
            [
                "/contact is not understood here",
                "/status must be \"completed\" or \"amended\"",
                "/item/0/item/4/answer/0 must be an e-mail address. Enter an e-mail address like name@example.com, or leave it empty.",
                "/item/0/item/6/answer/0 must be true or false",
                "/item/2/item/1/answer/0 must be a whole number from 60 to 260 mmHg, or \"not-sure\"",
            ],
            Sent.Lines(Sent.Fhir(body)));
    }

    [Fact]
    public void A_repeated_member_is_named()
    {
        var text = Bodies.Fhir().ToJsonString();

        Assert.Equal(["/status stands here twice"], Sent.Lines(Sent.Fhir("{\"status\":\"completed\"," + text[1..])));
    }

    [Fact]
    public void A_gate_that_was_not_answered_is_named_in_words()
    {
        var body = Bodies.Fhir();
        body["item"]![1]!["item"]![1] = Bodies.FhirItem("psy.psychosisLast", "valueDate", "2020");

        Assert.Equal(["/item/1/item/1/answer/0 is only asked when the item psy.psychosisPast is \"yes\""], Sent.Lines(Sent.Fhir(body)));
    }

    [Fact]
    public void A_gate_that_was_answered_otherwise_is_named_where_it_stands()
    {
        var body = Bodies.Fhir();
        body["item"]![1]!["item"]!.AsArray().Insert(0, Bodies.FhirItem("psy.psychosisLast", "valueDate", "2020"));

        Assert.Equal(["/item/1/item/0/answer/0 is only asked when /item/1/item/2/answer/0 is \"yes\""], Sent.Lines(Sent.Fhir(body)));
    }
}
