using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs;

/// <summary>Reads results that come in words. When in doubt the worse reading: a clinician looks at it.</summary>
internal static class LabWords
{
    /// <summary>An ECG that is neither clearly normal nor anything that a rule knows.</summary>
    public const string Other = "other";

    // A denial stays in its line, and neither a comma nor a dash with spaces around it carries it on.
    private const string Gap = @"[^\S\r\n]+";

    // Only what stands right behind the denial is denied: "no change, ischemia persists" and "ischemia not excluded" deny nothing.
    private static readonly Lazy<Regex> Denied = ResultWords.Pattern(() =>
    {
        var (qualifiers, finding) = ($"({Gap}{ResultWords.Any(ResultWords.EcgQualifies)})*{Gap}", ResultWords.Any(ResultWords.EcgDenied));
        var next = $"((?<!{ResultWords.Any(ResultWords.EcgEndsDenial)})/|{Gap}{ResultWords.Any(ResultWords.EcgJoins)}{qualifiers}){finding}";
        return $@"\b{ResultWords.Any(ResultWords.EcgDenies)}{qualifiers}{finding}({next})*\b";
    });

    private static readonly Lazy<Regex> Ischaemia = ResultWords.Whole(ResultWords.EcgIschaemia);
    private static readonly Lazy<Regex> Block = ResultWords.Whole(ResultWords.EcgBlock);
    private static readonly Lazy<Regex> Normal = ResultWords.Whole(ResultWords.EcgNormal);
    private static readonly Lazy<Regex> BesideNormal = ResultWords.Whole(ResultWords.EcgBesideNormal);

    // No question mark: "normal ECG?" is a question.
    private static readonly Lazy<Regex> Punctuation = ResultWords.Pattern(() => @"^[\s.,;:()/-]*$");

    // Only a positive word that is itself denied is none: "Positive. Negative control valid." is positive.
    private static readonly Lazy<Regex> NotPositive = ResultWords.Pattern(() => $@"\b{ResultWords.Any(ResultWords.TestDenies)}[\s-]*{ResultWords.Any(ResultWords.TestDenied)}\b");

    private static readonly Lazy<Regex> NotNegative = ResultWords.Pattern(
        () => $@"\b{ResultWords.Any(ResultWords.TestDeniesNegative)}([\s-]+\w+){{0,2}}[\s-]+{ResultWords.Any(ResultWords.TestNegative)}\b");

    private static readonly Lazy<Regex> Negative = ResultWords.Whole(ResultWords.TestNegative);
    private static readonly Lazy<Regex> BesideNegative = ResultWords.Whole(ResultWords.TestBesideNegative);

    // Strips are read in signs: "2+", "+++".
    private static readonly Lazy<Regex> Positive = ResultWords.Pattern(() => $@"\b{ResultWords.Any(ResultWords.TestPositive)}\b|(?<![^\s:=(])[1-4]?\+{{1,4}}(?![^\s.,;)])");

    /// <summary>A code of ecg.finding: ischaemia, new-block, normal or other; null without words. Whether a block is new is for the clinician to say.</summary>
    /// <returns>Normal only when nothing else is said: whatever we do not know, a tachycardia or "QTc 560 ms", is <see cref="Other"/>, which the clinician is shown.</returns>
    public static string? EcgFinding(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var said = Denied.Value.Replace(text, " ");
        return Ischaemia.Value.IsMatch(said) ? "ischaemia"
            : Block.Value.IsMatch(said) ? "new-block"
            : Normal.Value.IsMatch(text) && Punctuation.Value.IsMatch(BesideNormal.Value.Replace(said, " ")) ? "normal"
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
    /// <returns>Negative only when nothing else is said: "negative control failed" and "previously negative" say nothing of this test.</returns>
    public static string? Positivity(string? text) =>
        text is null ? null
        : NotPositive.Value.Replace(text, " ") is var said && Positive.Value.IsMatch(said) ? "positive"
        : NotNegative.Value.IsMatch(said) ? null
        : (Negative.Value.IsMatch(text) || NotPositive.Value.IsMatch(text)) && Punctuation.Value.IsMatch(BesideNegative.Value.Replace(Negative.Value.Replace(said, " "), " ")) ? "negative"
        : null;
}
