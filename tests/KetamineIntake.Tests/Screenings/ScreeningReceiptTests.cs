using System.Text;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings;

/// <summary>What a patient is told.</summary>
public sealed class ScreeningReceiptTests
{
    private static readonly Resource Clinic = new("Northside Care", "+12125550199", null);
    private static readonly Resource Lifeline = new("Lifeline", "988", null);
    private static readonly Resource Emergency = new("Emergency", "911", null);

    [Theory]
    [InlineData(Outcome.Eligible, Urgency.None, "Message for eligible.")]
    [InlineData(Outcome.Incomplete, Urgency.None, "Message for incomplete.")]
    [InlineData(Outcome.NeedsReview, Urgency.None, "Message for needs-review.")]
    [InlineData(Outcome.Contraindicated, Urgency.None, "Message for contraindicated.")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, "Message for elevated.")]
    [InlineData(Outcome.Contraindicated, Urgency.High, "Message for high.")]
    [InlineData(Outcome.Eligible, Urgency.Imminent, "Message for imminent.")]
    public void Urgency_speaks_before_the_outcome(Outcome outcome, Urgency urgency, string message)
    {
        var receipt = For(Result(outcome) with { Missing = ["cv.any"] }, urgency);

        Assert.Equal(("s", outcome, urgency, message, "r"), (receipt.Id, receipt.Outcome, receipt.Urgency, receipt.Message, receipt.ReferralId));
        Assert.Equal(["cv.any"], receipt.Missing);
    }

    [Fact]
    public void Who_to_call_is_the_clinic_and_before_it_crisis_help_where_due()
    {
        Assert.Equal([Clinic, Emergency], For(Result(Outcome.NeedsReview), Urgency.None).Resources);
        Assert.Equal([Lifeline, Clinic, Emergency], For(Result(Outcome.NeedsReview), Urgency.Elevated).Resources);
    }

    [Fact]
    public void Nobody_is_named_twice()
    {
        var texts = TestProtocol.Protocol.Texts with
        {
            Resources = new Dictionary<string, IReadOnlyList<Resource>> { ["always"] = [Lifeline, Emergency, Clinic], ["high"] = [Emergency, Lifeline] },
        };

        Assert.Equal([Emergency, Lifeline, Clinic], For(Result(Outcome.NeedsReview), Urgency.High, TestProtocol.Protocol with { Texts = texts }).Resources);
        Assert.Equal([Clinic, Lifeline, Emergency], For(Result(Outcome.NeedsReview), Urgency.None, TestProtocol.Protocol with { Texts = texts }).Resources);
    }

    [Fact]
    public void Fired_rules_that_have_words_for_patients_are_told_once_in_the_order_of_the_findings()
    {
        var book = TestProtocol.Protocol.Rules;
        var rule = book.Rules[0];
        var spoken = TestProtocol.Protocol with
        {
            Rules = book with
            {
                Rules =
                [
                    rule with { Id = "A", PatientText = "Words of A." }, rule with { Id = "B", PatientText = "Words of B." }, rule with { Id = "B2", PatientText = "Words of B." },
                    rule with { Id = "C", PatientText = null }, rule with { Id = "D", PatientText = "Words of D." },
                ],
            },
        };
        var result = Result(Outcome.NeedsReview) with
        {
            Findings = [Fired("B"), Fired("GONE-01"), Fired("C"), Fired("D") with { Verdict = Verdict.Unknown }, Fired("A"), Fired("B2")],
        };

        Assert.Equal(["Words of B.", "Words of A."], For(result, Urgency.None, spoken).Notes);
    }

    [Theory]
    [InlineData(Urgency.None, 1)]
    [InlineData(Urgency.Elevated, 1)]
    [InlineData(Urgency.High, 0)]
    [InlineData(Urgency.Imminent, 0)]
    public void At_high_urgency_no_rule_says_why_a_treatment_may_not_be_for_the_patient(Urgency urgency, int notes)
    {
        var result = Judged("psy.schiz=yes");
        var receipt = For(result, urgency, EmbeddedProtocol.Protocol);

        Assert.Contains(result.Findings, f => f.Rule == "PSY-01");
        Assert.Equal(notes, receipt.Notes.Count);
        Assert.Equal(notes == 0, receipt.Next.All(n => !n.Contains("first talk", StringComparison.Ordinal)) && !receipt.Message.Contains("planned", StringComparison.Ordinal));
    }

    [Fact]
    public void An_emergency_is_told_with_its_reason_and_its_rule_says_nothing_milder_beside_it()
    {
        var receipt = For(Judged("cv.angina=yes cv.angina.rest=yes psy.maniaNow=yes"), Urgency.None, EmbeddedProtocol.Protocol);
        var texts = EmbeddedProtocol.Protocol.Texts;

        Assert.Equal([texts.Emergencies["mental"], texts.Emergencies["medical"]], receipt.Emergencies.Select(e => e.Advice));
        Assert.All(receipt.Emergencies, e => Assert.NotEmpty(e.Reasons));
        Assert.DoesNotContain(receipt.Notes, n => n.Contains("mental health means", StringComparison.Ordinal));
        Assert.Equal(texts.Next["emergency"].Count, receipt.Next.Count);
        Assert.DoesNotContain(receipt.Next, n => n.Contains('{', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("psy.delirium=not-sure", true)]
    [InlineData("psy.delirium=yes", true)]
    [InlineData("psy.delirium=no", false)]
    [InlineData("psy.delirium=-", false)]
    public void Not_sure_is_no_no_in_an_emergency_and_blank_raises_no_alarm(string answers, bool isTold) =>
        Assert.Equal(isTold, For(Judged(answers), Urgency.None, EmbeddedProtocol.Protocol).Emergencies.Count > 0);

    [Theory]
    [InlineData("es")]
    [InlineData("es-MX")]
    public void Who_speaks_Spanish_reads_all_of_it_in_Spanish(string language)
    {
        var receipt = For(Judged("cv.angina=yes cv.angina.rest=yes cv.mi=yes"), Urgency.None, EmbeddedProtocol.Protocol, language);
        var spanish = EmbeddedProtocol.Protocol.TextsFor("es");

        Assert.Equal(spanish.Messages["contraindicated"], receipt.Message);
        Assert.Contains(receipt.Resources, r => r.Phone == "988" && r.Title.Contains("AYUDA", StringComparison.Ordinal));
        Assert.Equal(spanish.Emergencies["medical"], Assert.Single(receipt.Emergencies).Advice);
        Assert.All(receipt.Notes, n => Assert.Contains(n, spanish.Notes.Values));
        Assert.NotEmpty(receipt.Notes);
        Assert.Equal(language, receipt.Language);
    }

    [Fact]
    public void A_receipt_from_before_emergencies_were_told_can_still_be_read()
    {
        const string Before = """{"requestHash":"h","receipt":{"notes":["Words."],"id":"s","outcome":"Eligible","urgency":"None","message":"m","resources":[],"missing":[],"referralId":"r"},"expiresAt":"2026-12-02T00:00:00Z"}""";
        var receipt = RecordJson.Read<StoredReceipt>(new Row("k", Encoding.UTF8.GetBytes(Before), "e")).Receipt;

        Assert.Equal(["Words."], receipt.Notes);
        Assert.Empty(receipt.Emergencies);
        Assert.Empty(receipt.Next);
        Assert.Null(receipt.Language);
    }

    private static ScreeningResult Judged(string answers) => EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With(answers));

    private static Finding Fired(string rule) => new(rule, Severity.Review, Verdict.True, false, "r", [], "s");

    private static ScreeningResult Result(Outcome outcome) => new(outcome, Urgency.None, [], [], []);

    private static ScreeningReceipt For(ScreeningResult result, Urgency urgency, Protocol? protocol = null, string language = "en")
    {
        var screening = new StoredScreening(
            "s", "p", "r", true, TestClock.Start, default, default, "q", "1", "h", "1", "h", AnswerSet.Empty, result);
        return ScreeningReceipt.For(screening, urgency, SmallClinic.With(new MemoryRecords(), protocol), language);
    }
}
