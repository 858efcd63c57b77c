using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Keeps that a patient told staff that they want no more texts: "any reasonable means" counts (47 CFR 64.1200(a)(10)). It holds for everybody under the number, as STOP does.</summary>
public sealed class RecordOptOut(PhoneBook phones, IClock clock)
{
    private const int Attempts = 5;

    /// <summary>How staff may have been told; permanent words of the ledger.</summary>
    public static readonly IReadOnlyList<string> Ways = ["phone", "in-person", "email", "letter"];

    /// <summary>False when the clinic has no such patient.</summary>
    /// <param name="how">One of <see cref="Ways"/>.</param>
    public async Task<bool> RunAsync(ClinicContext clinic, string patientId, string how, StaffMember by, CancellationToken cancellation)
    {
        if (!RowId.IsValid(patientId) || await clinic.Records.FindAsync(Rows.Patient(patientId), cancellation) is not { } found)
        {
            return false;
        }

        var hash = await phones.HashAsync(clinic, RecordJson.Read<Patient>(found).Phone, cancellation);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetCurrentInstant();
            var (row, ledger) = await PhoneBook.LedgerAsync(clinic, hash, cancellation);
            var entry = new ConsentEntry(false, now, how, null, ClinicNumbers.Of(clinic.Clinic), now, By: by.Id);
            List<Change> changes =
            [
                .. ConsentChanges.Of(clinic, hash, row, ledger.With(entry), now),
                new AuditEntry(now, by.Id, "consent.opt-out", Rows.Patient(patientId)).ToChange(),
            ];
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return true;
            }
        }

        throw RecordStoreException.Contended("An opt-out kept meeting changes of others.");
    }
}
