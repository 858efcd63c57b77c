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
        Referral? best = null;
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientScreenings(patientId), cancellation))
        {
            var stored = await clinic.Records.FindAsync(Rows.Referral(RecordJson.Read<StoredScreening>(row).ReferralId), cancellation);
            if (stored is not null && RecordJson.Read<Referral>(stored) is var referral && IsBookable(referral) && !(best?.ReceivedAt > referral.ReceivedAt))
            {
                best = referral;
            }
        }

        return best;
    }

    /// <summary>Why a clinician went against the screening; null for an accepted referral.</summary>
    public static string? OverrideReason(Referral referral) =>
        referral.Status == ReferralStatus.Overridden ? referral.Decisions.Last(d => d.Kind == DecisionKind.Override).Reason : null;

    private static bool IsBookable(Referral referral) => referral.Status is ReferralStatus.Accepted or ReferralStatus.Overridden;
}
