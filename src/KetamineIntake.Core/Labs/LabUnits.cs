using System.Globalization;

namespace KetamineIntake.Core.Labs;

/// <summary>Brings a value into the unit that the rules use, from UCUM and from what laboratories write instead.</summary>
/// <param name="spellings">What is written and what it means, applied in this order to the unit in lower case.</param>
/// <param name="factors">By kind of value, then by unit; a trailing * stands for any ending.</param>
public sealed class LabUnits(
    IReadOnlyList<(string Written, string Meant)> spellings, IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>> factors)
{
    private const string Differs = "≠";

    /// <summary>All there is in words, so that a change of it shows.</summary>
    public override string ToString() =>
        string.Join(' ', spellings.Select(s => $"{s.Written}={s.Meant}").Concat(
            factors.SelectMany(k => k.Value.Select(f => string.Create(CultureInfo.InvariantCulture, $"{k.Key}:{f.Key}={f.Value}")))));

    /// <summary>The number in the rules' unit (mL/min/1.73 m2, U/L, g/dL, 10^9/L, ms), or null when the unit is not known for this quantity.</summary>
    internal decimal? Convert(string kind, decimal number, string? unit) =>
        Factor(kind, Normalize(unit ?? string.Empty)) is { } factor && Math.Abs(number) < 1e12m ? number * factor : null;

    /// <summary>Whether two ways to write a unit mean the same; no unit on either side contradicts nothing.</summary>
    internal bool IsSame(string? one, string? other) =>
        string.IsNullOrWhiteSpace(one) || string.IsNullOrWhiteSpace(other) || Normalize(one) == Normalize(other);

    /// <summary>The unit of a value whose code and words are both known and differ: as sent, and readable by no rule.</summary>
    internal string? Of(string kind, string? code, string? words) =>
        code is not null && words is not null && Factor(kind, Normalize(code)) is { } one && Factor(kind, Normalize(words)) is { } other && one != other
            ? $"{code} {Differs} {words}"
            : code ?? words;

    public static bool IsContradictory(string? unit) => unit?.Contains(Differs, StringComparison.Ordinal) == true;

    private decimal? Factor(string kind, string unit)
    {
        if (!factors.TryGetValue(kind, out var known))
        {
            return null;
        }

        return known.TryGetValue(unit, out var factor)
            ? factor
            : known.Where(f => f.Key.EndsWith('*') && unit.StartsWith(f.Key[..^1], StringComparison.Ordinal)).Select(f => (decimal?)f.Value).FirstOrDefault();
    }

    private string Normalize(string unit)
    {
        var text = WithoutAnnotations(unit).ToLower(CultureInfo.InvariantCulture);
        return spellings.Aggregate(text, (current, spelling) => current.Replace(spelling.Written, spelling.Meant, StringComparison.Ordinal));
    }

    // UCUM annotations in braces carry no meaning: {cells}/uL, mL/min/{1.73_m2}.
    private static string WithoutAnnotations(string unit)
    {
        while (unit.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && unit.IndexOf('}', open) is >= 0 and var close)
        {
            unit = unit.Remove(open, close - open + 1);
        }

        return unit;
    }
}
