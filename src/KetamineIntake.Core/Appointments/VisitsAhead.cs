using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>Who has a visit ahead.</summary>
internal static class VisitsAhead
{
    /// <summary>Each patient once. Whose visit cannot be read counts as one: the message about them fails where somebody sees it.</summary>
    public static async Task<IReadOnlyCollection<string>> PatientsAsync(IRecordStore records, Instant now, CancellationToken cancellation)
    {
        var patients = new HashSet<string>(StringComparer.Ordinal);
        RowRange? range = Rows.Appointments;
        while (range is { } rest)
        {
            range = await AddAsync(records, rest, now, patients, cancellation);
        }

        return patients;
    }

    private static async Task<RowRange?> AddAsync(IRecordStore records, RowRange range, Instant now, HashSet<string> patients, CancellationToken cancellation)
    {
        try
        {
            await foreach (var row in records.ListAsync(range, cancellation))
            {
                var visit = RecordJson.Read<Appointment>(row);
                _ = visit.IsAhead(now) && patients.Add(visit.PatientId);
            }

            return null;
        }
        catch (RecordIntegrityException broken)
        {
            patients.Add(Rows.PatientOfAppointment(broken.Key));
            return range.After(broken.Key);
        }
    }
}
