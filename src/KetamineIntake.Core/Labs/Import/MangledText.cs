using System.Globalization;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>What a spreadsheet makes of a number that identified something: many rows get the same, and it identifies nothing any more.</summary>
internal static partial class MangledText
{
    private const string Months = "(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)";

    private const int DaysOfAMonth = 31;

    private const int MonthsOfAYear = 12;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    /// <summary>Why a text identifies nothing, in words; null when it may.</summary>
    public static string? Fault(string text) =>
        Number().IsMatch(text) ? "was made another number by a spreadsheet (such as 1.67683E+15 or 12345.0): many results have the same. Export it as text"
        : Sign().IsMatch(text) ? "is a spreadsheet's error or formula (such as #N/A, ####, Err:502 or =A1), not an id. Export it as text"
        : IsTime(text) ? "was made a date or a time by a spreadsheet (such as 1-Mar or 12:30). Export it as text"
        : Truth().IsMatch(text) ? "was made true or false by a spreadsheet, not an id. Export it as text"
        : Nothing().IsMatch(text) ? "says that there is no id: leave it empty"
        : null;

    private static bool IsTime(string text) => Named().IsMatch(text) || Clock().IsMatch(text) || (Numbered().Match(text) is { Success: true } date && IsDate(date));

    // 99/88/2026 is an accession number.
    private static bool IsDate(Match date)
    {
        var (first, second) = (Part(date, "first"), Part(date, "second"));
        return first is >= 1 and <= DaysOfAMonth && second is >= 1 and <= DaysOfAMonth && (first <= MonthsOfAYear || second <= MonthsOfAYear);
    }

    private static int Part(Match date, string name) => int.Parse(date.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    // With a fraction before the E or a sign behind it, as a spreadsheet writes it: 24E00123 is an accession number, and so is 26.12345.
    [GeneratedRegex(@"^[+-]?(\d+[.,]\d+e[+-]?\d+|\d+e[+-]\d+|\d+[.,]0+|\d+([.,]\d+)?\s*%)$", Options, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^#+$|^#[¡\p{L}]|^\*+$|^err:\s*\d|^=|^[@+][A-Z(]", Options, 1000)]
    private static partial Regex Sign();

    // In the languages that a clinic's spreadsheet may speak.
    [GeneratedRegex(@"^(true|false|wahr|falsch|vrai|faux|verdadero|falso|vero)$", Options, 1000)]
    private static partial Regex Truth();

    [GeneratedRegex(
        @"^((mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,?\s+)?(\d{1,2}[-./ ]+" + Months + @"([-./, ]+\d{2,4})?|" + Months + @"[-./ ]+\d{1,4}(,?\s+\d{2,4})?)([ T,]+\d{1,2}:\d{2}.*)?$", Options, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"^((?<first>\d{1,2})(/(?<second>\d{1,2})|(?<mark>[-./])(?<second>\d{1,2})\k<mark>(\d{4}|\d{2}))|\d{4}(?<mark>[-./])(?<first>\d{1,2})\k<mark>(?<second>\d{1,2}))([ T]+\d{1,2}:\d{2}.*)?$", Options, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(\s*[ap]\.?m\.?)?$", Options, 1000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^[<(\[]?(n\s*/\s*a|n\.\s*a\.?|na|null|none|nan|unknown|undefined|nil|inf(inity)?|blank|empty|missing|pending|pendiente|see note|s/n|sin dato|not (available|applicable)|-+|\?+|0+|x+|tbd)[>)\]]?$", Options, 1000)]
    private static partial Regex Nothing();
}
