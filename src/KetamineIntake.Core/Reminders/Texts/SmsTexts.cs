namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The names of all texts. Permanent: protocols are written with them.</summary>
public static class SmsTextNames
{
    /// <summary>In place of the day-before text while a patient's fasting must be planned by a clinician first.</summary>
    public const string DayBeforeCallFirst = "day-before.call-first";

    /// <summary>In place of the day-of text for such a patient.</summary>
    public const string DayOfCallFirst = "day-of.call-first";
    public const string Help = "help";
    public const string Stop = "stop";
    public const string Start = "start";
    public const string Crisis = "crisis";

    /// <summary>Asks whether the patient wants no more texts.</summary>
    public const string Clarify = "clarify";

    public static readonly IReadOnlyList<string> All =
    [
        .. Enum.GetValues<ReminderTemplate>().Select(ReminderWords.Of), DayBeforeCallFirst, DayOfCallFirst, Help, Stop, Start, Crisis, Clarify,
    ];

    /// <summary>Texts that are about no single visit.</summary>
    public static readonly IReadOnlyList<string> WithoutVisit = [ReminderWords.Of(ReminderTemplate.OptIn), Help, Stop, Start, Crisis, Clarify];
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

    /// <summary>The text with its words filled in.</summary>
    /// <exception cref="KeyNotFoundException">A placeholder has no words: a bug, as the reader knows every placeholder.</exception>
    public string Fill(string name, IReadOnlyDictionary<string, string> words) => Placeholders.Fill(templates[name], words);
}
