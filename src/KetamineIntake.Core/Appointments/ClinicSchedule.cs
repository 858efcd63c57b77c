using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>When a clinic is open and how many infusions it can give at a time.</summary>
/// <param name="Open">At most one span a day, in the clinic's local time; a day without one is closed.</param>
/// <param name="Chairs">Infusions at the same time, 1 to 100. Consultations and examinations take none.</param>
public sealed record ClinicSchedule(IReadOnlyList<OpeningHours> Open, int Chairs)
{
    /// <summary>Monday to Saturday, 07:00 to 19:00, ten chairs; used until the clinic says otherwise.</summary>
    public static readonly ClinicSchedule Default = new(
        [.. Enumerable.Range((int)IsoDayOfWeek.Monday, 6).Select(d => new OpeningHours((IsoDayOfWeek)d, new LocalTime(7, 0), new LocalTime(19, 0)))],
        10);

    public OpeningHours? On(LocalDate date) => Open.FirstOrDefault(o => o.Day == date.DayOfWeek);

    /// <summary>What is wrong with the schedule; empty when it can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Chairs is < 1 or > 100)
        {
            faults.Add("A clinic has 1 to 100 chairs.");
        }

        if (Open.GroupBy(o => o.Day).Any(g => g.Key == IsoDayOfWeek.None || g.Count() > 1))
        {
            faults.Add("Each day of the week has at most one span of opening hours.");
        }

        if (Open.Any(o => o.From >= o.Until))
        {
            faults.Add("Opening hours end after they start.");
        }

        return faults;
    }
}

/// <summary>Open from <paramref name="From"/> (inclusive) to <paramref name="Until"/>: a visit starts before it.</summary>
public sealed record OpeningHours(IsoDayOfWeek Day, LocalTime From, LocalTime Until)
{
    public bool Contains(LocalTime start) => start >= From && start < Until;
}

/// <summary>One booked visit as the clinic's day shows it.</summary>
public sealed record DayVisit(string AppointmentId, string PatientId, AppointmentKind Kind, Instant StartsAt, Instant EndsAt)
{
    public bool Overlaps(Instant from, Instant until) => StartsAt < until && from < EndsAt;
}
