using System.Globalization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabFactsTests
{
    private static readonly Protocol Shipped = EmbeddedProtocols.Load("iv-ketamine");
    private static readonly RuleSet Rules = RuleSet.Compile(Shipped, Shipped.Rules);

    [Theory]
    [InlineData("98979-8", "29.9", "mL/min/1.73m2", null, null, "REN-01")]
    [InlineData("98979-8", "30", "mL/min/1.73m2", null, null, "")]
    [InlineData("98979-8", "30", "mL/min/1.73m2", null, "<", "REN-01")]
    [InlineData("98979-8", "30", "mL/min/1.73m2", null, "<=", "")]
    [InlineData("33914-3", "15", null, null, null, "REN-01")]
    [InlineData("718-7", "7.9", "g/dL", null, null, "HEM-01")]
    [InlineData("718-7", "8.0", "g/dL", null, null, "")]
    [InlineData("718-7", "79", "g/L", null, null, "HEM-01")]
    [InlineData("718-7", "4.9", "mmol/L", null, null, "HEM-01")]
    [InlineData("718-7", "79", "g/dL", null, null, "")]
    [InlineData("777-3", "49", "10*3/uL", null, null, "HEM-01")]
    [InlineData("777-3", "50", "10*3/uL", null, null, "")]
    [InlineData("777-3", "49000", "/uL", null, null, "HEM-01")]
    [InlineData("6690-2", "1.9", "10*9/L", null, null, "HEM-01")]
    [InlineData("6690-2", "31", "K/uL", null, null, "HEM-01")]
    [InlineData("1742-6", "121", "U/L", 40, null, "HEP-02b")]
    [InlineData("1742-6", "119", "U/L", 40, null, "")]
    [InlineData("1742-6", "121", "U/L", null, null, "HEP-02b")]
    [InlineData("1742-6", "150", "U/L", 55, null, "")]
    [InlineData("1920-8", "1000", "U/L", 40, ">", "HEP-02b")]
    [InlineData("1920-8", "121", "oddly/L", 40, null, "HEP-02b")]
    [InlineData("8636-3", "501", "ms", null, null, "CV-12")]
    [InlineData("8636-3", "500", "ms", null, null, "")]
    [InlineData("8636-3", "0.512", "s", null, null, "CV-12")]
    public void Critical_values_raise_the_rules_of_the_labs_stage(string code, string number, string? unit, int? high, string? comparator, string rule)
    {
        var result = Measured("2026-10-01", Value(code, decimal.Parse(number, CultureInfo.InvariantCulture), unit, high, comparator));

        Assert.Equal(rule, string.Join(',', Fired([result])));
    }

    [Theory]
    [InlineData("Normal sinus rhythm", "normal")]
    [InlineData("Sinus rhythm, anterior ischemia", "ischaemia")]
    [InlineData("ST elevation V1-V4", "ischaemia")]
    [InlineData("ST-segment depression", "ischaemia")]
    [InlineData("Old inferior infarct", "ischaemia")]
    [InlineData("NSTEMI", "ischaemia")]
    [InlineData("No evidence of acute ischemia. Normal ECG.", "normal")]
    [InlineData("Normal ECG without ischaemia or infarction", "normal")]
    [InlineData("No change: ischemia persists", "ischaemia")]
    [InlineData("Ischemia not excluded", "ischaemia")]
    [InlineData("LBBB", "new-block")]
    [InlineData("First degree AV block", "new-block")]
    [InlineData("Abnormal ECG", "other")]
    [InlineData("Normal rhythm, borderline QT", "other")]
    [InlineData("See report", "other")]
    [InlineData(" ", null)]
    public void An_ECG_in_words_is_read_as_the_worse_of_what_it_can_mean(string words, string? finding) =>
        Assert.Equal(finding, LabWords.EcgFinding(words));

    [Theory]
    [InlineData("Positive", "positive")]
    [InlineData("POS", "positive")]
    [InlineData("Detected", "positive")]
    [InlineData("Negative", "negative")]
    [InlineData("Not detected", "negative")]
    [InlineData("non-reactive", "negative")]
    [InlineData("Reactive", "positive")]
    [InlineData("Positive. Negative control valid.", "positive")]
    [InlineData("POSITIVE (negative is below 5)", "positive")]
    [InlineData("not reactive", "negative")]
    [InlineData("Nonreactive", "negative")]
    [InlineData("Not positive", "negative")]
    [InlineData("Negative; not detected", "negative")]
    [InlineData("pending", null)]
    [InlineData(null, null)]
    public void A_pregnancy_test_in_words_is_read(string? words, string? meaning) =>
        Assert.Equal(meaning, LabWords.Positivity(words));

    [Fact]
    public void A_positive_pregnancy_test_is_absolute() =>
        Assert.Contains("PREG-01b", Fired([Measured("2026-10-01", new LabValue("2106-3", null, null, null, null, null, null, "Positive"))]));

    [Fact]
    public void The_newest_value_stands_however_results_arrive()
    {
        var low = Measured("2026-09-01", Value("98979-8", 20, "mL/min"));
        var fine = Measured("2026-10-01", Value("98979-8", 80, "mL/min"));

        Assert.Empty(Fired([fine, low]));
        Assert.Equal(["REN-01"], Fired([low]));
    }

    [Fact]
    public void Values_of_results_that_do_not_count_are_not_looked_at() =>
        Assert.Empty(LabFacts.Of([Measured("2026-10-01", Value("98979-8", 20, "mL/min")) with { Status = LabResultStatus.Preliminary }], [], Bounds));

    [Fact]
    public void A_value_that_cannot_be_read_is_named_rather_than_taken_for_normal()
    {
        var result = Measured("2026-10-01", Value("718-7", 5, "furlong"), Value("2160-0", 1, "furlong"), Value("777-3", 250, "K/uL"));

        Assert.Equal(["718-7"], LabFacts.Unreadable([result], Bounds).Select(v => v.Code));
        Assert.False(LabFacts.Of([result], [], Bounds).ContainsKey("hemoglobin"));
    }

    [Fact]
    public void A_number_too_large_to_convert_is_not_readable() =>
        Assert.NotEmpty(LabFacts.Unreadable([Measured("2026-10-01", Value("1742-6", decimal.MaxValue, "U/L", 0.1m))], Bounds));

    [Theory]
    [InlineData(null, LabStanding.Missing, "LAB-01")]
    [InlineData("2026-08-01", LabStanding.Expired, "LAB-01")]
    [InlineData("2026-09-01", LabStanding.ExpiresBeforeVisit, "LAB-01")]
    [InlineData("2026-11-01", LabStanding.Valid, "")]
    public void The_standing_of_a_required_test_raises_its_rule(string? collected, LabStanding standing, string rule)
    {
        var status = JudgeEcg("2026-11-20", collected, "2026-12-05");
        var facts = LabFacts.Of([], [status], Bounds);

        Assert.Equal(standing, status.Standing);
        Assert.Equal(rule, string.Join(',', Fired(facts)));
    }

    [Theory]
    [InlineData(LabKinds.Platelets, "10*3/uL", true)]
    [InlineData(LabKinds.Platelets, "x10E3/uL", true)]
    [InlineData(LabKinds.Platelets, "10^3/uL", true)]
    [InlineData(LabKinds.Platelets, "10³/uL", true)]
    [InlineData(LabKinds.Platelets, "Thousand/uL", true)]
    [InlineData(LabKinds.Platelets, "thou/mcL", true)]
    [InlineData(LabKinds.Platelets, "K/mm3", true)]
    [InlineData(LabKinds.Platelets, "G/L", true)]
    [InlineData(LabKinds.Platelets, "10*9/L", true)]
    [InlineData(LabKinds.Platelets, "10*6/L", false)]
    [InlineData(LabKinds.Platelets, "{cells}/uL", false)]
    [InlineData(LabKinds.Platelets, "g/dL", false)]
    [InlineData(LabKinds.Hemoglobin, "gm/dL", true)]
    [InlineData(LabKinds.Hemoglobin, "10*9/L", false)]
    [InlineData(LabKinds.Egfr, "mL/min/{1.73_m2}", true)]
    [InlineData(LabKinds.Egfr, "", true)]
    [InlineData(LabKinds.Egfr, "%", false)]
    [InlineData(LabKinds.Alt, "[IU]/L", true)]
    [InlineData(LabKinds.Alt, "IU/L", true)]
    [InlineData(LabKinds.Alt, "units/L", true)]
    [InlineData(LabKinds.Alt, "mg/dL", false)]
    [InlineData(LabKinds.Qtc, "msec", true)]
    [InlineData(LabKinds.Creatinine, "mg/dL", true)]
    [InlineData("sodium", "mmol/L", false)]
    public void Units_as_laboratories_write_them(string kind, string unit, bool isTheRulesUnit) =>
        Assert.Equal(isTheRulesUnit, Units.Convert(kind, 7, unit) == 7);

    [Fact]
    public void Other_units_are_converted()
    {
        Assert.Equal(0.25m, Units.Convert(LabKinds.Platelets, 250, "/uL"));
        Assert.Equal(0.25m, Units.Convert(LabKinds.Leukocytes, 250, "10*6/L"));
        Assert.Equal(24, Units.Convert(LabKinds.Ast, 0.4m, "ukat/L"));
        Assert.Equal(24, Units.Convert(LabKinds.Ast, 400, "nkat/L"));
        Assert.Equal(1, Math.Round(Units.Convert(LabKinds.Creatinine, 88.42m, "µmol/L")!.Value, 6));
    }

    private static IEnumerable<string> Fired(IReadOnlyList<LabResult> results) => Fired(LabFacts.Of(results, [], Bounds));

    private static IEnumerable<string> Fired(IReadOnlyDictionary<string, Answer> facts) =>
        Rules.Judge(Stage.Labs, new ScreeningFacts(AnswerSet.Empty, Day("1985-04-12"), Day("2026-11-20"), facts)).Where(f => f.Verdict == Verdict.True).Select(f => f.Rule);
}
