using System.Globalization;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>Why a visit cannot be booked.</summary>
/// <param name="IsClash">True: the time itself is fine but taken (HTTP 409). False: the time cannot be used (HTTP 422).</param>
public sealed record BookingFault(bool IsClash, string Detail);

/// <summary>Whether a visit can be booked.</summary>
/// <param name="Notes">What the person who books should know and may decide to accept.</param>
public sealed record BookingVerdict(Instant? StartsAt, IReadOnlyList<BookingFault> Faults, IReadOnlyList<string> Notes)
{
    public bool CanBeBooked => StartsAt is not null && Faults.Count == 0;
}

/// <summary>Everything that a booking is checked against.</summary>
/// <param name="Taken">Booked visits of the whole clinic around the time, without the one that is being moved.</param>
/// <param name="Own">Booked visits of the patient, without the one that is being moved.</param>
public sealed record Calendar(
    DateTimeZone Zone, ClinicSchedule Schedule, VisitRules Rules, IReadOnlyList<DayVisit> Taken, IReadOnlyList<DayVisit> Own, Instant Now);

/// <summary>Decides whether one visit can be booked.</summary>
public static class BookingCheck
{
    /// <summary>Nobody books further ahead, and a typing error in the year is told.</summary>
    public static readonly Duration Horizon = Duration.FromDays(400);

    public static BookingVerdict Decide(LocalDateTime start, AppointmentKind kind, Calendar calendar)
    {
        var notes = new List<string>();
        switch (StartTime.Of(start, calendar.Zone))
        {
            case StartTime.Never never:
                return Refused($"The clocks go forward over {Text(start)}: that time does not exist. The next one that does is {Text(never.Next)}.");
            case StartTime.Twice twice:
                notes.Add($"The clocks go back over {Text(start)}: of the two, the earlier is booked.");
                return Decide(start, twice.At, kind, calendar, notes);
            case StartTime.Once once:
                return Decide(start, once.At, kind, calendar, notes);
            default:
                throw new InvalidOperationException("A kind of start time that is not handled.");
        }
    }

    private static BookingVerdict Decide(LocalDateTime start, Instant at, AppointmentKind kind, Calendar calendar, List<string> notes)
    {
        if (at <= calendar.Now)
        {
            return Refused("The time is over.");
        }

        if (at > calendar.Now + Horizon)
        {
            return Refused("The time is more than 400 days ahead.");
        }

        notes.AddRange(HourNotes(start, calendar.Schedule));
        return new BookingVerdict(at, [.. Clashes(at, kind, calendar)], notes);
    }

    private static IEnumerable<string> HourNotes(LocalDateTime start, ClinicSchedule schedule)
    {
        if (schedule.On(start.Date) is not { } hours)
        {
            yield return $"The clinic is closed on {start.Date.DayOfWeek}s.";
        }
        else if (!hours.Contains(start.TimeOfDay))
        {
            yield return $"{Text(start)} is outside the opening hours, {Text(hours.From)} to {Text(hours.Until)}.";
        }
    }

    private static IEnumerable<BookingFault> Clashes(Instant at, AppointmentKind kind, Calendar calendar)
    {
        var until = at + calendar.Rules.LengthOf(kind);
        if (calendar.Own.Any(v => v.Overlaps(at, until)))
        {
            yield return new BookingFault(true, "The patient already has a visit at that time.");
        }
        else if (kind == AppointmentKind.Infusion && calendar.Own.Any(v => IsTooClose(v, at, calendar.Rules.MinimumGap)))
        {
            yield return new BookingFault(true, $"Less than {calendar.Rules.MinimumGapHours} hours from another infusion of the patient.");
        }

        if (kind == AppointmentKind.Infusion && MostAtOnce(calendar.Taken, at, until) >= calendar.Schedule.Chairs)
        {
            yield return new BookingFault(true, "No chair is free at that time.");
        }
    }

    private static bool IsTooClose(DayVisit visit, Instant at, Duration gap) =>
        visit.Kind == AppointmentKind.Infusion && (visit.StartsAt < at ? at - visit.StartsAt : visit.StartsAt - at) < gap;

    // The number of chairs in use only grows where a visit starts, so those moments are enough.
    private static int MostAtOnce(IReadOnlyList<DayVisit> taken, Instant from, Instant until)
    {
        var chairs = taken.Where(v => v.Kind == AppointmentKind.Infusion && v.Overlaps(from, until)).ToList();
        return chairs.Select(v => Instant.Max(v.StartsAt, from)).Append(from)
            .Max(moment => chairs.Count(v => v.StartsAt <= moment && moment < v.EndsAt));
    }

    private static BookingVerdict Refused(string detail) => new(null, [new BookingFault(false, detail)], []);

    private static string Text(LocalDateTime time) => time.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
