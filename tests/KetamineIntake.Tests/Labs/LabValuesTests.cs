using System.Globalization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>From a value that comes in to what the clinician is told.</summary>
public sealed class LabValuesTests
{
    private const string Egfr = "98979-8";
    private const string Hemoglobin = "718-7";
    private const string Platelets = "777-3";
    private const string WhiteCells = "6690-2";
    private const string Qtc = "8636-3";
    private const string Alt = "1742-6";

    [Theory]
    [InlineData(Egfr, "29.95", "mL/min/1.73m2", null, "REN-01")]
    [InlineData(Egfr, "30", "mL/min/1.73m2", null, "")]
    [InlineData(Hemoglobin, "7.995", "g/dL", null, "HEM-01")]
    [InlineData(Hemoglobin, "79.95", "g/L", null, "HEM-01")]
    [InlineData(Hemoglobin, "4.96", "mmol/L", null, "HEM-01")]
    [InlineData(Hemoglobin, "8.0", "g/dL", null, "")]
    [InlineData(Hemoglobin, "80", "g/L", null, "")]
    [InlineData(Platelets, "49.95", "10*3/uL", null, "HEM-01")]
    [InlineData(Platelets, "49950", "/uL", null, "HEM-01")]
    [InlineData(Platelets, "50", "10*3/uL", null, "")]
    [InlineData(Platelets, "50000", "/uL", null, "")]
    [InlineData(Qtc, "500.4", "ms", null, "CV-12")]
    [InlineData(Qtc, "0.5004", "s", null, "CV-12")]
    [InlineData(Qtc, "500", "ms", ">", "CV-12")]
    [InlineData(Qtc, "500", "ms", null, "")]
    [InlineData(Qtc, "0.5", "s", null, "")]
    // Open to one side: read where both ends say the same.
    [InlineData(Egfr, "30", "mL/min/1.73m2", "<", "REN-01")]
    [InlineData(Egfr, "60", "mL/min/1.73m2", ">", "")]
    [InlineData(Egfr, "60", "mL/min/1.73m2", "<", "unreadable 98979-8")]
    [InlineData(Platelets, "100", "10*3/uL", "<", "unreadable 777-3")]
    [InlineData(Qtc, "400", "ms", ">", "unreadable 8636-3")]
    // What nobody can have is a wrong unit or a slip.
    [InlineData(Hemoglobin, "79", "g/dL", null, "unreadable 718-7")]
    [InlineData(Platelets, "45000", "10*3/uL", null, "unreadable 777-3")]
    [InlineData(Hemoglobin, "30", "g/dL", null, "")]
    [InlineData(Hemoglobin, "30.01", "g/dL", null, "unreadable 718-7")]
    [InlineData(Egfr, "-1", "mL/min/1.73m2", null, "unreadable 98979-8")]
    [InlineData(Qtc, "199", "ms", null, "unreadable 8636-3")]
    [InlineData(Qtc, "801", "ms", null, "unreadable 8636-3")]
    [InlineData(Hemoglobin, "12", "g/L ≠ g/dL", null, "unreadable 718-7")]
    public async Task A_value_is_raised_named_or_silent(string code, string number, string unit, string? comparator, string told) =>
        Assert.Equal(told, await TellAsync(Measured("2026-10-01", Value(code, decimal.Parse(number, CultureInfo.InvariantCulture), unit, null, comparator))));

    [Theory]
    [InlineData(Egfr, "25", "80", "REN-01")]
    [InlineData(Hemoglobin, "7", "13", "HEM-01")]
    [InlineData(Platelets, "40", "200", "HEM-01")]
    [InlineData(Qtc, "510", "420", "CV-12")]
    [InlineData(Alt, "200", "20", "HEP-02b")]
    [InlineData(WhiteCells, "1", "8", "HEM-01")]
    [InlineData(WhiteCells, "40", "8", "HEM-01")]
    public async Task Of_several_results_of_one_day_the_worse_stands(string code, string bad, string good, string rule)
    {
        LabResult[] results = [.. new[] { bad, good }.Select(n => Measured("2026-10-01", Value(code, decimal.Parse(n, CultureInfo.InvariantCulture), UnitOf(code))) with { Id = LabIds.Of(n) })];

        Assert.Equal(rule, await TellAsync(results));
        Assert.Equal(rule, await TellAsync([results[1], results[0]]));
        Assert.Equal("", await TellAsync(results[0] with { CollectedOn = Day("2026-09-30") }, results[1]));
    }

    [Fact]
    public async Task White_cells_too_low_and_too_high_on_one_day_are_both_asked_about()
    {
        var results = new[] { 3.9m, 31m }.Select(n => Measured("2026-10-01", Value(WhiteCells, n, "K/uL")) with { Id = LabIds.Of(n.ToString(CultureInfo.InvariantCulture)) });

        Assert.Equal("HEM-01", await TellAsync([.. results]));
    }

