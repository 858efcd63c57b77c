using System.Text.Json.Nodes;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class JsonSubmissionReaderTests
{
    private const string Odd = "has a member whose name is empty, too long, or holds control characters";

    private static readonly string[] Nobody =
    [
        "/patient/givenName givenName or familyName is required: must be a name of 1 to 100 characters",
        "/patient/birthDate birthDate is required: must be a real date, YYYY-MM-DD, from 1900 and not in the future",
        "/patient/phone phone is required: must be a telephone number that can be texted: +12125550123, or ten digits of a US number",
    ];

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"{}\"")]
    public void What_is_no_object_is_no_screening(string body)
    {
        var reading = Sent.Json(body);

        Assert.Equal([" must be an object with \"patient\" and \"answers\""], Sent.Lines(reading));
        Assert.Null(reading.Submission);
    }

    [Fact]
    public void A_right_body_has_no_faults_and_everything_that_was_said()
    {
        var submission = Sent.Json(Bodies.Screening()).Submission!;

        Assert.Equal("Zebulon", submission.Patient.GivenName);
        Assert.True(submission.Patient.SmsConsent);
        Assert.Equal(
            "asq.1=no cv.any=no cv.bpSys=120 dem.weightKg=72.5 med.classes=none phq9.9=0 psy.psychosisPast=no psy.schiz=no",
            string.Join(' ', submission.Answers.All.Select(a => $"{a.Key}={AnswerText.Of(a.Value)}")));
    }

    [Fact]
    public void Both_parts_are_required() =>
        Assert.Equal(["/patient is required", "/answers is required", .. Nobody], Sent.Lines(Sent.Json("{}")));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("5")]
    [InlineData("false")]
    public void Both_parts_are_objects(string part)
    {
        var reading = Sent.Json($$"""{"answers":{{part}},"patient":{{part}}}""");

        Assert.Equal(["/patient must be an object", "/answers must be an object", .. Nobody], Sent.Lines(reading));
    }

    [Fact]
    public void A_fault_in_either_part_alone_lets_nothing_through()
    {
        Assert.Null(Sent.Json(Bodies.With("psy.schiz", "perhaps")).Submission);
        Assert.Null(Sent.Json(Bodies.WithPatient("language", 5)).Submission);
        Assert.Null(Sent.Json(Bodies.Without("patient", "phone")).Submission);
    }

    [Fact]
    public void What_no_screening_has_is_a_fault_in_each_part()
    {
        var body = Bodies.With("a/b~c", "no");
        body["Patient"] = new JsonObject();
        body["patient"]!["ssn"] = "078-05-1120";
        body["answers"]!["dem.email"] = "zq@example.org";

        Assert.Equal(
            [
                "/Patient is not part of a screening",
                "/patient/ssn is not part of a patient",
                "/answers/a~1b~0c is not a question of this questionnaire",
                "/answers/dem.email belongs in \"patient\", not in \"answers\"",
            ],
            Sent.Lines(Sent.Json(body)));
    }

    [Fact]
    public void Repeated_members_are_named_in_each_part()
    {
        var text = Bodies.Screening().ToJsonString()
            .Replace("\"givenName\"", "\"givenName\":\"Ada\",\"givenName\"", StringComparison.Ordinal)
            .Replace("\"psy.schiz\"", "\"psy.schiz\":\"yes\",\"psy.schiz\"", StringComparison.Ordinal);

        Assert.Equal(
            ["/patient stands here twice", "/patient/givenName stands here twice", "/answers/psy.schiz stands here twice"],
            Sent.Lines(Sent.Json(text[..^1] + ",\"patient\":{}}")));
    }

    [Fact]
    public void Names_that_nobody_should_repeat_are_not_repeated()
    {
        var body = Bodies.Screening();
        body[""] = 1;
        body["patient"]![new string('p', 65)] = 1;
        body["answers"]!["bell\a"] = 1;

        Assert.Equal([$" {Odd}", $"/patient {Odd}", $"/answers {Odd}"], Sent.Lines(Sent.Json(body)));
    }

    [Theory]
    [InlineData("psy.schiz", "true", "must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("psy.schiz", "false", "must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("psy.schiz", "{}", "must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("psy.schiz", """["no"]""", "must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("psy.schiz", "\"No\"", "must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("psy.schiz", "null", "null is not an answer; leave an unanswered question out")]
    [InlineData("med.classes", "true", "must be an array of codes")]
    [InlineData("med.classes", "\"none\"", "must be an array of codes")]
    [InlineData("med.classes", "[true]", "must be an array of codes")]
    [InlineData("med.classes", """["opioid",null]""", "must be an array of codes")]
    [InlineData("phq9.9", "true", "must be one of the numbers 0, 1, 2, 3, or \"not-sure\"")]
    [InlineData("phq9.9", "1e999", "must be one of the numbers 0, 1, 2, 3, or \"not-sure\"")]
    [InlineData("cv.bpSys", "1e999", "must be a whole number from 60 to 260 mmHg, or \"not-sure\"")]
    [InlineData("dem.weightKg", "\"\"", "must be a number from 20 to 350 kg, or \"not-sure\"")]
    [InlineData("med.list", "5", "must be text of 1 to 200 characters without control characters; leave an unanswered question out")]
    [InlineData("psy.intro", "\"\"", "is a heading, not a question")]
    public void A_wrong_answer_is_named_with_what_would_be_right(string linkId, string json, string detail)
    {
        var reading = Sent.Json(Bodies.With(linkId, null).ToJsonString().Replace($"\"{linkId}\":null", $"\"{linkId}\":{json}", StringComparison.Ordinal));

        Assert.Equal([$"/answers/{linkId} {detail}"], Sent.Lines(reading));
    }

    [Fact]
    public void A_gate_that_was_not_answered_is_named_where_it_would_stand()
    {
        var body = Bodies.With("psy.psychosisLast", "2020");
        body["answers"]!.AsObject().Remove("psy.psychosisPast");

        Assert.Equal(["/answers/psy.psychosisLast is only asked when /answers/psy.psychosisPast is \"yes\""], Sent.Lines(Sent.Json(body)));
    }

    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    public void Five_hundred_faults_are_listed_one_by_one(int faults)
    {
        var reading = Sent.Json(WithUnknown(faults));

        Assert.Equal(Enumerable.Range(0, faults).Select(i => $"/answers/k{i} is not a question of this questionnaire"), Sent.Lines(reading));
        Assert.Null(reading.Submission);
    }

    [Theory]
    [InlineData(501, 1)]
    [InlineData(502, 2)]
    [InlineData(1500, 1000)]
    public void Faults_beyond_five_hundred_are_counted(int faults, int more)
    {
        var lines = Sent.Lines(Sent.Json(WithUnknown(faults))).ToList();

        Assert.Equal(501, lines.Count);
        Assert.Equal("/answers/k499 is not a question of this questionnaire", lines[499]);
        Assert.Equal($" has {more} more faults", lines[500]);
    }

    private static JsonObject WithUnknown(int members)
    {
        var body = Bodies.Screening();
        foreach (var i in Enumerable.Range(0, members))
        {
            body["answers"]![$"k{i}"] = 1;
        }

        return body;
    }
}
