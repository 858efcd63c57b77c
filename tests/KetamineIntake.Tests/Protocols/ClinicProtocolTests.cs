using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Protocols;

public sealed class ClinicProtocolTests
{
    private static readonly RuleBook Shipped = EmbeddedProtocols.Load("iv-ketamine").Rules;

    [Fact]
    public void No_overrides_leave_every_rule_as_it_is()
    {
        var rules = Applied(ClinicOverrides.None);

        Assert.Equal(Shipped.Rules.Count, rules.Rules.Count);
        foreach (var (before, after) in Shipped.Rules.Zip(rules.Rules))
        {
            Assert.Equal(before with { When = after.When }, after);
        }

        Assert.Equal(Words(Shipped), Words(rules));
    }

    [Theory]
    [InlineData("PSY-05", Severity.Absolute)]
    [InlineData("CV-06", Severity.Review)]
    [InlineData("PSY-01", Severity.Absolute)]
    public void A_severity_goes_up_or_stays_without_a_sign_off(string rule, Severity severity) =>
        Assert.Equal(severity, Applied(Severities(new SeverityOverride(rule, severity, null))).Rules.Single(r => r.Id == rule).Severity);

    [Fact]
    public void A_severity_goes_down_with_a_sign_off() =>
        Assert.Equal(Severity.Review, Applied(Severities(new SeverityOverride("CV-03", Severity.Review, "Dr. A. Adler, 2026-01-02"))).Rules.Single(r => r.Id == "CV-03").Severity);

    [Fact]
    public void A_hold_that_is_no_longer_absolute_is_no_hold() =>
        Assert.False(Applied(Severities(new SeverityOverride("SUB-02", Severity.Review, "Dr. A. Adler"))).Rules.Single(r => r.Id == "SUB-02").Hold);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_severity_never_goes_down_without_a_sign_off(string? signedBy) =>
        Refused(Severities(new SeverityOverride("CV-03", Severity.Review, signedBy)), "/severities/0", "sign-off");

    [Theory]
    [InlineData("PSY-01")]
    [InlineData("PSY-02")]
    [InlineData("PSY-03")]
    [InlineData("CV-01")]
    [InlineData("CV-02")]
    public void A_floor_rule_never_goes_down(string rule) =>
        Refused(Severities(new SeverityOverride(rule, Severity.Caution, "Dr. A. Adler")), "/severities/0", "No clinic may lower");

    [Theory]
    [InlineData("SUI-01")]
    [InlineData("SUI-02")]
    [InlineData("SUI-03")]
    public void High_urgency_never_falls_below_review(string rule) =>
        Refused(Severities(new SeverityOverride(rule, Severity.Caution, "Dr. A. Adler")), "/severities/0", "stays at review");

    [Theory]
    [InlineData("SUI-01")]
    [InlineData("SUI-04")]
    public void Urgency_never_makes_anybody_ineligible(string rule) =>
        Refused(Severities(new SeverityOverride(rule, Severity.Absolute, "Dr. A. Adler")), "/severities/0", "makes nobody ineligible");

    [Fact]
    public void A_rule_that_does_not_exist_is_refused() =>
        Refused(Severities(new SeverityOverride("CV-99", Severity.Review, null)), "/severities/0", "no rule");

    [Fact]
    public void A_severity_that_does_not_exist_is_refused() =>
        Refused(Severities(new SeverityOverride("CV-03", (Severity)9, null)), "/severities/0", "no such severity");

    [Fact]
    public void The_same_rule_twice_is_refused() =>
        Refused(Severities(new SeverityOverride("PSY-05", Severity.Absolute, null), new SeverityOverride("PSY-05", Severity.Review, null)), "/severities/1", "twice");

    [Theory]
    [InlineData("bp.hold.systolic", 140, null)]
    [InlineData("bp.hold.systolic", 160, null)]
    [InlineData("bp.hold.systolic", 161, "Dr. A. Adler")]
    [InlineData("bp.hold.systolic", 180, "Dr. A. Adler")]
    [InlineData("trd.trials.tooFew", 3, null)]
    [InlineData("trd.trials.tooFew", 0, "Dr. A. Adler")]
    public void A_parameter_moves_within_its_limits(string name, int value, string? signedBy)
    {
        var rules = Applied(Parameters(new ParameterOverride(name, value, signedBy)));

        Assert.Equal(value, rules.Parameters.Single(p => p.Name == name).Value);
    }

    [Theory]
    [InlineData("bp.hold.systolic", 161, null, "sign-off")]
    [InlineData("bp.hold.systolic", 161, " ", "sign-off")]
    [InlineData("bp.hold.systolic", 139, null, "stays from")]
    [InlineData("bp.hold.systolic", 181, "Dr. A. Adler", "stays from")]
    [InlineData("trd.trials.tooFew", 0, null, "sign-off")]
    [InlineData("trd.trials.tooFew", 4, "Dr. A. Adler", "stays from")]
    [InlineData("bp.hold", 150, "Dr. A. Adler", "no parameter")]
    public void A_parameter_never_leaves_its_limits(string name, int value, string? signedBy, string detail) =>
        Refused(Parameters(new ParameterOverride(name, value, signedBy)), "/parameters/0", detail);

