using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Clinics;

/// <summary>Permanent names of clinics in URLs and partitions.</summary>
public static partial class ClinicSlug
{
    private static readonly string[] Reserved = ["admin", "api", "assets", "dev", "fhir", "openapi", "runtime"];

    public static bool IsValid(string slug) => Pattern().IsMatch(slug) && !Reserved.Contains(slug, StringComparer.Ordinal);

    [GeneratedRegex("^[a-z][a-z0-9-]{2,30}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
