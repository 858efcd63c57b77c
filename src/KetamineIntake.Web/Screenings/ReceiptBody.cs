using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Screenings;

internal sealed record ReferralLink(string Id, string Url);

/// <summary>What a patient may see of a screening.</summary>
/// <param name="Notes">What the fired rules say to the patient; left out when they say nothing.</param>
/// <param name="Emergencies">What can be an emergency now and what to do: shown first. Left out when there is none.</param>
/// <param name="Next">What happens next.</param>
internal sealed record ReceiptBody(
    string Id, string Outcome, string Urgency, string Message, IReadOnlyList<Resource> Resources, IReadOnlyList<string> Missing, ReferralLink Referral,
    IReadOnlyList<string>? Notes, IReadOnlyList<Emergency>? Emergencies, IReadOnlyList<string>? Next)
{
    public static ReceiptBody Of(ScreeningReceipt receipt, ClinicContext clinic) => new(
        receipt.Id,
        Words.Of(receipt.Outcome),
        Words.Of(receipt.Urgency),
        receipt.Message,
        receipt.Resources,
        receipt.Missing,
        new ReferralLink(receipt.ReferralId, $"/api/v1/clinics/{clinic.Clinic.Slug}/referrals/{receipt.ReferralId}"),
        receipt.Notes.Count == 0 ? null : receipt.Notes,
        receipt.Emergencies.Count == 0 ? null : receipt.Emergencies,
        receipt.Next.Count == 0 ? null : receipt.Next);
}
