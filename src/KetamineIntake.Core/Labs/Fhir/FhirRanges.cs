using System.Text.Json;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Reads the reference ranges beside a value, and says which limits it is judged by.</summary>
internal static class FhirRanges
{
    private const string Normal = "normal";

    private static readonly Lazy<Regex> PlainWords = ResultWords.Whole(ResultWords.PlainRange);

    /// <summary>
    /// The value with its ranges. It is judged by the normal ones only (no type, or the type normal, and no words that say whom else it is for or what it warns of): by the lowest upper limit and the highest lower one, so
    /// that the clinician sees more rather than less. A limit for a treatment is no limit for a person who is not treated.
    /// </summary>
    public static LabValue On(LabValue value, JsonElement element, LabUnits units)
    {
        var sent = element.Items("referenceRange").Select(r => Of(r, value.Unit)).Where(r => r.Low is not null || r.High is not null).ToList();
        var normal = Comparable([.. sent.Where(r => r.Meaning is null or Normal)], value.Unit, units);
        var unit = normal.Select(r => r.Unit).FirstOrDefault(u => u is not null);
        return value with
        {
            Low = normal.Max(r => r.Low),
            High = normal.Min(r => r.High),
            RangeUnit = units.IsSame(unit, value.Unit) ? null : unit,
            Ranges = sent.Count > normal.Count || sent.Count > 1 ? sent : null,
        };
    }

    // Numbers of different units cannot be compared; those in the value's own unit then say it.
    private static List<LabRange> Comparable(List<LabRange> normal, string? unit, LabUnits units)
    {
        var first = normal.Select(r => r.Unit).FirstOrDefault(u => u is not null);
        return normal.TrueForAll(r => units.IsSame(r.Unit, first)) ? normal : normal.FindAll(r => units.IsSame(r.Unit, unit));
    }

    private static LabRange Of(JsonElement range, string? unit)
    {
        var own = Unit(range.Member("high")) ?? Unit(range.Member("low"));
        var special = range.Items("appliesTo").SelectMany(FhirValues.Said).Prepend(range.Text("text")).OfType<string>().FirstOrDefault(w => !IsPlain(w, own, unit));
        var meaning = Meaning(range.Member("type"));
        return new LabRange(
            range.Member("low").Number("value"), range.Member("high").Number("value"), own, special is not null && meaning is null or Normal ? LabWords.Cut(special, 100) : meaning);
    }

    // The range once more in words, or whom among grown people it is for: every other word may say "pregnant" or "critical".
    private static bool IsPlain(string words, params string?[] units)
    {
        var left = units.OfType<string>().Where(u => u.Length > 0).Aggregate(words, (text, unit) => text.Replace(unit, " ", StringComparison.OrdinalIgnoreCase));
        return !PlainWords.Value.Replace(left, " ").Any(char.IsLetter);
    }

    private static string? Meaning(JsonElement? type)
    {
        if (type is null)
        {
            return null;
        }

        var words = type.Text("text");
        var codes = type.Items("coding").Select(c => c.Text("code")).OfType<string>().ToList();
        var isNormal = codes.Contains(Normal, StringComparer.OrdinalIgnoreCase) || (codes.Count == 0 && words?.StartsWith(Normal, StringComparison.OrdinalIgnoreCase) == true);
        return isNormal ? Normal : codes.FirstOrDefault() ?? LabWords.Cut(words ?? "unknown", 100);
    }

    private static string? Unit(JsonElement? limit) => limit.Text("code") ?? limit.Text("unit");
}
