using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>A referral with all that a clinician needs to decide.</summary>
public sealed record ReferralView(Referral Referral, Patient Patient, StoredScreening Screening);

/// <summary>Shows one referral to a member of staff, and keeps that it was shown.</summary>
public sealed class FindReferral(IClock clock)
{
    /// <summary>The referral, or null when this clinic has none of that id.</summary>
    public async Task<ReferralView?> RunAsync(ClinicContext clinic, string id, StaffMember by, CancellationToken cancellation)
    {
        var loaded = await LoadAsync(clinic.Records, id, cancellation);
        if (loaded is null)
        {
            return null;
        }

        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "referral.read", loaded.Value.Row.Key), cancellation);
        return loaded.Value.View;
    }

    internal static async Task<(Row Row, ReferralView View)?> LoadAsync(IRecordStore records, string id, CancellationToken cancellation)
    {
        var row = RowId.IsValid(id) ? await records.FindAsync(Rows.Referral(id), cancellation) : null;
        if (row is null)
        {
            return null;
        }

        var referral = RecordJson.Read<Referral>(row);
        var patient = await records.FindAsync(Rows.Patient(referral.PatientId), cancellation);
        var screening = await records.FindAsync(Rows.Screening(referral.PatientId, referral.ScreeningId), cancellation);
        return patient is null || screening is null
            ? throw new InvalidOperationException($"The referral {referral.Id} has lost its patient or screening.")
            : (row, new ReferralView(referral, RecordJson.Read<Patient>(patient), RecordJson.Read<StoredScreening>(screening)));
    }
}
