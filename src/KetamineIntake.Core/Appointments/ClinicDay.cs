using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>The booked visits that start on one day of the clinic.</summary>
public sealed record ClinicDay(IReadOnlyList<DayVisit> Visits);

/// <summary>The clinic's days around some visits, with what a commit needs to change them.</summary>
internal sealed class ClinicDays
{
    private readonly Dictionary<LocalDate, Row> rows;
    private readonly Dictionary<LocalDate, List<DayVisit>> visits;
    private readonly HashSet<LocalDate> changed = [];

    private ClinicDays(Dictionary<LocalDate, Row> rows) =>
        (this.rows, visits) = (rows, rows.ToDictionary(r => r.Key, r => RecordJson.Read<ClinicDay>(r.Value).Visits.ToList()));

    public IReadOnlyList<DayVisit> All => [.. visits.Values.SelectMany(v => v)];

    /// <summary>A visit may reach into the next day, so the day before the first is read too.</summary>
    public static async Task<ClinicDays> LoadAsync(ClinicContext clinic, LocalDate first, LocalDate last, CancellationToken cancellation)
    {
        var found = new Dictionary<LocalDate, Row>();
        await foreach (var row in clinic.Records.ListAsync(Rows.Days(first.PlusDays(-1), last.PlusDays(1)), cancellation))
        {
            found[NodaTime.Text.LocalDatePattern.Iso.Parse(row.Key.Split('|')[1]).Value] = row;
        }

        return new ClinicDays(found);
    }

    public void Add(LocalDate day, DayVisit visit)
    {
        if (!visits.TryGetValue(day, out var list))
        {
            visits[day] = list = [];
        }

        list.Add(visit);
        changed.Add(day);
    }

    public void Remove(LocalDate day, string appointmentId)
    {
        if (visits.TryGetValue(day, out var list) && list.RemoveAll(v => v.AppointmentId == appointmentId) > 0)
        {
            changed.Add(day);
        }
    }

    public IEnumerable<Change> Changes() => changed.Select(day => Write(day, RecordJson.Write(new ClinicDay(visits[day]))));

    private Change Write(LocalDate day, ReadOnlyMemory<byte> body) =>
        rows.TryGetValue(day, out var row) ? new Change.Replace(row.Key, body, row.ETag) : new Change.Insert(Rows.Day(day), body);
}
