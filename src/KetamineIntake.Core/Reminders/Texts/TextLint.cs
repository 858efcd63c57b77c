namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>What a text must not say, and how long it may be (45 CFR 164.506, minimum necessary).</summary>
public static class TextLint
{
    /// <summary>Faults of a template, measured with the longest words that can be filled in.</summary>
    public static IEnumerable<string> Faults(string template, RevealingWords revealing)
    {
        var longest = LongestWords.All;
        var unknown = Placeholders.In(template).Where(p => !longest.ContainsKey(p)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0 || Placeholders.HasStrayBrace(template))
        {
            return [.. unknown.Select(p => $"{{{p}}} is not a known placeholder."), .. Placeholders.HasStrayBrace(template) ? ["A brace belongs to no placeholder."] : Array.Empty<string>()];
        }

        return [.. LengthFaults(Placeholders.Fill(template, longest)), .. revealing.In(template).Select(w => $"\"{w}\" gives away what the visit is for.")];
    }

    /// <summary>Whether a clinic may sign texts with it.</summary>
    public static bool IsUsableAlias(string alias, RevealingWords revealing) =>
        alias.Length is > 0 and <= SmsSignature.MaximumAlias && alias.Trim() == alias && SmsLength.Of(alias) is { Encoding: SmsEncoding.Gsm7 } length
        && length.Units == alias.Length && !alias.Any(char.IsControl) && !revealing.In(alias).Any();

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
}
