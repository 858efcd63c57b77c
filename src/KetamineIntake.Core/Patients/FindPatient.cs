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
}
