using System.Globalization;
using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A date as people write it into one box, in English and Spanish: 3/14/1985, 14 March 1985, 14 de marzo de 1985. Numbers that can be month or day are nobody's to guess.</summary>
public static partial class SpelledDate
{
    private const int MonthsOfAYear = 12;
    private const int ShortestMonth = 3;

    private static readonly string[][] Months =
    [
        ["january", "enero"], ["february", "febrero"], ["march", "marzo"], ["april", "abril"], ["may", "mayo"], ["june", "junio"], ["july", "julio"], ["august", "agosto"],
        ["september", "septiembre", "setiembre"], ["october", "octubre"], ["november", "noviembre"], ["december", "diciembre"],
    ];

    // What may stand between the parts, and behind a day.
    private static readonly string[] Fillers = ["de", "del", "of", "the", "st", "nd", "rd", "th"];

    /// <summary>YYYY, YYYY-MM or YYYY-MM-DD of what can only mean that; null for anything else.</summary>
    public static string? Iso(string text) => Numeric().Match(text) is { Success: true } numbers ? OfNumbers(numbers) : OfWords(text);

    /// <summary>Two numbers and a year, of which either number can be the month.</summary>
    public static bool IsAmbiguous(string text) =>
        Numeric().Match(text) is { Success: true } numbers && (Number(numbers, "one"), Number(numbers, "two")) is ( >= 1 and <= MonthsOfAYear, >= 1 and <= MonthsOfAYear) && OfNumbers(numbers) is null;

    /// <summary>The number of a month that is named, in whole or by its first three letters or more; null for anything else.</summary>
    public static int? Month(string word)
    {
        var plain = string.Concat(PlainWords.Of(word));
        var found = plain.Length < ShortestMonth ? [] : Enumerable.Range(1, MonthsOfAYear).Where(m => Months[m - 1].Any(name => name.StartsWith(plain, StringComparison.Ordinal))).ToList();
        return found is [var only] ? only : plain == "sept" ? 9 : null;
    }

    private static string? OfNumbers(Match numbers)
    {
        var (one, two, year) = (Number(numbers, "one"), Number(numbers, "two"), numbers.Groups["year"].Value);
        return (one, two) switch
        {
            _ when one == two => Written(year, one, two),
            ( <= MonthsOfAYear, > MonthsOfAYear) => Written(year, one, two),
            ( > MonthsOfAYear, <= MonthsOfAYear) => Written(year, two, one),
            _ => null,
        };
    }

    private static string? OfWords(string text)
    {
        var words = Parts().Matches(text).Select(m => m.Value).Where(w => !Fillers.Contains(w, StringComparer.OrdinalIgnoreCase)).ToList();
        var months = words.Select(Month).OfType<int>().ToList();
        var numbers = words.Where(w => char.IsAsciiDigit(w[0])).ToList();
        return (months, numbers) switch
        {
            ([var month], [{ Length: 4 } year]) when words.Count == 2 => $"{year}-{month:00}",
            ([var month], [{ Length: <= 2 } day, { Length: 4 } year]) when words.Count == 3 => Written(year, month, int.Parse(day, CultureInfo.InvariantCulture)),
            ([var month], [{ Length: 4 } year, { Length: <= 2 } day]) when words.Count == 3 => Written(year, month, int.Parse(day, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private static string Written(string year, int month, int day) => string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}-{day:00}");

    private static int Number(Match numbers, string part) => int.Parse(numbers.Groups[part].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<one>[0-9]{1,2})\s*[/.\- ]\s*(?<two>[0-9]{1,2})\s*[/.\- ]\s*(?<year>[0-9]{4})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"[0-9]+|\p{L}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parts();
}
