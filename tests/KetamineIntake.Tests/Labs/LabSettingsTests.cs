using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabSettingsTests
{
    private static readonly LabSetting EcgByRisk = new(LabTests.Ecg, LabPolicy.ByRisk, null, "Dr. Example");

    [Fact]
    public void An_empty_setting_is_a_fault() =>
        Assert.Equal(["labs: every setting names a test; one of them is empty."], LabSettings.Check(Requirements, [null!]));

    [Fact]
    public void Without_settings_everyone_needs_every_test_within_three_months()
    {
        var required = LabSettings.For(Requirements, [], []);

        Assert.Equal(LabTests.All, required.Select(r => r.Test));
        Assert.All(required, r => Assert.Equal(3, r.ValidMonths));
    }

    [Fact]
    public void A_clinic_turns_a_test_off_or_gives_it_other_months()
    {
        var required = LabSettings.For(Requirements, [new(LabTests.Ecg, LabPolicy.Off, null, "Dr. Example"), new(LabTests.Cbc, LabPolicy.All, 1, null)], []);

        Assert.Equal([LabTests.Liver, LabTests.Kidney, LabTests.Cbc], required.Select(r => r.Test));
        Assert.Equal([3, 3, 1], required.Select(r => r.ValidMonths));
    }

    [Theory]
    [InlineData("CV-05", Verdict.True, true)]
    [InlineData("CV-05", Verdict.Unknown, true)]
    [InlineData("CV-05", Verdict.False, false)]
    [InlineData("HEP-01", Verdict.True, false)]
    [InlineData("XCV-05", Verdict.True, false)]
    public void By_risk_a_test_is_required_when_the_screening_gives_a_reason_or_cannot_rule_it_out(string rule, Verdict verdict, bool required) =>
        Assert.Equal(required, LabSettings.For(Requirements, [EcgByRisk], [Finding(rule, verdict)]).Any(r => r.Test == LabTests.Ecg));

    [Theory]
    [InlineData(LabTests.Liver, "HEP-01")]
    [InlineData(LabTests.Liver, "SUB-04")]
    [InlineData(LabTests.Kidney, "REN-01")]
    [InlineData(LabTests.Kidney, "CV-06")]
    [InlineData(LabTests.Kidney, "END-01")]
    [InlineData(LabTests.Kidney, "AGE-02")]
    [InlineData(LabTests.Cbc, "HEM-01")]
    [InlineData(LabTests.Ecg, "AGE-02")]
    public void Each_test_has_its_reasons(string test, string rule)
    {
        LabSetting[] byRisk = [new(test, LabPolicy.ByRisk, null, "Dr. Example")];

        Assert.Contains(test, LabSettings.For(Requirements, byRisk, [Finding(rule, Verdict.True)]).Select(r => r.Test));
        Assert.DoesNotContain(test, LabSettings.For(Requirements, byRisk, []).Select(r => r.Test));
    }

    [Fact]
    public void A_test_for_which_nobody_has_named_a_reason_is_required_of_everyone() =>
        Assert.Single(LabSettings.For([Ecg() with { Reasons = [] }], [EcgByRisk], []));

    [Theory]
    [InlineData("CV-*", "CV-05", true)]
    [InlineData("CV-*", "CVX-05", false)]
    [InlineData("CV-05", "CV-05", true)]
    [InlineData("CV-05", "CV-05b", false)]
    [InlineData("CV-05", "CV-0", false)]
    public void A_reason_is_a_rule_or_a_group_of_rules(string reason, string rule, bool covers) =>
        Assert.Equal(covers, (Ecg() with { Reasons = [reason] }).IsReason(rule));

    [Fact]
    public void Without_a_screening_nothing_is_ruled_out() =>
        Assert.Contains(LabTests.Ecg, LabSettings.For(Requirements, [EcgByRisk], null).Select(r => r.Test));

    [Theory]
    [InlineData(LabTests.Ecg, LabPolicy.All, null, null, true)]
    [InlineData(LabTests.Ecg, LabPolicy.All, 1, null, true)]
    [InlineData(LabTests.Ecg, LabPolicy.All, 3, null, true)]
    [InlineData(LabTests.Ecg, LabPolicy.All, 4, null, false)]
    [InlineData(LabTests.Ecg, LabPolicy.All, 12, "Dr. Example", true)]
    [InlineData(LabTests.Ecg, LabPolicy.All, 13, "Dr. Example", false)]
    [InlineData(LabTests.Ecg, LabPolicy.All, 0, "Dr. Example", false)]
    [InlineData(LabTests.Ecg, LabPolicy.Off, null, null, false)]
    [InlineData(LabTests.Ecg, LabPolicy.Off, null, " ", false)]
    [InlineData(LabTests.Ecg, LabPolicy.ByRisk, null, null, false)]
    [InlineData(LabTests.Ecg, LabPolicy.ByRisk, null, "Dr. Example", true)]
    [InlineData("mri", LabPolicy.All, null, null, false)]
    public void Asking_less_than_the_protocol_takes_a_signature(string test, LabPolicy policy, int? months, string? signedBy, bool fine) =>
        Assert.Equal(fine, LabSettings.Check(Requirements, [new LabSetting(test, policy, months, signedBy)]).Count == 0);

    [Fact]
    public void A_test_is_set_once() =>
        Assert.Equal(["labs: ecg is set twice."], LabSettings.Check(Requirements, [EcgByRisk, EcgByRisk]));

    [Theory]
    [InlineData("""{"severities":[],"parameters":[]}""", 0)]
    [InlineData("""{"severities":[],"parameters":[],"labs":[{"test":"ecg","policy":"ByRisk","signedBy":"Dr. Example"},{"test":"cbc","policy":"All","validMonths":1}]}""", 2)]
    public void A_clinics_file_may_name_tests_or_not(string json, int count) =>
        Assert.Equal(count, ClinicOverridesJson.Read(System.Text.Encoding.UTF8.GetBytes(json)).Labs.Count);

    private static Finding Finding(string rule, Verdict verdict) => new(rule, Severity.Review, verdict, false, "Reason.", [], "made up");
}
