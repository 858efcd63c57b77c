using System.Globalization;

namespace KetamineIntake.Azure.Hosting;

/// <summary>The schedule of a timer trigger, as NCrontab in the Functions host reads it: second, minute, hour, day, month, day of the week; each "*", a number, a range, a list of them, with "/step".</summary>
internal static class ScheduleSettings
{
    private static readonly (int Least, int Most)[] Fields = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <exception cref="FormatException">Not of that form; the schedule is not repeated.</exception>
    public static string Parse(string schedule)
    {
        var fields = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == Fields.Length && fields.Zip(Enumerable.Range(0, Fields.Length), IsField).All(static fits => fits)
            ? schedule
            : throw new FormatException("a schedule has six fields, seconds first, such as \"0 * * * * *\".");
    }

    private static bool IsField(string text, int field) => text.Split(',').All(item => IsItem(item, field));

    private static bool IsItem(string item, int field) => item.Split('/') switch
    {
        [var range] => IsRange(range, field),
        [var range, var step] => IsRange(range, field) && Number(step) is >= 1,
        _ => false,
    };

    private static bool IsRange(string range, int field) => range == "*" || range.Split('-') switch
    {
        [var one] => Value(one, field) is not null,
        [var first, var last] => Value(first, field) <= Value(last, field),
        _ => false,
    };

    private static int? Value(string text, int field)
    {
        var names = field switch { 4 => Months, 5 => Days, _ => [] };
        var named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        var value = named < 0 ? Number(text) : named + Fields[field].Least;
        return value >= Fields[field].Least && value <= Fields[field].Most ? value : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
