using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>What a spreadsheet makes of a number that identified something: many rows get the same, and it identifies nothing any more.</summary>
internal static partial class MangledText
{
    /// <summary>Why a text identifies nothing, in words; null when it may.</summary>
    public static string? Fault(string text) =>
        Scientific().IsMatch(text) ? "was shortened by a spreadsheet (such as 1.67683E+15): many results have the same. Export it as text"
        : Sign().IsMatch(text) ? "is a spreadsheet's error (such as #N/A or ####), not an id. Export it as text"
        : Date().IsMatch(text) ? "was made a date by a spreadsheet (such as 1-Mar). Export it as text"
        : Nothing().IsMatch(text) ? "says that there is no id: leave it empty"
        : null;

    // With a fraction before the E or a sign behind it, as a spreadsheet writes it: 24E00123 is an accession number.
    [GeneratedRegex(@"^[+-]?(\d+[.,]\d+[eE][+-]?\d+|\d+[eE][+-]\d+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^#+$|^#[A-Z]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Sign();

    [GeneratedRegex(@"^\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-\d{2,4})?$|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2,4}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"^(n/?a|null|none|nan|unknown|undefined|nil|-+|\?+|0+(\.0+)?|x+|tbd)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Nothing();
}