    [Fact]
    public async Task Of_two_ECGs_and_of_two_pregnancy_tests_of_one_day_the_worse_stands()
    {
        LabResult Said(string code, string text) => Measured("2026-10-01", Words(code, text)) with { Id = LabIds.Of(text) };

        Assert.Equal("CV-12", await TellAsync(Said("11524-6", "Acute ischemia"), Said("11524-6", "Normal ECG")));
        Assert.Contains("PREG-01b", await TellAsync(Said("2106-3", "Positive"), Said("2106-3", "Negative")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_next_to_nothing_is_not_readable_and_stops_nobody() =>
        Assert.Equal("unreadable 1742-6", await TellAsync(Measured("2026-10-01", Value(Alt, 100_000_000_000m, "U/L", 0.0000000000000000000000001m))));

    [Fact]
    public async Task A_reference_range_in_another_unit_is_brought_into_the_values_unit()
    {
        var result = Measured("2026-10-01", Value(Alt, 3.0m, "ukat/L", 40) with { RangeUnit = "U/L" });
        var odd = Measured("2026-10-01", Value(Alt, 130m, "U/L", 500) with { RangeUnit = "furlong" });

        Assert.Equal("HEP-02b", await TellAsync(result));
        Assert.Equal("HEP-02b", await TellAsync(odd));
        Assert.Equal("", await TellAsync(Measured("2026-10-01", Value(Alt, 0.6m, "ukat/L", 40) with { RangeUnit = "U/L" })));
    }

    [Fact]
    public async Task Not_readable_is_cleared_by_a_newer_value_that_can_be_read()
    {
        var odd = Measured("2026-10-01", Value(Hemoglobin, 79, "g/dL"));

        Assert.Equal("", await TellAsync(odd, Measured("2026-10-02", Value(Hemoglobin, 13, "g/dL"))));
        Assert.Equal("unreadable 718-7", await TellAsync(odd, Measured("2026-09-30", Value(Hemoglobin, 13, "g/dL"))));
        Assert.Equal("unreadable 718-7", await TellAsync(odd, Measured("2026-10-02", Value(Platelets, 200, "K/uL"))));
    }

    [Fact]
    public async Task A_part_that_was_corrected_by_itself_stands_over_the_panel_that_carries_it()
    {
        var part = LabIds.Of("part");
        var panel = Measured("2026-10-01", Value(Hemoglobin, 7, "g/dL") with { SourceId = part }) with { Id = LabIds.Of("panel"), IssuedAt = Noon };
        var corrected = Measured("2026-10-01", Value(Hemoglobin, 13, "g/dL")) with { Id = part, Status = LabResultStatus.Corrected };

        Assert.Equal("", await TellAsync(panel, corrected));
        Assert.Equal("", await TellAsync(corrected, panel));
        Assert.Equal("HEM-01", await TellAsync(panel with { Values = [Value(Hemoglobin, 13, "g/dL") with { SourceId = part }] }, corrected with { Values = [Value(Hemoglobin, 7, "g/dL")] }));
        Assert.Equal("HEM-01", await TellAsync(panel, corrected with { Status = LabResultStatus.Final }));
        var later = panel with { IssuedAt = Noon + NodaTime.Duration.FromHours(1) };
        Assert.Equal("HEM-01", await TellAsync(later, corrected with { IssuedAt = Noon }));
    }

    [Theory]
    [InlineData(ReferralStatus.New)]
    [InlineData(ReferralStatus.Accepted)]
    [InlineData(ReferralStatus.Declined)]
    public async Task A_critical_value_is_told_before_anybody_has_decided(ReferralStatus status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync(status);

        var view = (await clinic.AddAsync(patient, Measured("2026-10-01", Value(Egfr, 12, "mL/min"), Value(Hemoglobin, 5, "furlong")))).View;

        Assert.Equal(["REN-01"], view.Findings.Select(f => f.Rule));
        Assert.Equal([Hemoglobin], view.Unreadable);
        Assert.Equal([Rows.LabAlert(patient)], await clinic.KeysAsync(Rows.LabAlerts));
    }

    private static string UnitOf(string code) => code switch { Egfr => "mL/min", Hemoglobin => "g/dL", Qtc => "ms", Alt => "U/L", _ => "K/uL" };

    private static async Task<string> TellAsync(params LabResult[] results)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var view = (await clinic.AddAsync(await clinic.PatientAsync(), results)).View;
        return string.Join(' ', view.Findings.Where(f => f.Verdict == Verdict.True).Select(f => f.Rule).Concat(view.Unreadable.Select(u => "unreadable " + u)));
    }
}
