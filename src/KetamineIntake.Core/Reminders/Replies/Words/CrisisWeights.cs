using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>
/// Adds up what a text's words say for and against danger, in all languages at once: people mix them. The score is <paramref name="Base"/> and the sum of the points of what the text has,
/// divided by the square root of how many of those there are, so that a long text is no alarm for its length. Like the lists it is no risk assessment.
/// </summary>
/// <param name="Threshold">A score above it alarms; one that equals it does not.</param>
/// <param name="Points">By feature, as <see cref="CrisisFeatures"/> writes them. Learnt, not judged: see the document's source.</param>
/// <param name="Spanish">Words that tell that a text is Spanish.</param>
internal sealed record CrisisWeights(double Threshold, double Base, IReadOnlyDictionary<string, double> Points, CrisisFeatures Features, IReadOnlySet<string> Spanish)
{
    // One word in five is more than names and places bring into an English text.
    private const int WordsPerSpanishOne = 5;
    private const int FewestWords = 2;

    public bool Alarm(string message, int phrases) => Score(message, phrases) > Threshold;

    /// <summary>One word is no sentence: its letters alone say nothing, and the lists judge it.</summary>
    public double Score(string message, int phrases)
    {
        if (phrases == 0 && Features.WordsOf(message).Count < FewestWords)
        {
            return Base;
        }

        return Sum(Base, Points, Features.Of(message, phrases));
    }

    /// <summary>The score of a text that has these features.</summary>
    public static double Sum(double @base, IReadOnlyDictionary<string, double> points, IEnumerable<string> features)
    {
        // In one order, or the last digit of the sum could change between two runs.
        var known = features.Where(points.ContainsKey).Order(StringComparer.Ordinal).Select(f => points[f]).ToList();
        return @base + (known.Count == 0 ? 0 : known.Sum() / Math.Sqrt(known.Count));
    }

    public SmsLanguage LanguageOf(string message)
    {
        var words = HeardWords.Of(message).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Count(Spanish.Contains) * WordsPerSpanishOne >= Math.Max(words.Length, 1) ? SmsLanguage.Spanish : SmsLanguage.English;
    }
}