    [Fact]
    public void A_new_value_stands_in_every_condition_that_uses_it()
    {
        var rules = Applied(Parameters(new ParameterOverride("bp.hold.systolic", 150, null)));

        Assert.Equal(150, Systolic(rules, "CV-05b"));
        Assert.Equal(150, Systolic(rules, "VIT-02"));
        Assert.Equal(160, Systolic(Shipped, "CV-05b"));
    }

    [Fact]
    public void Overrides_can_be_applied_on_top_of_overrides()
    {
        var first = Applied(new ClinicOverrides([new SeverityOverride("PSY-05", Severity.Absolute, null)], [new ParameterOverride("bp.hold.systolic", 150, null)], ["PTSD"]));
        var second = Assert.IsType<ClinicRules.Applied>(ClinicProtocol.Apply(first, Parameters(new ParameterOverride("bp.hold.diastolic", 95, null)))).Rules;

        Assert.Equal(150, Systolic(second, "CV-05b"));
        Assert.Equal(Severity.Absolute, second.Rules.Single(r => r.Id == "PSY-05").Severity);
        Assert.Equal(["PTSD"], second.Indications);
    }

    [Fact]
    public void A_clinic_names_the_indications_it_treats()
    {
        var rules = Applied(new ClinicOverrides([], [], ["TRD", "PTSD"]));

        var not = Assert.IsType<Condition.Not>(rules.Rules.Single(r => r.Id == "IND-01").When);
        Assert.Equal(["TRD", "PTSD"], Assert.IsType<Condition.Is>(not.Of).Codes);
        Assert.Equal(["TRD", "PTSD"], rules.Indications);
    }

    [Theory]
    [InlineData("/indications/1", "TRD", "flu")]
    [InlineData("/indications/1", "TRD", "TRD")]
    [InlineData("/indications/0", "not-sure")]
    [InlineData("/indications/0", "")]
    [InlineData("/indications")]
    public void Indications_are_known_codes_each_once(string path, params string[] codes) =>
        Refused(new ClinicOverrides([], [], codes), path, codes.Length == 0 ? "at least one" : "no known indication");

    [Fact]
    public void Every_fault_in_the_overrides_is_reported_at_once()
    {
        var refused = Assert.IsType<ClinicRules.Refused>(ClinicProtocol.Apply(Shipped, new ClinicOverrides(
            [new SeverityOverride("CV-99", Severity.Info, null), new SeverityOverride("CV-02", Severity.Info, "Dr. A. Adler")],
            [new ParameterOverride("bp.hold.systolic", 500, null)],
            ["flu"])));

        Assert.Equal(["/severities/0", "/severities/1", "/parameters/0", "/indications/0"], refused.Faults.Select(f => f.Path));
        Assert.All(refused.Faults, f => Assert.Equal("overrides", f.File));
    }

    [Fact]
    public void Every_parameter_can_stand_at_both_of_its_limits()
    {
        foreach (var parameter in Shipped.Parameters)
        {
            Applied(Parameters(new ParameterOverride(parameter.Name, parameter.Minimum, "Dr. A. Adler")));
            Applied(Parameters(new ParameterOverride(parameter.Name, parameter.Maximum, "Dr. A. Adler")));
        }
    }

    private static ClinicOverrides Severities(params SeverityOverride[] severities) => new(severities, [], null);

    private static ClinicOverrides Parameters(params ParameterOverride[] parameters) => new([], parameters, null);

    private static RuleBook Applied(ClinicOverrides overrides) =>
        Assert.IsType<ClinicRules.Applied>(ClinicProtocol.Apply(Shipped, overrides)).Rules;

    private static void Refused(ClinicOverrides overrides, string path, string detail)
    {
        var fault = Assert.Single(Assert.IsType<ClinicRules.Refused>(ClinicProtocol.Apply(Shipped, overrides)).Faults);
        Assert.Equal(path, fault.Path);
        Assert.Contains(detail, fault.Detail, StringComparison.Ordinal);
    }

    private static decimal Systolic(RuleBook book, string rule) => Limits(book.Rules.Single(r => r.Id == rule).When)[0];

    private static List<decimal> Limits(Condition condition) => condition switch
    {
        Condition.All all => [.. all.Of.SelectMany(Limits)],
        Condition.Any any => [.. any.Of.SelectMany(Limits)],
        Condition.AtLeast least => [least.Value],
        _ => [],
    };

    private static string Words(RuleBook book) => RuleWords.Describe(book, EmbeddedProtocols.Load("iv-ketamine").Questionnaire);
}
