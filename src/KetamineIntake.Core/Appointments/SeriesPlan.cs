using System.Globalization;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>A series as it is asked for.</summary>
/// <param name="Sessions">1 to <see cref="SeriesPlan.MaximumSessions"/>.</param>
/// <param name="PerWeek">1 to <see cref="SeriesPlan.MaximumPerWeek"/>.</param>
public sealed record SeriesRequest(LocalDateTime First, int Sessions, int PerWeek);

/// <summary>A visit that a series would book.</summary>
public sealed record SeriesVisit(LocalDateTime Start, Instant StartsAt);

/// <summary>The visits of a series, or why there is none.</summary>
public sealed record SeriesVerdict(IReadOnlyList<SeriesVisit> Visits, IReadOnlyList<BookingFault> Faults, IReadOnlyList<string> Notes);

/// <summary>
/// Lays out a series: the first session where it is asked for, the others at the same time of day, spread evenly over the week. A session whose day is closed at that time, full or
/// too close to the one before moves to the next day that fits, at most six days on. Where the first itself lies outside its day's opening hours, somebody chose that time of day:
/// then the others keep it and only closed days move them.
/// </summary>
public static class SeriesPlan
{
    public const int MaximumSessions = 12;
    public const int MaximumPerWeek = 5;
    private const int DaysToTry = 7;

    /// <summary>The last day on which a session of the series can lie.</summary>
    public static LocalDate LastDay(SeriesRequest request) => request.First.Date.PlusDays((request.Sessions * 7 / request.PerWeek) + DaysToTry);

    public static SeriesVerdict Decide(SeriesRequest request, Calendar calendar)
    {
        var first = BookingCheck.Decide(request.First, AppointmentKind.Infusion, calendar);
        if (!first.CanBeBooked)
        {
            return new SeriesVerdict([], first.Faults, [.. Numbered(0, first.Notes)]);
        }

        var visits = new List<SeriesVisit> { new(request.First, first.StartsAt!.Value) };
        var notes = new List<string>(Numbered(0, first.Notes));
        for (var session = 1; session < request.Sessions; session++)
        {
            var target = Target(request, session);
            if (Place(target, request, With(calendar, visits)) is not var (visit, about))
            {
                return new SeriesVerdict([], [new BookingFault(true, $"Session {session + 1} finds no free day from {Day(target)} on.")], notes);
            }

            if (visit.Start != target)
            {
                notes.Add($"Session {session + 1} moved from {Day(target)} to {Day(visit.Start)}: the days before that are closed at that time, full or too close.");
            }

            notes.AddRange(Numbered(session, about));
            visits.Add(visit);
        }

        return new SeriesVerdict(visits, [], [.. notes, .. Longer(request, visits[^1].Start, calendar.Rules.UsualWeeks)]);
    }

    private static LocalDateTime Target(SeriesRequest request, int session) => request.First.PlusDays(session * 7 / request.PerWeek);

    private static IEnumerable<string> Longer(SeriesRequest request, LocalDateTime last, int weeks)
    {
        var usual = request.First.PlusWeeks(weeks);
        return last > usual && Target(request, request.Sessions - 1) <= usual
            ? [$"Because sessions moved, the series takes longer than {weeks} weeks: its last is on {Day(last)}."]
            : [];
    }

    private static (SeriesVisit Visit, IReadOnlyList<string> Notes)? Place(LocalDateTime target, SeriesRequest request, Calendar calendar)
    {
        var isChosenOutside = calendar.Schedule.On(request.First.Date) is { } firstDay && !firstDay.Contains(request.First.TimeOfDay);
        foreach (var start in Enumerable.Range(0, DaysToTry).Select(days => target.PlusDays(days)))
        {
            if (calendar.Schedule.On(start.Date) is { } hours && (isChosenOutside || hours.Contains(start.TimeOfDay))
                && BookingCheck.Decide(start, AppointmentKind.Infusion, calendar) is { CanBeBooked: true } verdict)
            {
                return (new SeriesVisit(start, verdict.StartsAt!.Value), verdict.Notes);
            }
        }

        return null;
    }

    private static IEnumerable<string> Numbered(int session, IEnumerable<string> notes) => notes.Select(n => $"Session {session + 1}: {n}");

    private static Calendar With(Calendar calendar, List<SeriesVisit> visits)
    {
        var length = calendar.Rules.LengthOf(AppointmentKind.Infusion);
        var own = visits.Select(v => new DayVisit(string.Empty, string.Empty, AppointmentKind.Infusion, v.StartsAt, v.StartsAt + length));
        return calendar with { Own = [.. calendar.Own, .. own] };
    }

    private static string Day(LocalDateTime start) => start.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
