using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Screenings;

internal sealed record ReferralLink(string Id, string Url);

/// <summary>What a patient may see of a screening.</summary>
internal sealed record ReceiptBody(
    string Id, string Outcome, string Urgency, string Message, IReadOnlyList<Resource> Resources, IReadOnlyList<string> Missing, ReferralLink Referral)
{
    public static ReceiptBody Of(ScreeningReceipt receipt, ClinicContext clinic) => new(
        receipt.Id,
        Words.Of(receipt.Outcome),
        Words.Of(receipt.Urgency),
        receipt.Message,
        receipt.Resources,
        receipt.Missing,
        new ReferralLink(receipt.ReferralId, $"/api/v1/clinics/{clinic.Clinic.Slug}/referrals/{receipt.ReferralId}"));
}
