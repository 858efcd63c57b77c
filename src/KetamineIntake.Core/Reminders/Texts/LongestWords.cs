namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The longest words that any clinic, visit and link can put into a text, each made of characters of the GSM alphabet.</summary>
internal static class LongestWords
{
    public static readonly IReadOnlyDictionary<string, string> All = Make();

    private static Dictionary<string, string> Make()
    {
        // A cut-off on the day before the visit names its day: "11:30 PM Tue".
        const string clock = "12:59 PM";
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Placeholders.Alias] = new('W', SmsSignature.MaximumAlias),
            [Placeholders.DayOfWeek] = "Wed",
            [Placeholders.MonthDay] = "Dec 31",
            [Placeholders.Time] = clock,
            [Placeholders.NewDayOfWeek] = "Wed",
            [Placeholders.NewMonthDay] = "Dec 31",
            [Placeholders.NewTime] = clock,
            [Placeholders.Food] = clock + " Wed",
            [Placeholders.Water] = clock + " Wed",
            [Placeholders.Alcohol] = "96h",
            [Placeholders.Phone] = new('9', VisitWords.LongestPhone),
            [Placeholders.Link] = new SmsSignature(string.Empty, string.Empty, new string('h', SmsSignature.MaximumLinkBase)).Link(new string('t', Tokens.Length)),
            [Placeholders.MostPerWeek] = "9",
        };
    }
}
