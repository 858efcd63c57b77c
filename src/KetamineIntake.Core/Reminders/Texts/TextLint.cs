using System.Text.RegularExpressions;
using KetamineIntake.Core.Reminders.Replies;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>
/// What a text must not say. Phones lie on tables: nothing in a text may show what the visit is for (45 CFR 164.506, minimum necessary).
/// </summary>
public static partial class TextLint
{
    /// <summary>Faults of a template, measured with the longest words that can be filled in.</summary>
    public static IEnumerable<string> Faults(string template)
    {
        var longest = LongestWords.All;
        var unknown = Placeholders.In(template).Where(p => !longest.ContainsKey(p)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0 || Placeholders.HasStrayBrace(template))
        {
            return [.. unknown.Select(p => $"{{{p}}} is not a known placeholder."), .. Placeholders.HasStrayBrace(template) ? ["A brace belongs to no placeholder."] : Array.Empty<string>()];
        }

        return [.. LengthFaults(Placeholders.Fill(template, longest)), .. RevealingWords(template).Select(w => $"\"{w}\" gives away what the visit is for.")];
    }

    /// <summary>Words that name a treatment, drug, diagnosis or specialty; also asked of a clinic's alias.</summary>
    public static IEnumerable<string> RevealingWords(string text) =>
        Revealing().Matches(PlainText.Of(text)).Select(m => m.Value).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a clinic may sign texts with it.</summary>
    public static bool IsUsableAlias(string alias) =>
        alias.Length is > 0 and <= SmsSignature.MaximumAlias && alias.Trim() == alias && SmsLength.Of(alias) is { Encoding: SmsEncoding.Gsm7 } length
        && length.Units == alias.Length && !alias.Any(char.IsControl) && !RevealingWords(alias).Any();

    private static IEnumerable<string> LengthFaults(string longest)
    {
        var length = SmsLength.Of(longest);
        if (length.Encoding == SmsEncoding.Ucs2)
        {
            yield return $"{string.Join(' ', longest.Where(c => !SmsLength.IsGsm(c)).Distinct())} is not in the GSM alphabet, so the text would cost twice as much.";
        }

        if (length.Segments > 1)
        {
            yield return $"With the longest words it takes {length.Units} characters and {length.Segments} segments; one segment is the most.";
        }
    }

    // Stems in English and Spanish, without accents. Medicines and treatment in general are among them: whatever is said about those needs the sentence
    // "never stop a medicine without your clinician's direction" beside it, and a text has no room for that.
    [GeneratedRegex(
        @"\b(?:(?:es)?ketamin|spravato|ketalar|infusi|intraven|iv\b|drip\b|suero|injecti|inyecc|dos(?:e|is)\b|psych|psiqu|psico|mental|depress|depres|anxi|ansied|ptsd|tept|trauma|bipolar|"
        + @"mania|manic|schizo|esquizo|ocd\b|toc\b|suicid|addict|adicc|pain\b|dolor|migra|fibromy|fibromi|therap|terapi|treatment|tratamiento|medic(?:in|at|am|ac)|meds?\b|drug|pill|tablet|pastill|droga|"
        + @"benzo|lorazepam|alprazolam|clonazepam|diazepam|lamotrig|insulin|diabet|antidepr|anesth|anest|ekg|ecg|electro|liver|higado|kidney|rinon|blood|sangre|lab\b|labs\b|clinic|diagn|disorder|trastorno|trip\b|psyched|disoci|dissoci)[a-z]*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Revealing();
}
