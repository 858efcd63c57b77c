using System.Globalization;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Reports that were final and then got an addendum. FHIR: new content is added and the existing content is unchanged, so neither replaces the other.</summary>
internal static class LabAddenda
{
    internal const string Unseen = "an addendum of which nothing is read here";

    /// <summary>Whether this very addendum has come before.</summary>
    public static bool IsKnown(IReadOnlyList<LabVersion> versions, LabResult appended) => versions.Any(v =>
        v.Result.Status == LabResultStatus.Appended && v.Result.IssuedAt == appended.IssuedAt && appended.Values.All(value => v.Result.Values.Any(s => IsSame(s, value))));

    /// <summary>The report with all that it said before and with what was added; of two values of one quantity both stand, and the worse counts.</summary>
    public static LabResult Onto(LabResult stands, LabResult appended)
    {
        if (!stands.Counts)
        {
            return appended;
        }

        var day = LocalDate.Min(stands.CollectedOn!.Value, appended.CollectedOn ?? stands.CollectedOn.Value);
        var added = appended.Values.Where(v => !stands.Values.Any(s => IsSame(s, v))).ToList();
        var dark = added.Where(v => LabKinds.Find(v.Code) is null).ToList();
        if (added.Count == 0 || dark.Count > 0)
        {
            // A picture, a note, an analyte that no rule looks at: somebody has to read it before the report is normal again.
            added.Add(Fhir.FhirValues.NotUnderstood(appended.Codes.Concat(stands.Codes).First(), null, string.Join("; ", dark.Select(Shown).Prepend(Unseen))));
        }

        return appended with
        {
            CollectedOn = day,
            Codes = [.. stands.Codes.Union(appended.Codes, StringComparer.Ordinal)],
            Values = [.. Dated(stands.Values, stands, day), .. Dated(added, appended, day)],
        };
    }

    private static string Shown(LabValue value) => string.Join(' ', new[] { value.Code, value.Comparator, value.Number?.ToString(CultureInfo.InvariantCulture), value.Unit, value.Text }.OfType<string>());

    private static bool IsSame(LabValue one, LabValue other) => (one with { Day = null }).Equals(other with { Day = null });

    private static IEnumerable<LabValue> Dated(IEnumerable<LabValue> values, LabResult of, LocalDate day) =>
        values.Select(v => v.Day is null && of.CollectedOn != day ? v with { Day = of.CollectedOn } : v);
}
