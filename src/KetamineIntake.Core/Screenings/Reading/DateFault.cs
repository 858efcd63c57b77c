using System.Text.Json;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>What is wrong with a date.</summary>
public enum DateFault
{
    /// <summary>No date at all, or one in another order.</summary>
    Unreadable,
    NoYear,
    TwoDigitYear,
    NoSuchMonth,

    /// <summary>30 February.</summary>
    NoSuchDay,
    InTheFuture,
    TooEarly,

    /// <summary>A year or a month where the day is needed.</summary>
    NotWhole,

    /// <summary>3/4/1985: 4 March here, 3 April elsewhere.</summary>
    Ambiguous,
}

/// <summary>Reads a date that somebody typed, and says what is wrong with this one.</summary>
public static partial class TypedDate
{
    /// <param name="text">YYYY, YYYY-MM or YYYY-MM-DD.</param>
    /// <param name="today">No date may lie after it: the first day it can mean has come. "2026" is past on 1 January 2026.</param>
    public static (PartialDate? Date, DateFault? Fault) Read(string text, LocalDate today) => PartialDateText.Parse(text) switch
    {
        null => (null, FaultIn(text)),
        { Year: < DateCheck.EarliestYear } => (null, DateFault.TooEarly),
        { } date when date.Earliest > today => (null, DateFault.InTheFuture),
        { } date => (date, null),
    };

    /// <summary>The same, of a date that has to be known to the day.</summary>
    public static (LocalDate? Date, DateFault? Fault) ReadWhole(string text, LocalDate today) => Read(text, today) switch
    {
        ({ Day: null }, _) => (null, DateFault.NotWhole),
        ({ } date, _) => (date.Earliest, null),
        (_, var fault) => (null, fault),
    };

    /// <summary>For the person who typed it.</summary>
    public static FaultWords Words(DateFault fault) => new("date." + JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()));

    private static DateFault FaultIn(string text)
    {
        if (SpelledDate.IsAmbiguous(text))
        {
            return DateFault.Ambiguous;
        }

        if (ShortYear().IsMatch(text))
        {
            return DateFault.TwoDigitYear;
        }

        if (Parts().Match(text) is not { Success: true } parts)
        {
            return DateFault.Unreadable;
        }

        var (year, month, day) = (parts.Groups["year"].Value, parts.Groups["month"].Value, parts.Groups["day"].Value);
        return year.Length switch
        {
            0 => DateFault.NoYear,
            2 => DateFault.TwoDigitYear,
            not 4 => DateFault.Unreadable,
            _ when month is "00" || month.Length > 2 || string.CompareOrdinal(month, "12") > 0 => DateFault.NoSuchMonth,
            _ when day.Length == 2 => DateFault.NoSuchDay,
            _ => DateFault.Unreadable,
        };
    }

    [GeneratedRegex(@"^[0-9]{1,2}\s*[/.\-]\s*[0-9]{1,2}\s*[/.\-]\s*[0-9]{2}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ShortYear();

    [GeneratedRegex(@"^(?<year>[0-9]{0,4})(-(?<month>[0-9]{2,3}))?(-(?<day>[0-9]{2,3}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parts();
}
