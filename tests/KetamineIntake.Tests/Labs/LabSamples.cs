using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Tests.Labs;

/// <summary>Short ways to write what the tests of Labs are about.</summary>
internal static class LabSamples
{
    public const string Patient = "0123456789abcdefghjkmnpqrs";

    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 21, 17, 0);

    public static readonly IReadOnlyList<LabRequirement> Requirements = EmbeddedProtocols.Load("iv-ketamine").Labs;

    /// <summary>What the protocol that ships says about reading values.</summary>
    public static readonly LabContent Bounds = EmbeddedProtocols.Load("iv-ketamine").Lab;

    /// <summary>The same without a smallest or largest value.</summary>
    public static readonly LabContent Unbounded = Bounds with { Values = [] };

    public static readonly LabUnits Units = Bounds.Units;

    public static readonly IReadOnlyList<int> LeadDays = Bounds.LeadDays;

    public static LabRequirement Ecg(int months = 3) => Requirements.Single(r => r.Test == LabTests.Ecg) with { ValidMonths = months };

    public static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    public static LabVisit Visit(string iso, string? id = null) => new(id ?? "visit-" + iso, Day(iso));

    public static LabResult Typed(string test, string iso, LabResultStatus status = LabResultStatus.Final) =>
        new(LabIds.Of(test, iso), Day(iso), status, [test], [], null, false);

    public static LabResult Coded(string iso, params string[] codes) =>
        new(LabIds.Of(iso, string.Join('+', codes)), Day(iso), LabResultStatus.Final, codes, [], null, true);

    public static LabResult Measured(string iso, params LabValue[] values) =>
        Coded(iso, [.. values.Select(v => v.Code)]) with { Values = values };

    public static LabValue Value(string code, decimal number, string? unit, decimal? high = null, string? comparator = null) =>
        new(code, null, number, comparator, unit, null, high, null);

    public static LabValue Words(string code, string text) => new(code, null, null, null, null, null, null, text);

    public static LabStatus JudgeEcg(string today, string? collectedOn, params string[] visits) =>
        LabJudgement.Judge([Ecg()], collectedOn is null ? [] : [Typed(LabTests.Ecg, collectedOn)], [.. visits.Select(v => Visit(v))], Day(today)).Single();
}
