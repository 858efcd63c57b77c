using System.Globalization;

namespace KetamineIntake.Core.Labs;

/// <summary>Brings a value into the unit that the rules use, from UCUM and from what laboratories write instead.</summary>
internal static class LabUnits
{
    // mmol/L to g/dL for the hemoglobin monomer: 64,458 g/mol over 4, over 10 dL.
    private const decimal HemoglobinGramsPerMillimole = 1.61145m;

    private const string Differs = "≠";

    private static readonly (string Written, string Meant)[] Spellings =
    [
        (" ", ""), ("μ", "u"), ("µ", "u"), ("[iu]", "u"), ("iu/", "u/"), ("^", "*"), ("³", "*3"), ("⁹", "*9"), ("x10", "10"), ("10e", "10*"), ("**", "*"), ("cells/", "/"), ("cell/", "/"), ("#/", "/"),
        ("thousand/", "10*3/"), ("thous/", "10*3/"), ("thou/", "10*3/"), ("th/", "10*3/"), ("k/", "10*3/"), ("mcl", "ul"), ("cumm", "ul"), ("mm*3", "ul"), ("mm3", "ul"),
        ("gm/", "g/"), ("units/", "u/"), ("unit/", "u/"), ("msec", "ms"), ("milliseconds", "ms"), ("sec", "s"),
    ];

    /// <summary>The number in the rules' unit (mL/min/1.73 m2, U/L, g/dL, 10^9/L, ms), or null when the unit is not known for this quantity.</summary>
    public static decimal? Convert(string kind, decimal number, string? unit) =>
        Factor(kind, Normalize(unit ?? string.Empty)) is { } factor && Math.Abs(number) < 1e12m ? number * factor : null;

    /// <summary>Whether two ways to write a unit mean the same; no unit on either side contradicts nothing.</summary>
    public static bool IsSame(string? one, string? other) =>
        string.IsNullOrWhiteSpace(one) || string.IsNullOrWhiteSpace(other) || Normalize(one) == Normalize(other);

    /// <summary>The unit of a value whose code and words are both known and differ: as sent, and readable by no rule.</summary>
    public static string? Of(string kind, string? code, string? words) =>
        code is not null && words is not null && Factor(kind, Normalize(code)) is { } one && Factor(kind, Normalize(words)) is { } other && one != other
            ? $"{code} {Differs} {words}"
            : code ?? words;

    public static bool IsContradictory(string? unit) => unit?.Contains(Differs, StringComparison.Ordinal) == true;

    private static decimal? Factor(string kind, string unit) => kind switch
    {
        // Often sent as "> 60" without a unit, of which there is only one in use.
        LabKinds.Egfr => unit.Length == 0 || unit.StartsWith("ml/min", StringComparison.Ordinal) ? 1 : null,
        LabKinds.Alt or LabKinds.Ast => unit switch { "u/l" => 1, "ukat/l" => 60, "nkat/l" => 0.06m, _ => null },
        LabKinds.Hemoglobin => unit switch { "g/dl" or "g%" => 1, "g/l" => 0.1m, "mmol/l" => HemoglobinGramsPerMillimole, _ => null },
        LabKinds.Platelets or LabKinds.Leukocytes => unit switch
        {
            "10*3/ul" or "10*9/l" or "g/l" or "giga/l" or "/nl" => 1,
            "/ul" or "10*6/l" => 0.001m,
            _ => null,
        },
        LabKinds.Qtc => unit switch { "ms" => 1, "s" => 1000, _ => null },
        LabKinds.Creatinine => unit switch { "mg/dl" => 1, "umol/l" => 1 / 88.42m, _ => null },
        _ => null,
    };

    private static string Normalize(string unit)
    {
        var text = WithoutAnnotations(unit).ToLower(CultureInfo.InvariantCulture);
        return Spellings.Aggregate(text, (current, spelling) => current.Replace(spelling.Written, spelling.Meant, StringComparison.Ordinal));
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
