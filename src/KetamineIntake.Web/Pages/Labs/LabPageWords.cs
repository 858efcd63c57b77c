using System.Globalization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Web.Pages.Labs;

/// <summary>The console's words for laboratory tests.</summary>
internal static class LabPageWords
{
    public const string NothingToTakeBack =
        "Nothing was taken back: no result of this test and date was typed here. One that came from a laboratory or a file is taken back beside the result itself.";

    public static string Test(Protocol protocol, string test) => protocol.Labs.FirstOrDefault(r => r.Test == test)?.Title ?? test;

    public static string Of(LabStanding standing) => standing switch
    {
        LabStanding.Valid => "Valid",
        LabStanding.Missing => "Missing",
        LabStanding.Expired => "Out of date",
        _ => "Will be out of date",
    };

    public static string Tone(LabStanding standing) => standing switch
    {
        LabStanding.Valid => "good",
        LabStanding.ExpiresBeforeVisit => "warn",
        _ => "danger",
    };

    /// <summary>Where a test stands on the day of one visit.</summary>
    public static LabStanding On(LabVisit visit, LabStatus status) =>
        status.ExpiresOn is not { } last ? LabStanding.Missing
        : visit.Date <= last ? LabStanding.Valid
        : status.Standing == LabStanding.Expired ? LabStanding.Expired
        : LabStanding.ExpiresBeforeVisit;

    public static string Day(LocalDate? day) => day?.ToString("ddd, MMM d, uuuu", CultureInfo.InvariantCulture) ?? "–";

    public static string Value(LabValue value)
    {
        var what = LabNames.Of(value.Code);
        var number = value.Number is { } exact ? $"{value.Comparator}{exact.ToString("0.####", CultureInfo.InvariantCulture)} {value.Unit}".Trim() : value.Text ?? "no value";
        var range = (value.Low, value.High) switch
        {
            (null, null) => string.Empty,
            (null, { } high) => string.Create(CultureInfo.InvariantCulture, $" (up to {high})"),
            ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $" (from {low})"),
            ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $" ({low} to {high})"),
        };
        return $"{what}: {number}{(value.RangeUnit is { } unit && range.Length > 0 ? $"{range[..^1]} {unit})" : range)}";
    }
}
