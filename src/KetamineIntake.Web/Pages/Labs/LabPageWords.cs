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

    public static string Of(UnplacedReason reason) => reason switch
    {
        UnplacedReason.NoCode => "Came with its laboratory's own code only: say which test it is.",
        UnplacedReason.NoDate => "Came without the day of its collection: confirm one.",
        UnplacedReason.AnotherPerson => "Names somebody else: confirm the day if it is of this patient all the same.",
        UnplacedReason.NoOriginal => "Corrects something, and not exactly one stored result goes by its names: look for what it corrects and take that back, add what holds, and then put this aside.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Day(LocalDate? day) => day?.ToString("ddd, MMM d, uuuu", CultureInfo.InvariantCulture) ?? "–";

    public static string Value(LabValue value)
    {
        var what = LabNames.Of(value.Code);
        var number = value.IsNotUnderstood ? $"not understood: {value.Text}" : value.Number is { } exact ? $"{value.Comparator}{exact.ToString("0.####", CultureInfo.InvariantCulture)} {value.Unit}".Trim() : value.Text ?? "no value";
        var unit = value.RangeUnit is { } other ? " " + other : string.Empty;
        var range = Range(value.Low, value.High) is { } normal ? $" ({normal}{unit})" : string.Empty;
        var day = value.Day is { } own ? $", {Day(own)}" : string.Empty;
        return $"{what}: {number}{range}{day}{string.Concat(Others(value).Select(r => $"; {r}"))}";
    }

    // Limits of a treatment, or in another unit: sent, and not what the value is judged by.
    private static IEnumerable<string> Others(LabValue value) =>
        (value.Ranges ?? []).Where(r => (r.Low, r.High) != (value.Low, value.High))
            .Select(r => $"{r.Meaning ?? "normal"} {Range(r.Low, r.High)} {r.Unit}".TrimEnd());

    private static string? Range(decimal? low, decimal? high) => (low, high) switch
    {
        (null, null) => null,
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"up to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"from {least}"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
    };
}
