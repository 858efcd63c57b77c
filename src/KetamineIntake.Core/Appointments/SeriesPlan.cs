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
/// Lays out a series: the first session where it is asked for, the others at the same time of day, spread evenly over the week. A session whose day is closed, full or too
/// close to the one before moves to the next day that fits, at most six days on.
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
            return new SeriesVerdict([], first.Faults, first.Notes);
        }

        var visits = new List<SeriesVisit> { new(request.First, first.StartsAt!.Value) };
        var notes = new List<string>(first.Notes);
        for (var session = 1; session < request.Sessions; session++)
        {
            var target = request.First.PlusDays(session * 7 / request.PerWeek);
            if (Place(target, With(calendar, visits)) is not { } visit)
            {
                return new SeriesVerdict([], [new BookingFault(true, $"Session {session + 1} finds no free day from {Day(target)} on.")], notes);
            }

            if (visit.Start != target)
            {
                notes.Add($"Session {session + 1} moved from {Day(target)} to {Day(visit.Start)}: a day before that is closed, full or too close.");
            }

            visits.Add(visit);
        }

        return new SeriesVerdict(visits, [], notes);
    }

    private static SeriesVisit? Place(LocalDateTime target, Calendar calendar) =>
        Enumerable.Range(0, DaysToTry)
            .Select(days => target.PlusDays(days))
            .Where(start => calendar.Schedule.On(start.Date) is not null)
            .Select(start => (Start: start, Verdict: BookingCheck.Decide(start, AppointmentKind.Infusion, calendar)))
            .Where(tried => tried.Verdict.CanBeBooked)
            .Select(tried => new SeriesVisit(tried.Start, tried.Verdict.StartsAt!.Value))
            .FirstOrDefault();

    private static Calendar With(Calendar calendar, List<SeriesVisit> visits)
    {
        var length = calendar.Rules.LengthOf(AppointmentKind.Infusion);
        var own = visits.Select(v => new DayVisit(string.Empty, string.Empty, AppointmentKind.Infusion, v.StartsAt, v.StartsAt + length));
        return calendar with { Own = [.. calendar.Own, .. own] };
    }

    private static string Day(LocalDateTime start) => start.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
