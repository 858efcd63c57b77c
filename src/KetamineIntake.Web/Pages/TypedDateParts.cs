using System.Globalization;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Web.Pages;

/// <summary>The three fields of a date as one text: YYYY, YYYY-MM or YYYY-MM-DD.</summary>
internal static class TypedDateParts
{
    public static string Join(string year, string month, string day)
    {
        (year, month, day) = (Digits(year), Digits(month), Digits(day));
        month = SpelledDate.Month(month)?.ToString(CultureInfo.InvariantCulture) ?? month;

        // A whole date, typed or filled in by the phone, may stand in any one of the boxes.
        if (new[] { year, month, day }.Where(p => p.Length > 0).ToArray() is [{ Length: > 4 } whole])
        {
            return SpelledDate.Iso(whole) ?? whole;
        }

        return (month, day) switch
        {
            ("", "") => year,
            (_, "") => $"{year}-{Two(month)}",
            _ => $"{year}-{Two(month)}-{Two(day)}",
        };
    }

    private static string Two(string part) => part.PadLeft(2, '0');

    /// <summary>Digits of any script as ours: keyboards write their own.</summary>
    private static string Digits(string text) => string.Concat(text.Trim().EnumerateRunes().Select(r =>
        System.Text.Rune.GetUnicodeCategory(r) == UnicodeCategory.DecimalDigitNumber ? System.Text.Rune.GetNumericValue(r).ToString("0", CultureInfo.InvariantCulture) : r.ToString()));
}
