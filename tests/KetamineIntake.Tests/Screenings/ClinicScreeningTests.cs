using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

public sealed class ClinicScreeningTests
{
    private static readonly LocalDate Born = new(1985, 4, 12);
    private static readonly LocalDate Today = new(2026, 12, 1);

    private static readonly AnswerSet Clear = TestClinic.Answers(
        ("psy.schiz", "no"), ("psy.psychosisPast", "no"), ("cv.any", "no"), ("med.classes", new Answer.Choices(["none"])), ("phq9.9", 0), ("asq.1", "no"));

    [Theory]
    [InlineData("Dr. Example", false, Outcome.Eligible)]
    [InlineData("Dr. Example", true, Outcome.Eligible)]
    [InlineData(null, true, Outcome.Eligible)]
    [InlineData(null, false, Outcome.NeedsReview)]
    public void Only_a_signed_protocol_finds_anybody_eligible_outside_the_demonstration(string? signedBy, bool demonstration, Outcome outcome)
    {
        var clinic = SmallClinic.With(new MemoryRecords(), TestProtocol.Protocol with { SignedBy = signedBy }, demonstration);

        Assert.Equal(outcome, ClinicScreening.Judge(clinic, Clear, Born, Today).Outcome);
    }

    [Fact]
    public void What_nobody_signed_says_so()
    {
        var clinic = SmallClinic.With(new MemoryRecords(), TestProtocol.Protocol with { SignedBy = null });

        var finding = Assert.Single(ClinicScreening.Judge(clinic, Clear, Born, Today).Findings);

        Assert.Equal(
            ("PROTO-01", Severity.Review, Verdict.True, false, "No clinician has signed this protocol yet, so nobody is found eligible by it.", "design: unsigned protocols"),
            (finding.Rule, finding.Severity, finding.Verdict, finding.Hold, finding.Reason, finding.Source));
        Assert.Empty(finding.Inputs);
    }

    [Theory]
    [InlineData(Outcome.Eligible, Outcome.NeedsReview)]
    [InlineData(Outcome.Incomplete, Outcome.NeedsReview)]
    [InlineData(Outcome.NeedsReview, Outcome.NeedsReview)]
    [InlineData(Outcome.Contraindicated, Outcome.Contraindicated)]
    public void A_finding_that_the_code_makes_never_betters_an_outcome(Outcome before, Outcome after) =>
        Assert.Equal(after, ClinicScreening.WithReview(new ScreeningResult(before, Urgency.None, [], [], []), "X", "reason", "source").Outcome);

    [Fact]
    public void It_stands_behind_the_rules_of_its_severity_and_changes_nothing_else()
    {
        var result = new ScreeningResult(
            Outcome.Contraindicated, Urgency.High,
            [Of("A", Severity.Absolute), Of("B", Severity.Review), Of("C", Severity.Review), Of("D", Severity.Caution), Of("E", Severity.Info)],
            ["cv.any"], []);

        var reviewed = ClinicScreening.WithReview(result, "X", "reason", "source");

        Assert.Equal("A B C X D E", string.Join(' ', reviewed.Findings.Select(f => f.Rule)));
        Assert.Equal((Urgency.High, result.Missing), (reviewed.Urgency, reviewed.Missing));
        Assert.Equal("X", string.Join(' ', ClinicScreening.WithReview(result with { Findings = [] }, "X", "reason", "source").Findings.Select(f => f.Rule)));
        Assert.Equal("X E", string.Join(' ', ClinicScreening.WithReview(result with { Findings = [Of("E", Severity.Info)] }, "X", "reason", "source").Findings.Select(f => f.Rule)));
    }

    private static Finding Of(string rule, Severity severity) => new(rule, severity, Verdict.True, false, "r", [], "s");
}
