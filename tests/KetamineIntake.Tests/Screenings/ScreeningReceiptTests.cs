using KetamineIntake.Core.Protocols;
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

    private static Finding Fired(string rule) => new(rule, Severity.Review, Verdict.True, false, "r", [], "s");

    private static ScreeningResult Result(Outcome outcome) => new(outcome, Urgency.None, [], [], []);

    private static ScreeningReceipt For(ScreeningResult result, Urgency urgency, Protocol? protocol = null)
    {
        var screening = new StoredScreening(
            "s", "p", "r", true, TestClock.Start, default, default, "q", "1", "h", "1", "h", AnswerSet.Empty, result);
        return ScreeningReceipt.For(screening, urgency, SmallClinic.With(new MemoryRecords(), protocol));
    }
}
