using System.Security.Cryptography;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>A referral with all that a clinician needs to decide.</summary>
public sealed record ReferralView(Referral Referral, Patient Patient, StoredScreening Screening)
{
    private const int StampBytes = 16;

    /// <summary>
    /// Stands for all that is shown of referral and screening, so that a decision can say what it was made on: any other answer, finding or decision gives another one. 32 hexadecimal digits.
    /// </summary>
    public string Stamp
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(RecordJson.Write(Referral).Span);
            hash.AppendData(RecordJson.Write(Screening).Span);
            return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, StampBytes));
        }
    }
}

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
