using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>Records what a clinician orders for a patient's preparation; texts are planned anew with it.</summary>
public sealed class OrderPreparation(IClock clock)
{
    /// <summary>False when the clinic has no such patient.</summary>
    public async Task<bool> RunAsync(ClinicContext clinic, string patientId, PreparationOrders orders, StaffMember by, CancellationToken cancellation)
    {
        if (!RowId.IsValid(patientId) || await clinic.Records.FindAsync(Rows.Patient(patientId), cancellation) is null)
        {
            return false;
        }

        var now = clock.GetCurrentInstant();
        await clinic.Records.CommitAsync(
            [
                new Change.Upsert(Rows.Orders(patientId), RecordJson.Write(orders with { By = by.Id, At = now })),
                new AuditEntry(now, by.Id, "preparation.order", Rows.Orders(patientId)).ToChange(),
                Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, patientId), now),
            ],
            cancellation);
        return true;
    }
}
