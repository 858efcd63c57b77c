using System.Globalization;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class SubmissionHashTests
{
    private static readonly PatientDetails Kim = new("Kim", "Park", new LocalDate(1985, 4, 12), "+12125550123", "kim@example.org", "America/Chicago", "en", SmsConsent: true);

    private static readonly AnswerSet Answers = TestClinic.Answers(
        ("a.choice", "yes"),
        ("b.choices", new Answer.Choices(["x", "y"])),
        ("c.number", new Answer.Number(72.5m)),
        ("d.date", new Answer.Date(new PartialDate(2020, 5, 7))),
        ("e.text", new Answer.Text("Aspirin")),
        ("f.unsure", "not-sure"));

    /// <summary>Keys of yesterday meet the program of today: a hash that changes makes each honest retry a mistake.</summary>
    [Fact]
    public void The_hash_is_the_same_in_each_version_of_the_program()
    {
        Assert.Equal("07cf0d60929c19d7995a01953667ebdcbc71edb77f2942119510da6e9feb7e27", new Submission(Kim, Answers).Hash());
        Assert.Equal("e241d9bca19d6615937a88ce2ba0fb02aefdd471f8a3d2bacfb3500567ad5986", new Submission(Kim with { Email = null, TimeZone = null, SmsConsent = false }, AnswerSet.Empty).Hash());
    }

    [Fact]
    public void Each_field_of_the_patient_alone_changes_the_hash()
    {
        PatientDetails[] changed =
        [
            Kim,
            Kim with { GivenName = "Kym" },
            Kim with { FamilyName = "Parks" },
            Kim with { BirthDate = new LocalDate(1985, 4, 13) },
            Kim with { BirthDate = new LocalDate(1985, 5, 12) },
            Kim with { BirthDate = new LocalDate(1986, 4, 12) },
            Kim with { Phone = "+12125550124" },
            Kim with { Email = "kym@example.org" },
            Kim with { Email = null },
            Kim with { TimeZone = "America/Denver" },
            Kim with { TimeZone = null },
            Kim with { Language = "es" },
            Kim with { SmsConsent = false },
            Kim with { GivenName = "KimP", FamilyName = "ark" },
        ];

        AssertAllDiffer(changed.Select(p => new Submission(p, Answers)));
    }

    [Fact]
    public void Each_answer_alone_changes_the_hash()
    {
        (string LinkId, Answer? Answer)[] changes =
        [
            ("a.choice", null),
            ("a.choice", new Answer.Choice("no")),
            ("a.choice", new Answer.Text("yes")),
            ("a.choice", new Answer.Choices(["yes"])),
            ("a.choice", Answer.NotSure.Instance),
            ("a.choicer", new Answer.Choice("yes")),
            ("b.choices", new Answer.Choices(["x"])),
            ("b.choices", new Answer.Choices(["y"])),
            ("b.choices", new Answer.Choices(["xy"])),
            ("b.choices", new Answer.Choices(["x", "z"])),
            ("c.number", new Answer.Number(72.4m)),
            ("c.number", new Answer.Number(-72.5m)),
            ("c.number", new Answer.Number(725)),
            ("d.date", new Answer.Date(new PartialDate(2021, 5, 7))),
            ("d.date", new Answer.Date(new PartialDate(2020, 6, 7))),
            ("d.date", new Answer.Date(new PartialDate(2020, 5, 8))),
            ("d.date", new Answer.Date(new PartialDate(2020, 5))),
            ("d.date", new Answer.Date(new PartialDate(2020))),
            ("e.text", new Answer.Text("aspirin")),
            ("f.unsure", null),
            ("f.unsure", new Answer.Choice("yes")),
        ];

        AssertAllDiffer([new Submission(Kim, Answers), .. changes.Select(c => new Submission(Kim, Answers.With(c.LinkId, c.Answer)))]);
    }

    [Fact]
    public void Answers_and_patient_do_not_run_into_each_other()
    {
        var one = TestClinic.Answers(("a", new Answer.Text("1:b")), ("b", "x"));
        var two = TestClinic.Answers(("a", new Answer.Text("1")), ("b", new Answer.Choice("bx")));

        AssertAllDiffer([new Submission(Kim, one), new Submission(Kim, two)]);
    }

    [Fact]
    public void Neither_the_order_of_members_nor_the_way_a_number_is_written_counts()
    {
        var body = Bodies.Screening();
        var turned = new JsonObject
        {
            ["answers"] = Turned(body["answers"]!.AsObject()),
            ["patient"] = Turned(body["patient"]!.AsObject()),
        };
        var text = turned.ToJsonString().Replace("72.5", "7.250e1", StringComparison.Ordinal).Replace("120", "120.000", StringComparison.Ordinal);

        Assert.NotEqual(body.ToJsonString(), turned.ToJsonString());
        Assert.Equal(Sent.Json(body).Submission!.Hash(), Sent.Json(text).Submission!.Hash());
    }

    [Fact]
    public void The_order_in_which_codes_were_ticked_does_not_count() => Assert.Equal(
        Sent.Json(Bodies.With("med.classes", new JsonArray("opioid", "benzodiazepine"))).Submission!.Hash(),
        Sent.Json(Bodies.With("med.classes", new JsonArray("benzodiazepine", "opioid"))).Submission!.Hash());

    [Fact]
    public void The_culture_of_the_machine_does_not_count()
    {
        var here = new Submission(Kim, Answers).Hash();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Cultures.CommaForPoint;
        try
        {
            Assert.Equal(here, new Submission(Kim, Answers).Hash());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static JsonObject Turned(JsonObject members) =>
        new(members.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private static void AssertAllDiffer(IEnumerable<Submission> submissions)
    {
        var hashes = submissions.Select(s => s.Hash()).ToList();

        Assert.All(hashes, h => Assert.Matches("^[0-9a-f]{64}$", h));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }
}
