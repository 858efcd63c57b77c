using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>Records what a clinician orders for a patient's preparation; texts are planned anew with it.</summary>
public sealed class OrderPreparation(IClock clock)
{
    private const int Attempts = 4;

    /// <summary>False when the clinic has no such patient.</summary>
    /// <exception cref="RecordStoreException">Others kept ordering at the same moment.</exception>
    public async Task<bool> RunAsync(ClinicContext clinic, string patientId, PreparationOrders orders, StaffMember by, CancellationToken cancellation)
    {
        if (!RowId.IsValid(patientId) || await clinic.Records.FindAsync(Rows.Patient(patientId), cancellation) is null)
        {
            return false;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryAsync(clinic, patientId, orders, by, cancellation))
            {
                return true;
            }
        }

        throw RecordStoreException.Contended("Others kept ordering at the same moment.");
    }

    private async Task<bool> TryAsync(ClinicContext clinic, string patientId, PreparationOrders orders, StaffMember by, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var key = Rows.Orders(patientId);
        var before = await clinic.Records.FindAsync(key, cancellation);
        var needed = orders.FastingPlanNeeded ?? (before is null ? null : RecordJson.Read<PreparationOrders>(before).FastingPlanNeeded);
        var medicines = orders.FastingPlanOnFile ? FastingGuard.MedicinesOf(clinic, await PatientVisits.ScreeningsAsync(clinic, patientId, cancellation)) : null;
        var body = RecordJson.Write(orders with { By = by.Id, At = now, FastingPlanNeeded = needed, Medicines = medicines });
        return await clinic.Records.CommitAsync(
            [
                before is null ? new Change.Insert(key, body) : new Change.Replace(key, body, before.ETag),
                new AuditEntry(now, by.Id, "preparation.order", key).ToChange(),
                PlanCommit.Touch(patientId, now),
                Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, patientId), now),
            ],
            cancellation) is CommitResult.Committed;
    }
}
