using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

public sealed class RuleSetTests
{
    [Theory]
    [InlineData("one=yes", Outcome.NeedsReview, "")]
    [InlineData("one=no", Outcome.Eligible, "")]
    [InlineData("one=not-sure", Outcome.NeedsReview, "")]
    [InlineData("", Outcome.Incomplete, "one")]
    public void An_unanswered_question_is_incomplete_and_not_sure_needs_review(string given, Outcome outcome, string missing)
    {
        var result = Screen(Is("one"), given);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(missing, string.Join(' ', result.Missing));
    }

    [Fact]
    public void A_true_absolute_rule_contraindicates()
    {
        var finding = Assert.Single(Screen(Is("one"), "one=yes", Severity.Absolute).Findings);

        Assert.Equal(("R", Severity.Absolute, Verdict.True, "Reason of R", "Source of R"), (finding.Rule, finding.Severity, finding.Verdict, finding.Reason, finding.Source));
        Assert.Equal([new FindingInput("one", "yes")], finding.Inputs);
        Assert.Equal(Outcome.Contraindicated, Screen(Is("one"), "one=yes", Severity.Absolute).Outcome);
    }

    [Fact]
    public void An_absolute_rule_kept_open_by_not_sure_is_reported_as_review()
    {
        var result = Screen(Is("one"), "one=not-sure", Severity.Absolute);

        var finding = Assert.Single(result.Findings);
        Assert.Equal((Outcome.NeedsReview, Severity.Review, Verdict.Unknown), (result.Outcome, finding.Severity, finding.Verdict));
        Assert.Equal([new FindingInput("one", "not-sure")], finding.Inputs);
    }

    [Theory]
    [InlineData(Severity.Caution)]
    [InlineData(Severity.Info)]
    public void Mild_rules_ride_along_and_their_unknowns_do_nothing(Severity severity)
    {
        Assert.Equal(Outcome.Eligible, Screen(Is("one"), "one=yes", severity).Outcome);
        Assert.Single(Screen(Is("one"), "one=yes", severity).Findings);
        foreach (var given in new[] { "", "one=not-sure" })
        {
            var result = Screen(Is("one"), given, severity);
            Assert.Equal(Outcome.Eligible, result.Outcome);
            Assert.Empty(result.Findings);
            Assert.Empty(result.Missing);
        }
    }
}
