namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The languages that texts are written in.</summary>
public enum SmsLanguage
{
    English,
    Spanish,
}

public static class SmsLanguages
{
    public static string Code(SmsLanguage language) => language == SmsLanguage.Spanish ? "es" : "en";

    /// <summary>Spanish for any kind of Spanish, English for everything else.</summary>
    /// <param name="tag">BCP 47, for example "es-MX".</param>
    public static SmsLanguage Of(string? tag) =>
        tag is not null && tag.Split('-', '_')[0].Equals("es", StringComparison.OrdinalIgnoreCase) ? SmsLanguage.Spanish : SmsLanguage.English;
}
