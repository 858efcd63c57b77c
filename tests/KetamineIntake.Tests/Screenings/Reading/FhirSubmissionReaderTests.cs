using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class FhirSubmissionReaderTests
{
    private const string AbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    [Fact]
    public void The_same_answers_in_both_formats_are_the_same_submission()
    {
        var fhir = Read(Bodies.Fhir());
        using var document = JsonBody.TryParse(Encoding.UTF8.GetBytes(Bodies.Screening().ToJsonString()))!;
        var json = JsonSubmissionReader.Read(document.RootElement, TestProtocol.Questionnaire, Today);

        Assert.Empty(fhir.Faults);
        Assert.Equal(json.Submission!.Patient, fhir.Submission!.Patient);
        Assert.Equal(json.Submission.Answers.All, fhir.Submission.Answers.All);
        Assert.Equal(json.Submission.Hash(), fhir.Submission.Hash());
    }

    [Fact]
    public void Another_answer_gives_another_hash()
    {
        var changed = Bodies.Fhir();
        changed["item"]![2]!["item"]![0] = Bodies.Coded("cv.any", "yes");

        Assert.NotEqual(Read(Bodies.Fhir()).Submission!.Hash(), Read(changed).Submission!.Hash());
    }

    [Fact]
    public void The_canonical_may_leave_the_version_out()
    {
        var body = Bodies.Fhir();
        body["questionnaire"] = TestProtocol.Questionnaire.Url;

        Assert.NotNull(Read(body).Submission);
    }

    [Fact]
    public void Asked_but_unknown_is_not_sure_wherever_the_extension_stands()
    {
        Assert.IsType<Answer.NotSure>(AnswerOf("cv.bpSys", new JsonObject { ["extension"] = Reason("asked-unknown") }));
        Assert.IsType<Answer.NotSure>(AnswerOf("cv.bpSys", new JsonObject { ["_valueInteger"] = new JsonObject { ["extension"] = Reason("asked-unknown") } }));
        Assert.IsType<Answer.NotSure>(AnswerOf("psy.schiz", new JsonObject { ["extension"] = Reason("asked-unknown") }));
        Assert.IsType<Answer.NotSure>(AnswerOf("med.classes", new JsonObject { ["extension"] = Reason("asked-unknown") }));
        Assert.Equal(new Answer.Choice("declined"), AnswerOf("asq.1", new JsonObject { ["extension"] = Reason("asked-declined") }));
        Assert.Null(AnswerOf("cv.bpSys", new JsonObject { ["extension"] = Reason("masked") }));
    }

    [Fact]
    public void Booleans_and_numbers_stand_for_yes_no_and_points_of_a_scale()
    {
        Assert.Equal(new Answer.Choice("yes"), AnswerOf("psy.schiz", new JsonObject { ["valueBoolean"] = true }));
        Assert.Equal(new Answer.Number(2), AnswerOf("phq9.9", new JsonObject { ["valueInteger"] = 2 }));
        Assert.Equal(new Answer.Number(2), AnswerOf("phq9.9", new JsonObject { ["valueCoding"] = new JsonObject { ["code"] = "2" } }));
        Assert.Null(AnswerOf("phq9.9", new JsonObject { ["valueBoolean"] = true }));
        Assert.Null(AnswerOf("med.list", new JsonObject { ["valueDate"] = "2020-01-01" }));
    }

    [Fact]
    public void Several_codes_of_a_repeating_item_are_all_kept()
    {
        var body = Bodies.Fhir();
        body["item"]![3]!["item"]![0]!["answer"]!.AsArray().Clear();
        foreach (var code in new[] { "opioid", "benzodiazepine" })
        {
            body["item"]![3]!["item"]![0]!["answer"]!.AsArray().Add(new JsonObject { ["valueCoding"] = new JsonObject { ["code"] = code } });
        }

        Assert.Equal(new Answer.Choices(["benzodiazepine", "opioid"]), Read(body).Submission!.Answers.Find("med.classes"));
    }

    [Fact]
    public void Faults_point_into_the_FHIR_document()
    {
        var body = Bodies.Fhir();
        body["status"] = "in-progress";
        body["implicitRules"] = "http://example.org/rules";
        body["item"]![0]!["item"]![3]!["answer"]![0]!["valueString"] = "12";
        body["item"]![1]!["item"]![0] = Bodies.Coded("psy.schiz", "perhaps");
        body["item"]![2]!["item"]![0]!["linkId"] = "cv.none";
        body["item"]![2]!["item"]![1]!["answer"]![0]!["valueInteger"] = 999;
        body["item"]![4]!["item"]!.AsArray().Add(Bodies.Coded("asq.1", "yes"));
        body["item"]![4]!["item"]!.AsArray().Add(Bodies.FhirItem("psy.psychosisLast", "valueDate", "2020"));

        Assert.Equal(
            [
                "/implicitRules", "/item/0/item/3/answer/0", "/item/1/item/0/answer/0", "/item/2/item/0/linkId", "/item/2/item/1/answer/0",
                "/item/4/item/2/linkId", "/item/4/item/3/answer/0", "/status",
            ],
            Read(body).Faults.Select(f => f.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_patient_item_is_named_in_words()
    {
        var body = Bodies.Fhir();
        body["item"]![0]!["item"]!.AsArray().RemoveAt(3);

        var fault = Assert.Single(Read(body).Faults);
        Assert.StartsWith("phone is required", fault.Detail, StringComparison.Ordinal);
    }

    private static readonly LocalDate Today = new(2026, 12, 1);

    private static JsonArray Reason(string code) => new(new JsonObject { ["url"] = AbsentReason, ["valueCode"] = code });

    /// <summary>The answer of an item with this answer element, in an otherwise right response; null when it is refused.</summary>
    private static Answer? AnswerOf(string linkId, JsonObject answer)
    {
        var body = Bodies.Fhir();
        foreach (var section in body["item"]!.AsArray())
        {
            var items = section!["item"]!.AsArray();
            items.Remove(items.FirstOrDefault(i => i!["linkId"]!.GetValue<string>() == linkId));
        }

        body["item"]!.AsArray().Add(new JsonObject { ["linkId"] = linkId, ["answer"] = new JsonArray(answer) });
        return Read(body).Submission?.Answers.Find(linkId);
    }

    private static SubmissionReading Read(JsonObject body)
    {
        using var document = JsonBody.TryParse(Encoding.UTF8.GetBytes(body.ToJsonString()))!;
        return FhirSubmissionReader.Read(document.RootElement, TestProtocol.Questionnaire, Today);
    }
}
