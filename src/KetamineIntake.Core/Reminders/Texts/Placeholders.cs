using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>The words that a text leaves open, written {name}.</summary>
internal static partial class Placeholders
{
    /// <summary>Clinic's alias.</summary>
    public const string Alias = "a";
    public const string DayOfWeek = "dow";
    public const string MonthDay = "md";
    public const string Time = "t";

    /// <summary>Of a visit that was moved: its time now.</summary>
    public const string NewDayOfWeek = "dow2";
    public const string NewMonthDay = "md2";
    public const string NewTime = "t2";
    public const string Food = "food";
    public const string Water = "water";
    public const string Alcohol = "alcohol";
    public const string Phone = "ph";
    public const string Link = "link";
    public const string MostPerWeek = "max";

    public static bool NeedsVisit(string placeholder) => placeholder is DayOfWeek or MonthDay or Time or NewDayOfWeek or NewMonthDay or NewTime or Food or Water or Link;

    public static IEnumerable<string> In(string template) => Pattern().Matches(template).Select(m => m.Groups["name"].Value);

    public static string Fill(string template, IReadOnlyDictionary<string, string> words) =>
        Pattern().Replace(template, match => words[match.Groups["name"].Value]);

    // A brace that belongs to no placeholder is a typing error and would cost two septets.
    public static bool HasStrayBrace(string template) => Pattern().Replace(template, string.Empty).AsSpan().ContainsAny('{', '}');

    [GeneratedRegex(@"\{(?<name>[a-z]+2?)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pattern();
}
