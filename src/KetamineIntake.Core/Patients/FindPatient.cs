using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>Shows one patient to a member of staff, and keeps that it was shown.</summary>
public sealed class FindPatient(IClock clock)
{
    /// <summary>The patient, or null when this clinic has none of that id.</summary>
    public async Task<Patient?> RunAsync(ClinicContext clinic, string id, StaffMember by, CancellationToken cancellation)
    {
        var row = RowId.IsValid(id) ? await clinic.Records.FindAsync(Rows.Patient(id), cancellation) : null;
        if (row is null)
        {
            return null;
        }

        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "patient.read", row.Key), cancellation);
        return RecordJson.Read<Patient>(row);
    }

    /// <summary>Those of a list that are on record, each once, by their ids. That they were shown is kept by whatever shows the list.</summary>
    public static async Task<IReadOnlyDictionary<string, Patient>> ManyAsync(ClinicContext clinic, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var patients = new Dictionary<string, Patient>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await clinic.Records.FindAsync(Rows.Patient(id), cancellation) is { } row)
            {
                patients[id] = RecordJson.Read<Patient>(row);
            }
        }

        return patients;
    }
}
