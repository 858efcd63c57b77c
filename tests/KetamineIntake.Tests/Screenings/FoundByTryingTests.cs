using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>What was found by trying the product on invented patients (domain reference, 8): too much, too little, too late.</summary>
public sealed class FoundByTryingTests
{
    [Theory]
    [InlineData("med.glp1=yes med.glp1.raised=no med.glp1.stomach=no", Outcome.Eligible, "DDI-14")]
    [InlineData("med.glp1=not-sure med.glp1.raised=no med.glp1.stomach=no", Outcome.Eligible, "DDI-14?")]
    [InlineData("med.glp1=not-sure", Outcome.Incomplete, "DDI-14?")]
    [InlineData("med.glp1=yes med.glp1.raised=yes med.glp1.stomach=no", Outcome.NeedsReview, "DDI-14b DDI-14")]
    [InlineData("med.sglt2=yes", Outcome.NeedsReview, "END-02")]
    [InlineData("med.classes=antipsychotic psy.schiz=no psy.bipolar=no", Outcome.NeedsReview, "DDI-10b DDI-10")]
    [InlineData("med.classes=antipsychotic med.antipsychotic.for=depression", Outcome.Eligible, "DDI-10")]
    [InlineData("med.classes=antipsychotic med.antipsychotic.for=sleep", Outcome.Eligible, "DDI-10")]
    [InlineData("med.classes=antipsychotic med.antipsychotic.for=psychosis", Outcome.NeedsReview, "DDI-10b DDI-10")]
    [InlineData("med.classes=lithium", Outcome.NeedsReview, "DDI-11b DDI-11")]
    [InlineData("med.classes=lithium med.lithium.for=depression", Outcome.Eligible, "DDI-11")]
    [InlineData("med.classes=lithium med.lithium.for=not-sure", Outcome.NeedsReview, "DDI-11b DDI-11")]
    [InlineData("med.classes=antipsychotic,lithium med.antipsychotic.for=depression med.lithium.for=bipolar", Outcome.NeedsReview, "DDI-11b DDI-10 DDI-11")]
    [InlineData("med.bupropion=yes", Outcome.Eligible, "DDI-19")]
    [InlineData("med.tricyclic=yes med.tramadol=yes", Outcome.Eligible, "DDI-20 DDI-21")]
    [InlineData("ind.primary=bipolarDep psy.bipolar=no", Outcome.NeedsReview, "PSY-05b")]
    [InlineData("cv.bpSys=165 cv.bpDia=95 cv.bpDate=2019", Outcome.Eligible, "CV-05c")]
    [InlineData("cv.bpSys=165 cv.bpDia=95 cv.bpDate=2019 cv.any=yes cv.htn=yes cv.htnControlled=yes cv.cad.recent=no", Outcome.NeedsReview, "CV-01 CV-05c CV-06")]
    [InlineData("cv.bpSys=165 cv.bpDia=95", Outcome.Contraindicated, "CV-05b CV-05c")]
    [InlineData("cv.bpSys=210 cv.bpDia=130 cv.bpDate=2026-12-01", Outcome.Contraindicated, "CV-05b CV-05d CV-05c")]
    [InlineData("log.escort=no", Outcome.NeedsReview, "LOG-01")]
    [InlineData("log.escort=not-sure", Outcome.Eligible, "LOG-01?")]
    [InlineData("log.escort=-", Outcome.Eligible, "LOG-01?")]
    [InlineData("sub.drug30d=yes sub.inTreatment=no", Outcome.NeedsReview, "SUB-03b")]
    [InlineData("sub.opioid30d=yes sub.inTreatment=yes", Outcome.Contraindicated, "SUB-01 SUB-03")]
    [InlineData("sub.dependence=yes", Outcome.Contraindicated, "SUB-01")]
    [InlineData("sub.ketamineDependence=yes", Outcome.NeedsReview, "SUB-08")]
    [InlineData("psy.paranoiaNow=yes", Outcome.NeedsReview, "PSY-02b")]
    [InlineData("alg.other=yes alg.other.list=penicillin,and,cats", Outcome.Eligible, "ALG-03")]
    [InlineData("alg.other=yes alg.other.list=propofol", Outcome.NeedsReview, "ALG-03b ALG-03")]
    [InlineData("alg.other=yes", Outcome.Incomplete, "ALG-03")]
    [InlineData("cv.any=yes cv.syncope=yes cv.cad.recent=yes", Outcome.Contraindicated, "CV-07 CV-01 CV-09b")]
    [InlineData("neu.tumour=yes neu.tumour.now=no", Outcome.NeedsReview, "NEU-01c")]
    [InlineData("neu.tumour=yes neu.tumour.now=yes", Outcome.Contraindicated, "NEU-01 NEU-01c")]
    [InlineData("preg.potential=yes preg.contraception=yes", Outcome.Eligible, "PREG-02b")]
    [InlineData("preg.late=yes", Outcome.NeedsReview, "PREG-02")]
    public void Each_is_told_as_it_should_be(string changes, Outcome outcome, string findings)
    {
        var result = EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With(changes));

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(findings, string.Join(' ', result.Findings.Select(f => f.Rule + (f.Verdict == Verdict.Unknown ? "?" : ""))));
    }

    [Theory]
    [InlineData("asq.4=yes asq.4.week=yes asq.5=no", Urgency.Imminent)]
    [InlineData("asq.4=yes asq.4.week=not-sure asq.5=no", Urgency.Imminent)]
    [InlineData("asq.4=yes asq.4.week=declined asq.5=no", Urgency.Imminent)]
    [InlineData("asq.4=yes asq.4.week=no asq.5=no", Urgency.High)]
    [InlineData("asq.4=yes asq.5=no", Urgency.High)]
    [InlineData("asq.4=yes asq.4.week=no", Urgency.Imminent)]
    public void An_attempt_within_seven_days_is_imminent(string changes, Urgency urgency) =>
        Assert.Equal(urgency, EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With(changes)).Urgency);

    [Fact]
    public void These_rows_can_be_an_emergency_now() => Assert.Equal(
        ["PSY-02c mental", "PSY-03 mental", "PSY-08b mental", "CV-05d bloodPressure", "CV-08c medical", "EYE-01b medical", "THY-01b medical"],
        EmbeddedProtocol.Rules.Rules.Where(r => r.Emergency is not null).Select(r => $"{r.Id} {r.Emergency}"));

    [Fact]
    public void These_rows_ask_for_a_call_first() => Assert.Equal(
        ["DDI-14", "END-01", "END-02", "SUB-04b", "SUB-04c", "SUB-07"], EmbeddedProtocol.RuleSet.CallFirst.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("PREG-01")]
    [InlineData("PREG-01b")]
    [InlineData("PSY-03")]
    [InlineData("PSY-08b")]
    [InlineData("EYE-01b")]
    [InlineData("NEU-01b")]
    [InlineData("CV-07")]
    [InlineData("CV-10")]
    [InlineData("SUB-01")]
    public void What_time_clears_is_a_hold(string rule) => Assert.True(EmbeddedProtocol.Rule(rule) is { Severity: Severity.Absolute, Hold: true });

    [Theory]
    [InlineData("dem.weightKg=115.6 dem.heightCm=170", "40")]
    [InlineData("dem.weightKg=115.4 dem.heightCm=170", null)]
    [InlineData("dem.weightKg=400 dem.heightCm=90", "493.8")]
    [InlineData("dem.weightKg=400", null)]
    public void The_body_mass_index_is_worked_out_from_both_and_shown_as_such(string changes, string? shown) => Assert.Equal(
        shown, EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With(changes)).Findings.SingleOrDefault(f => f.Rule == "BMI-01")?.Inputs.Single(i => i.Name == "bmi").Value);

    [Fact]
    public void A_rule_whose_source_is_weak_says_so() => Assert.All(
        new[] { "CV-14", "CV-15", "CV-16", "SURG-01", "BMI-01", "DDI-16", "DDI-17", "PSY-12", "GI-01", "EYE-02", "SUI-07", "PREG-02b", "SUB-04c", "CV-05d" },
        r => Assert.Contains("not checked", EmbeddedProtocol.Rule(r).Source, StringComparison.Ordinal));
}
