using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs;

/// <summary>Reads results that come in words. When in doubt the worse reading: a clinician looks at it.</summary>
internal static partial class LabWords
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private const int Timeout = 1000;

    /// <summary>A code of ecg.finding: ischaemia, new-block, normal or other; null without words. Whether a block is new is for the clinician to say.</summary>
    public static string? EcgFinding(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var said = Denied().Replace(text, " ");
        return Ischaemia().IsMatch(said) ? "ischaemia"
            : Block().IsMatch(said) ? "new-block"
            : Normal().IsMatch(said) && !Abnormal().IsMatch(said) ? "normal"
            : "other";
    }

    /// <summary>The beginning of a long text, with a word behind it for what only the rest of it says: a finding must not be lost with the end.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var kept = text[..longest];
        var finding = EcgFinding(text) switch { var found when found == EcgFinding(kept) => "", "ischaemia" => " ischaemia", "new-block" => " block", _ => " abnormal" };
        return kept + " […]" + finding + (Positivity(text) is { } said && said != Positivity(kept) ? " " + said : "");
    }

    /// <summary>positive or negative; null for anything else.</summary>
    public static string? Positivity(string? text) =>
        text is null ? null
        : Positive().IsMatch(NotPositive().Replace(text, " ")) ? "positive"
        : Negative().IsMatch(text) || NotPositive().IsMatch(text) ? "negative"
        : null;

    // Only what stands right behind the denial is denied: "no change, ischemia persists" and "ischemia not excluded" deny nothing.
    [GeneratedRegex(@"\b(no|without|negative for)(\s+(evidence|signs?|of|acute|new|significant|definite|or|st|t|wave|changes?|infarct\w*|isch(a)?em\w*|block|av|[/-]))+\b", Options, Timeout)]
    private static partial Regex Denied();

    [GeneratedRegex(@"isch(a)?em|infarct|stemi\b|\bst[- ](segment[- ])?(elevation|depression)", Options, Timeout)]
    private static partial Regex Ischaemia();

    [GeneratedRegex(@"\bblock\b|\b[lr]bbb\b", Options, Timeout)]
    private static partial Regex Block();

    [GeneratedRegex(@"\bnormal\b|\bwithin normal limits\b|\bwnl\b", Options, Timeout)]
    private static partial Regex Normal();

    [GeneratedRegex(@"abnormal|borderline|prolong", Options, Timeout)]
    private static partial Regex Abnormal();

    // Only a positive word that is itself denied is none: "Positive. Negative control valid." is positive.
    [GeneratedRegex(@"\b(not|non)[\s-]*(detected|reactive|pos(itive)?)\b", Options, Timeout)]
    private static partial Regex NotPositive();

    [GeneratedRegex(@"\bneg(ative)?\b", Options, Timeout)]
    private static partial Regex Negative();

    [GeneratedRegex(@"\bpos(itive)?\b|\bdetected\b|\breactive\b", Options, Timeout)]
    private static partial Regex Positive();
}
