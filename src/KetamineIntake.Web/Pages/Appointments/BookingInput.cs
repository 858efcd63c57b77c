using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Screenings;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Web.Pages.Appointments;

/// <summary>What stands in the booking form, or in a visit's form for moving it.</summary>
public sealed record BookingInput(string Start, string Kind, string Sessions, string PerWeek)
{
    /// <summary>Id of the visit that is to be moved; null when a new one is to be booked.</summary>
    public string? Moves { get; init; }

    public static readonly BookingInput Empty = new("", "infusion", "", "");

    private const string SessionsOfNoSeries =
        "Sessions belong to a series: choose \"Series of infusions\" to book them, or leave sessions and sessions a week empty. Nothing was booked.";

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static BookingInput From(IFormCollection form) => new(form["start"].ToString(), form["kind"].ToString(), form["sessions"].ToString(), form["perWeek"].ToString());

    /// <summary>The clinic's local time, or null.</summary>
    public static LocalDateTime? Time(string text) => Pattern.Parse(text) is { Success: true } parsed && StartTime.CanBe(parsed.Value) ? parsed.Value : null;

    /// <summary>What is asked for, or in words what cannot be read. A number out of range is refused, never bent: nobody would see that other visits were booked than were asked for.</summary>
    public (BookingRequest? Request, string? Fault) Request() => Time(Start) is not { } start ? (null, "Choose a day and a time.")
        : Kind == "series" ? Series(start)
        : Words.Parse<AppointmentKind>(Kind, AppointmentWords.Of) is not { } kind ? (null, "Choose what to book.")
        : Sessions.Length > 0 || PerWeek.Length > 0 ? (null, SessionsOfNoSeries)
        : (new BookingRequest.Visit(start, kind), null);

    private (BookingRequest? Request, string? Fault) Series(LocalDateTime start)
    {
        var (sessions, perWeek) = (Whole(Sessions, SeriesPlan.MaximumSessions), Whole(PerWeek, SeriesPlan.MaximumPerWeek));
        return !sessions.IsReadable ? (null, Fault("Sessions of a series", SeriesPlan.MaximumSessions))
            : !perWeek.IsReadable ? (null, Fault("Sessions a week", SeriesPlan.MaximumPerWeek))
            : (new BookingRequest.Series(start, sessions.Number, perWeek.Number), null);
    }

    // Empty is as the protocol says.
    private static (bool IsReadable, int? Number) Whole(string text, int maximum) => text.Length == 0 ? (true, null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= maximum ? (true, number)
        : (false, null);

    private static string Fault(string field, int maximum) => $"{field}: write a whole number from 1 to {maximum}, or leave it empty. Nothing was booked.";
}
