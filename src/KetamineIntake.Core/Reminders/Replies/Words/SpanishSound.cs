namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>Spanish as it sounds: "kiero suisidarme" and "quiero suicidarme" are one. Lists and texts are compared in it.</summary>
internal static class SpanishSound
{
    /// <param name="text">Words with single spaces, or one word.</param>
    public static string Of(string text) => string.Join(' ', text.Split(' ').Select(Word));

    private static string Word(string word) => word switch
    {
        "q" or "k" or "qe" => "ke",
        "x" => "por",
        "xq" or "pq" or "xk" or "porq" or "xke" => "porke",
        "d" => "de",
        "t" => "te",
        "m" => "me",
        _ => Letters(word),
    };

    private static string Letters(string word) => word
        .Replace("qu", "k", StringComparison.Ordinal).Replace('q', 'k').Replace("ch", "+", StringComparison.Ordinal)
        .Replace("ce", "se", StringComparison.Ordinal).Replace("ci", "si", StringComparison.Ordinal).Replace('c', 'k')
        .Replace('z', 's').Replace('v', 'b').Replace("ll", "y", StringComparison.Ordinal).Replace("h", "", StringComparison.Ordinal)
        .Replace("ge", "je", StringComparison.Ordinal).Replace("gi", "ji", StringComparison.Ordinal).Replace("+", "ch", StringComparison.Ordinal)
        .Replace("ss", "s", StringComparison.Ordinal).Replace("rr", "r", StringComparison.Ordinal);
}
