using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Patients;

/// <summary>Which of the languages that we have a patient gets, and what they asked for if it is none of them.</summary>
internal static class SpokenLanguage
{
    public const string Default = "en";
    private const int LongestAsked = 64;

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "en",
        ["eng"] = "en",
        ["english"] = "en",
        ["es"] = "es",
        ["spa"] = "es",
        ["spanish"] = "es",
        ["español"] = "es",
        ["espanol"] = "es",
        ["castellano"] = "es",
    };

    /// <summary>Of any country: whoever sends es-MX, or es_MX, means Spanish. Anything else is answered in English; nobody is turned away over it.</summary>
    public static (string Language, string? AskedFor) Of(string word) =>
        Known.TryGetValue(word.Trim().Split('-', '_', ' ')[0], out var language) ? (language, null) : (Default, Kept(word));

    /// <summary>What was asked for as staff may read it: on one line and not endless. Null for nothing.</summary>
    public static string? Kept(string word)
    {
        var kept = string.Concat(word.EnumerateRunes().Where(r => !TextCheck.IsUnfit(r) && r.Value is not ('\n' or '\r' or '\t'))).Trim();
        return kept.Length == 0 ? null : kept.Length <= LongestAsked ? kept : kept[..LongestAsked].TrimEnd('\uD800');
    }
}
