using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Shows where one patient's tests stand, and keeps that it was shown.</summary>
public sealed class FindLabs(IClock clock)
{
    /// <summary>Judged this moment; null when this clinic has no such patient.</summary>
    public async Task<LabView?> RunAsync(ClinicContext clinic, string patientId, StaffMember by, CancellationToken cancellation) =>
        await LoadAsync(clinic, patientId, by, cancellation) is var (view, _) ? view : null;

    /// <summary>For matching what is sent against the patient; nothing is shown, so nothing is recorded. Null when this clinic has no such patient.</summary>
    public static async Task<Patient?> PersonAsync(ClinicContext clinic, string patientId, CancellationToken cancellation) =>
        RowId.IsValid(patientId) && await clinic.Records.FindAsync(Rows.Patient(patientId), cancellation) is { } row ? RecordJson.Read<Patient>(row) : null;

    /// <summary>The order to print; its order is null when nothing has to be ordered. Null when this clinic has no such patient.</summary>
    public async Task<(LabView View, LabOrder? Order)?> OrderAsync(ClinicContext clinic, string patientId, StaffMember by, CancellationToken cancellation)
    {
        if (await LoadAsync(clinic, patientId, by, cancellation) is not var (view, patient))
        {
            return null;
        }

        var today = clinic.DayAt(clock.GetCurrentInstant());
        return (view, LabOrders.For(patientId, patient.Requirements(clinic), view.Statuses, view.Visits, today));
    }

    /// <summary>Patients with values that a clinician has to look at.</summary>
    public async Task<IReadOnlyList<LabAlert>> AlertsAsync(ClinicContext clinic, StaffMember by, CancellationToken cancellation)
    {
        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "lab-alerts.list", "labalert"), cancellation);
        var alerts = new List<LabAlert>();
        await foreach (var row in clinic.Records.ListAsync(Rows.LabAlerts, cancellation))
        {
            alerts.Add(RecordJson.Read<LabAlert>(row));
        }

        return alerts;
    }

    private async Task<(LabView View, LabCase Patient)?> LoadAsync(ClinicContext clinic, string patientId, StaffMember by, CancellationToken cancellation)
    {
        if (await LabCase.LoadAsync(clinic, patientId, cancellation) is not { } patient)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        await Audit.ReadAsync(clinic.Records, new AuditEntry(now, by.Id, "labs.read", Rows.LabLedger(patientId)), cancellation);
        IReadOnlyList<LabResult> results = [.. patient.Records.Select(r => r.Record.Current)];
        return (LabView.Of(LabReview.Decide(clinic, patient, results, now), results), patient);
    }
}
