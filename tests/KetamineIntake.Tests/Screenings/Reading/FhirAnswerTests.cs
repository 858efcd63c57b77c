using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class FhirAnswerTests
{
    private const string At = "/item/5/answer/0";
    private const string Choice = $"{At} must hold exactly one of valueCoding, valueBoolean, valueInteger, valueDecimal, or the data-absent-reason asked-unknown";
    private const string Number = $"{At} must hold exactly one of valueInteger, valueDecimal, or the data-absent-reason asked-unknown";
    private const string Date = $"{At} must hold exactly one of valueDate, or the data-absent-reason asked-unknown";
    private const string Text = $"{At} must hold exactly one of valueString, or the data-absent-reason asked-unknown";
    private const string Heading = $"{At} is a heading, not a question";
    private const string Reason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private const string Unknown = $$"""{"url":"{{Reason}}","valueCode":"asked-unknown"}""";

    [Theory]
    [InlineData("psy.schiz", "{}", Choice)]
    [InlineData("psy.schiz", """{"valueString":"no"}""", Choice)]
    [InlineData("psy.schiz", """{"valueCoding":{"code":"no"},"valueBoolean":false}""", Choice)]
    [InlineData("psy.schiz", """{"valueCoding":"no"}""", Choice)]
    [InlineData("psy.schiz", """{"valueCoding":null}""", Choice)]
    [InlineData("psy.schiz", """{"valueCoding":{}}""", Choice)]
    [InlineData("psy.schiz", """{"valueCoding":{"code":1}}""", Choice)]
    [InlineData("psy.schiz", """{"valueBoolean":"false"}""", Choice)]
    [InlineData("phq9.9", """{"valueInteger":"2"}""", Choice)]
    [InlineData("phq9.9", """{"valueDecimal":true}""", Choice)]
    [InlineData("cv.bpSys", "{}", Number)]
    [InlineData("cv.bpSys", """{"valueInteger":"120"}""", Number)]
    [InlineData("cv.bpSys", """{"valueInteger":120,"valueDecimal":120}""", Number)]
    [InlineData("cv.bpSys", """{"valueCoding":{"code":"120"}}""", Number)]
    [InlineData("dem.weightKg", """{"valueDecimal":"72.5"}""", Number)]
    [InlineData("dem.weightKg", """{"valueString":"72.5"}""", Number)]
    [InlineData("psy.psychosisLast", """{"valueString":"2020"}""", Date)]
    [InlineData("psy.psychosisLast", """{"valueDate":2020}""", Date)]
    [InlineData("med.list", """{"valueDate":"2020"}""", Text)]
    [InlineData("med.list", """{"valueString":["Aspirin"]}""", Text)]
    [InlineData("psy.intro", """{"valueString":"no"}""", Heading)]
    [InlineData("psy.intro", "{}", Heading)]
    [InlineData("psy.intro", """{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"asked-unknown"}]}""", Heading)]
    [InlineData("psy.schiz", "5", $"{At} must be an object")]
    [InlineData("psy.schiz", "null", $"{At} must be an object")]
    public void An_answer_holds_one_value_of_the_questions_type(string linkId, string answer, string fault)
    {
        var reading = Sent.FhirAnswer(linkId, answer);

        Assert.Equal([fault], Sent.Lines(reading));
        Assert.Null(reading.Submission);
    }

    [Theory]
    [InlineData("psy.schiz", """{"valueBoolean":false}""", "no")]
    [InlineData("psy.schiz", """{"valueBoolean":true}""", "yes")]
    [InlineData("psy.schiz", """{"valueCoding":{"code":"not-sure"}}""", "not-sure")]
    [InlineData("phq9.9", """{"valueDecimal":2.0}""", "2")]
    [InlineData("phq9.9", """{"valueInteger":0}""", "0")]
    [InlineData("phq9.9", """{"valueCoding":{"code":"3"}}""", "3")]
    [InlineData("cv.bpSys", """{"valueDecimal":120.0}""", "120")]
    [InlineData("dem.weightKg", """{"valueInteger":72}""", "72")]
    [InlineData("med.list", """{"valueString":"Aspirin"}""", "Aspirin")]
    public void What_renderers_send_is_read_as_what_it_means(string linkId, string answer, string expected)
    {
        var reading = Sent.FhirAnswer(linkId, answer);

        Assert.Empty(reading.Faults);
        Assert.Equal(expected, AnswerText.Of(reading.Submission!.Answers.Find(linkId)));
    }

    [Fact]
    public void Everything_R4_allows_beside_a_value_may_stand_there()
    {
        var reading = Sent.FhirAnswer("psy.schiz", """
            {
              "id": "a1", "extension": [{"url": "http://example.org/seen", "valueCode": "asked-unknown"}], "item": [], "_item": null,
              "_valueCoding": {}, "_valueInteger": {}, "_valueDecimal": {}, "_valueDate": {}, "_valueString": {}, "_valueBoolean": {"extension": []},
              "valueCoding": {
                "id": "c1", "extension": [], "system": "http://example.org/codes", "_system": {}, "version": "1", "code": "no", "_code": {}, "display": "No", "userSelected": true
              }
            }
            """);

        Assert.Empty(reading.Faults);
        Assert.Equal(new Answer.Choice("no"), reading.Submission!.Answers.Find("psy.schiz"));
    }

    [Theory]
    [InlineData("""{"valueCoding":{"code":"no"},"modifierExtension":[]}""", "/modifierExtension")]
    [InlineData("""{"valueCoding":{"code":"no"},"valueReference":{}}""", "/valueReference")]
    [InlineData("""{"valueCoding":{"code":"no"},"_note":{}}""", "/_note")]
    [InlineData("""{"valueCoding":{"code":"no"},"_":{}}""", "/_")]
    [InlineData("""{"valueCoding":{"code":"no"},"xid":"1"}""", "/xid")]
    [InlineData("""{"valueCoding":{"code":"no","modifierExtension":[]}}""", "/valueCoding/modifierExtension")]
    [InlineData("""{"valueCoding":{"code":"no","a/b~":1}}""", "/valueCoding/a~1b~0")]
    public void What_is_not_understood_is_never_passed_over(string answer, string place)
    {
        var reading = Sent.FhirAnswer("psy.schiz", answer);

        Assert.Equal([$"{At}{place} is not understood here"], Sent.Lines(reading));
        Assert.Null(reading.Submission);
    }

    [Theory]
    [InlineData("""{"valueCoding":{"code":"no"},"valueCoding":{"code":"yes"}}""", "/valueCoding")]
    [InlineData("""{"valueCoding":{"code":"no","code":"yes"}}""", "/valueCoding/code")]
    public void A_member_that_stands_twice_is_a_fault(string answer, string place) =>
        Assert.Equal([$"{At}{place} stands here twice"], Sent.Lines(Sent.Fhir(WithRaw(answer))));

    [Theory]
    [InlineData($$"""{"extension":[{{Unknown}}]}""", true)]
    [InlineData($$"""{"_valueInteger":{"extension":[{{Unknown}}]} }""", true)]
    [InlineData($$"""{"_valueDecimal":{"extension":[{{Unknown}}]} }""", true)]
    [InlineData($$"""{"extension":[5,null,{},{"url":5,"valueCode":"asked-unknown"},{"url":"http://example.org/other","valueCode":"masked"},{{Unknown}}]}""", true)]
    [InlineData($$"""{"extension":[],"_valueInteger":{"extension":[{{Unknown}}]},"_valueDecimal":7,"_valueDate":{} }""", true)]
    [InlineData($$"""{"extension":[{{Unknown}},{{Unknown}}]}""", false)]
    [InlineData($$"""{"extension":[{{Unknown}}],"_valueInteger":{"extension":[{{Unknown}}]} }""", false)]
    [InlineData($$"""{"extension":{{Unknown}} }""", false)]
    [InlineData($$"""{"extension":[[{{Unknown}}]]}""", false)]
    [InlineData($$"""{"_valueInteger":[{{Unknown}}]}""", false)]
    [InlineData($$"""{"_valueInteger":{"extension":{{Unknown}} } }""", false)]
    [InlineData("""{"_valueInteger":"asked-unknown"}""", false)]
    [InlineData($$"""{"extension":[{"url":"{{Reason}}"}]}""", false)]
    [InlineData($$"""{"extension":[{"url":"{{Reason}}","valueCode":1}]}""", false)]
    [InlineData($$"""{"extension":[{"url":"{{Reason}}","valueString":"asked-unknown"}]}""", false)]
    [InlineData($$"""{"extension":[{"url":"{{Reason}}","valueCode":"masked"}]}""", false)]
    [InlineData("""{"extension":[{"valueCode":"asked-unknown"}]}""", false)]
    [InlineData("""{"extension":[{"url":"http://example.org/other","valueCode":"asked-unknown"}]}""", false)]
    public void Not_sure_needs_the_one_reason_in_its_place(string answer, bool isNotSure)
    {
        var reading = Sent.FhirAnswer("cv.bpSys", answer);

        Assert.Equal(isNotSure ? [] : [Number], Sent.Lines(reading));
        Assert.Equal(isNotSure, reading.Submission?.Answers.Find("cv.bpSys") is Answer.NotSure);
    }

    [Theory]
    [InlineData("asked-unknown")]
    [InlineData("asked-declined")]
    [InlineData("masked")]
    public void A_value_beside_the_reason_why_there_is_none_is_a_contradiction(string reason)
    {
        var extension = $$"""[{"url":"{{Reason}}","valueCode":"{{reason}}"}]""";

        Assert.Equal([Choice], Sent.Lines(Sent.FhirAnswer("psy.schiz", $$"""{"valueCoding":{"code":"no"},"extension":{{extension}} }""")));
        Assert.Equal([Choice], Sent.Lines(Sent.FhirAnswer("psy.schiz", $$"""{"valueBoolean":false,"_valueBoolean":{"extension":{{extension}} } }""")));
    }

    [Fact]
    public void A_reason_in_a_member_that_nobody_understands_is_no_reason()
    {
        var reading = Sent.FhirAnswer("cv.bpSys", $$"""{"note":{"extension":[{{Unknown}}]} }""");

        Assert.Equal([$"{At}/note is not understood here", Number], Sent.Lines(reading));
    }

    [Theory]
    [InlineData("psy.schiz", "declined", "must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("phq9.9", "declined", "must be one of the numbers 0, 1, 2, 3, or \"not-sure\"")]
    public void Declining_is_an_answer_only_where_the_question_offers_it(string linkId, string code, string detail)
    {
        var extension = $$"""{"extension":[{"url":"{{Reason}}","valueCode":"asked-{{code}}"}]}""";

        Assert.Equal([$"{At} {detail}"], Sent.Lines(Sent.FhirAnswer(linkId, extension)));
        Assert.Equal(new Answer.Choice(code), Sent.FhirAnswer("asq.1", extension).Submission!.Answers.Find("asq.1"));
    }

    [Fact]
    public void Questions_inside_an_answer_are_read_like_any_other()
    {
        const string inner = """{"linkId":"psy.psychosisLast","answer":[{"valueDate":"2020"}]}""";

        var right = Sent.FhirAnswer("psy.psychosisPast", $$"""{"valueCoding":{"code":"yes"},"item":[{{inner}}]}""");
        var wrong = Sent.FhirAnswer("psy.psychosisPast", $$"""{"valueCoding":{"code":"yes"},"item":[{{inner.Replace("2020", "2027", StringComparison.Ordinal)}}]}""");
        var unread = Sent.FhirAnswer("psy.psychosisPast", """{"valueCoding":{"code":"yes"},"item":{}}""");

        Assert.Equal(new Answer.Date(new PartialDate(2020)), right.Submission!.Answers.Find("psy.psychosisLast"));
        Assert.Equal([$"{At}/item/0/answer/0"], wrong.Faults.Select(f => f.Pointer));
        Assert.Equal([$"{At}/item must be an array"], Sent.Lines(unread));
    }

    /// <summary>A JSON tree cannot hold a member twice, so the text is put together by hand.</summary>
    private static string WithRaw(string answer)
    {
        var body = Support.Bodies.Fhir();
        body["item"]![1]!["item"]!.AsArray().RemoveAt(0);
        var text = body.ToJsonString();
        return text[..^2] + $$""",{"linkId":"psy.schiz","answer":[{{answer}}]}]}""";
    }
}
