namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The languages that texts are written in.</summary>
public enum SmsLanguage
{
    English,
    Spanish,
}

/// <summary>From a patient's language to one that texts are written in, and its code.</summary>
public static class SmsLanguages
{
    /// <summary>"en" or "es".</summary>
    public static string Code(SmsLanguage language) => language == SmsLanguage.Spanish ? "es" : "en";

    /// <summary>Spanish for any kind of Spanish, English for everything else.</summary>
    /// <param name="tag">BCP 47, for example "es-MX".</param>
    public static SmsLanguage Of(string? tag) =>
        tag is not null && tag.Split('-', '_')[0].Equals("es", StringComparison.OrdinalIgnoreCase) ? SmsLanguage.Spanish : SmsLanguage.English;
}
