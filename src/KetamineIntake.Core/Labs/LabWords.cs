using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs;

/// <summary>Reads results that come in words. When in doubt the worse reading: a clinician looks at it.</summary>
internal static partial class LabWords
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private const int Timeout = 1000;

    /// <summary>An ECG that is neither clearly normal nor anything that a rule knows.</summary>
    public const string Other = "other";

    // A denial stays in its line, and neither a comma nor a dash with spaces around it carries it on.
    private const string Gap = @"[^\S\r\n]+";

    private const string Qualifiers = "(" + Gap + @"(evidence|signs?|of|acute|new|significant|definite|st(-t|/t|-segment)?|t|segment|wave|av))*" + Gap;

    private const string Finding = @"(isch(a)?emi\w*|infarct\w*|injury|n?stemi|mi|block|elevations?|depressions?|changes?|abnormalit(y|ies))";

    /// <summary>A code of ecg.finding: ischaemia, new-block, normal or other; null without words. Whether a block is new is for the clinician to say.</summary>
    /// <returns>Normal only when nothing else is said: whatever we do not know, a tachycardia or "QTc 560 ms", is <see cref="Other"/>, which the clinician is shown.</returns>
    public static string? EcgFinding(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var said = Denied().Replace(text, " ");
        return Ischaemia().IsMatch(said) ? "ischaemia"
            : Block().IsMatch(said) ? "new-block"
            : Normal().IsMatch(text) && Punctuation().IsMatch(NormalWords().Replace(said, " ")) ? "normal"
            : Other;
    }

    /// <summary>Whether words say nothing but that all is normal.</summary>
    public static bool IsPlainNormal(string text) => EcgFinding(text) == "normal";

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
        : NotPositive().Replace(text, " ") is var said && Positive().IsMatch(said) ? "positive"
        : NotNegative().IsMatch(said) ? null
        : Negative().IsMatch(text) || NotPositive().IsMatch(text) ? "negative"
        : null;

    // Only what stands right behind the denial is denied: "no change, ischemia persists" and "ischemia not excluded" deny nothing.
    [GeneratedRegex(@"\b(no|without|negative for)" + Qualifiers + Finding + "(((?<!changes?)/|" + Gap + "or" + Qualifiers + ")" + Finding + @")*\b", Options, Timeout)]
    private static partial Regex Denied();

    [GeneratedRegex(@"isch(a)?em|infarct|stemi\b|\bmi\b|\binjury\b|\bst[- ](segment[- ])?(elev|depress)", Options, Timeout)]
    private static partial Regex Ischaemia();

    [GeneratedRegex(@"\bblocks?\b|\b[lr]bbb\b|\bav[- ]dissociation\b", Options, Timeout)]
    private static partial Regex Block();

    [GeneratedRegex(@"\bnormal\b|\bwnl\b|\bunremarkable\b|\bsinus rhythm\b|\bno acute (changes|abnormalit(y|ies))\b", Options, Timeout)]
    private static partial Regex Normal();

    [GeneratedRegex(@"\b(sinus rhythm|within normal limits|wnl|unremarkable|normal|otherwise|ecg|ekg|electrocardiogram|12[- ]lead|tracing|study|rate|rhythm|axis|intervals?|regular|and|with|is|an?|the)\b", Options, Timeout)]
    private static partial Regex NormalWords();

    // No question mark: "normal ECG?" is a question.
    [GeneratedRegex(@"^[\s.,;:()/-]*$", Options, Timeout)]
    private static partial Regex Punctuation();

    // Only a positive word that is itself denied is none: "Positive. Negative control valid." is positive.
    [GeneratedRegex(@"\b(not|non)[\s-]*(detected|reactive|pregnant|pos(itive)?)\b", Options, Timeout)]
    private static partial Regex NotPositive();

    [GeneratedRegex(@"\b(not|non|never|cannot|isn't)([\s-]+\w+){0,2}[\s-]+neg(ative)?\b", Options, Timeout)]
    private static partial Regex NotNegative();

    [GeneratedRegex(@"\bneg(ative)?\b", Options, Timeout)]
    private static partial Regex Negative();

    [GeneratedRegex(@"\bpos(itiv[eoa]?)?\b|\bdetected\b|\breactive\b|\bpregnant\b|\bembarazada\b|(?<![^\s:=(])[1-4]?\+{1,4}(?![^\s.,;)])", Options, Timeout)]
    private static partial Regex Positive();
}
