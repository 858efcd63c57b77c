using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Appointments;

/// <summary>Finds out whether a clinician has accepted a patient.</summary>
internal static class BookableReferral
{
    /// <summary>The accepted or overridden referral that arrived last, or null.</summary>
    public static async Task<Referral?> FindAsync(ClinicContext clinic, string patientId, CancellationToken cancellation)
    {
        var screenings = new List<StoredScreening>();
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientScreenings(patientId), cancellation))
        {
            screenings.Add(RecordJson.Read<StoredScreening>(row));
        }

        return await FindAsync(clinic, screenings, cancellation);
    }

    /// <param name="screenings">All of the patient's.</param>
    public static async Task<Referral?> FindAsync(ClinicContext clinic, IEnumerable<StoredScreening> screenings, CancellationToken cancellation)
    {
        Referral? best = null;
        foreach (var screening in screenings)
        {
            var stored = await clinic.Records.FindAsync(Rows.Referral(screening.ReferralId), cancellation);
            if (stored is not null && RecordJson.Read<Referral>(stored) is var referral && IsBookable(referral.Status) && !(best?.ReceivedAt > referral.ReceivedAt))
            {
                best = referral;
            }
        }

        return best;
    }

    /// <summary>Why a clinician went against the screening; null for an accepted referral.</summary>
    public static string? OverrideReason(Referral referral) =>
        referral.Status == ReferralStatus.Overridden ? referral.Decisions.Last(d => d.Kind == DecisionKind.Override).Reason : null;

    /// <summary>A clinician has accepted the patient, one way or the other.</summary>
    public static bool IsBookable(ReferralStatus status) => status is ReferralStatus.Accepted or ReferralStatus.Overridden;
}
