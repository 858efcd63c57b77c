using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>What one rule says, which decides whether a text may name fasting times.</summary>
public sealed class VerdictOfTests
{
    [Theory]
    [InlineData("END-01", ".", Verdict.False)]
    [InlineData("END-01", "med.classes=insulin", Verdict.True)]
    [InlineData("END-01", "endo.diabetes=yes endo.diabetes.insulin=yes", Verdict.True)]
    [InlineData("END-01", "endo.diabetes=yes endo.diabetes.insulin=no", Verdict.False)]
    [InlineData("END-01", "endo.diabetes=-", Verdict.Unknown)]
    [InlineData("END-01", "endo.diabetes=not-sure", Verdict.Unknown)]
    [InlineData("END-01", "endo.diabetes=yes endo.diabetes.insulin=not-sure", Verdict.Unknown)]
    [InlineData("END-01", "med.classes=-", Verdict.Unknown)]
    [InlineData("END-01", "med.classes=not-sure", Verdict.Unknown)]
    [InlineData("REN-01", "lab:egfr=29", Verdict.True)]
    [InlineData("REN-01", "lab:egfr=60", Verdict.False)]
    [InlineData("END-99", ".", Verdict.Unknown)]
    public void A_rule_of_any_stage_is_true_false_or_unknown_and_one_that_nobody_has_is_unknown(string rule, string changes, Verdict expected) =>
        Assert.Equal(expected, EmbeddedProtocol.RuleSet.VerdictOf(rule, HealthyPatient.With(changes)));
}
