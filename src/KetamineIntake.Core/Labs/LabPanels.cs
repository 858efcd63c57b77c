using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Whether what was said of a whole panel still has to be looked at.</summary>
internal static class LabPanels
{
    // Glomerular filtration is estimated from creatinine: either is a kidney test.
    private static readonly string[] EitherOr = [LabKinds.Creatinine, LabKinds.Egfr];

    /// <summary>Whether every test of the panel has been done anew since, by whatever came in, or seen by staff on that day or later.</summary>
    public static bool IsOvertaken(LabKind panel, LocalDate day, IReadOnlyList<LabResult> results)
    {
        var seen = results.Where(r => r.Counts && r.CollectedOn >= day).SelectMany(r => r.Codes.Where(LabTests.All.Contains)).ToHashSet(StringComparer.Ordinal);
        var newer = results.Where(r => r.Counts && r.CollectedOn > day).SelectMany(r => r.Attested).Select(LabKinds.Find).OfType<LabKind>().ToList();
        return newer.Contains(panel) || panel.Tests.All(test => seen.Contains(test) || newer.Exists(k => !k.IsMeasured && k.Tests.Contains(test, StringComparer.Ordinal)) || AreDone(panel, test, newer));
    }

    private static bool AreDone(LabKind panel, string test, List<LabKind> newer)
    {
        var parts = LabKinds.All.Where(k => k.IsMeasured && k.Tests.Contains(test, StringComparer.Ordinal) && panel.Parts.Contains(k.Name, StringComparer.Ordinal)).ToList();
        return parts.Count > 0 && parts.TrueForAll(part => newer.Exists(k => k == part || (EitherOr.Contains(part.Name) && EitherOr.Contains(k.Name))));
    }
}
