namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The names of all texts. Permanent: protocols are written with them.</summary>
public static class SmsTextNames
{
    public const string Booked = "booked";

    /// <summary>A booking so late that no week-before text follows: what that would say rides along.</summary>
    public const string BookedSoon = "booked.soon";
    public const string WeekBefore = "week-before";
    public const string Moved = "moved";
    public const string Cancelled = "cancelled";
    public const string Help = "help";
    public const string Stop = "stop";
    public const string Start = "start";
    public const string Crisis = "crisis";

    /// <summary>Asks whether the patient wants no more texts.</summary>
    public const string Clarify = "clarify";

    /// <summary>In place of the text of that name while a patient's fasting must be planned by a clinician first.</summary>
    public const string CallFirst = ".call-first";

    /// <summary>In place of the text of that name where drinking itself has to be planned: who stops at once may fall ill.</summary>
    public const string NoAlcoholWords = ".no-alcohol-words";

    /// <summary>In place of the text of that name for a visit that nobody fasts for.</summary>
    public const string Plain = ".plain";

    public static readonly IReadOnlyList<string> All =
    [
        Booked, BookedSoon, Booked + CallFirst, WeekBefore, WeekBefore + CallFirst, WeekBefore + NoAlcoholWords, "day-before", "day-before" + CallFirst, "day-of", "day-of" + CallFirst,
        Moved, Moved + Plain, "moved-soon", Cancelled, Cancelled + Plain, "labs", "evening-after", "evening-after" + NoAlcoholWords, "check-in", Help, Stop, Start, Crisis, Clarify,
    ];

    /// <summary>Texts that are about no single visit.</summary>
    public static readonly IReadOnlyList<string> WithoutVisit = [Help, Stop, Start, Crisis, Clarify];

    public static bool AsksToCallFirst(string? name) => name?.EndsWith(CallFirst, StringComparison.Ordinal) == true;
}

/// <summary>Every word that is texted in one language, by name. Only made by <see cref="SmsTextsReader"/>, which has checked each.</summary>
public sealed class SmsTexts
{
    private readonly IReadOnlyDictionary<string, string> templates;

    internal SmsTexts(SmsLanguage language, IReadOnlyDictionary<string, string> templates)
    {
        Language = language;
        this.templates = templates;
    }

    public SmsLanguage Language { get; }

    /// <summary>Whether the text says how many texts a week there are at most.</summary>
    public bool Discloses(string name) => templates[name].Contains($"{{{Placeholders.MostPerWeek}}}", StringComparison.Ordinal);

    /// <summary>The text with its words filled in.</summary>
    /// <exception cref="KeyNotFoundException">A placeholder has no words: a bug, as the reader knows every placeholder.</exception>
    public string Fill(string name, IReadOnlyDictionary<string, string> words) => Placeholders.Fill(templates[name], words);
}
