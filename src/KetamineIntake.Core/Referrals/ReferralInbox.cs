using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>What the clinic's list shows of a referral; the body of its index row.</summary>
public sealed record ReferralSummary(
    string Id,
    string PatientId,
    string PatientName,
    LocalDate BirthDate,
    ReferralStatus Status,
    Outcome Outcome,
    Urgency Urgency,
    bool Submitted,
    Instant ReceivedAt);

/// <summary>The index row that puts a referral at its place in the list: open before closed, most urgent, then worst, then oldest.</summary>
internal static class ReferralInbox
{
    public static Change Insert(Referral referral, Patient patient) =>
        new Change.Insert(KeyOf(referral), Body(referral, patient));

    /// <summary>Writes the referral and moves its index row, in one commit.</summary>
    public static async Task<IReadOnlyList<Change>> ReplaceAsync(
        IRecordStore records, Row stored, Referral referral, Patient patient, CancellationToken cancellation)
    {
        var write = new Change.Replace(stored.Key, RecordJson.Write(referral), stored.ETag);
        var before = KeyOf(RecordJson.Read<Referral>(stored));
        if (before == KeyOf(referral))
        {
            return [write, new Change.Upsert(before, Body(referral, patient))];
        }

        // The row may be gone only if somebody else moved it in the meantime; the referral's own ETag then refuses this commit.
        var old = await records.FindAsync(before, cancellation);
        IEnumerable<Change> remove = old is null ? [] : [new Change.Delete(old.Key, old.ETag)];
        return [write, .. remove, Insert(referral, patient)];
    }

    /// <summary>Whether somebody at the clinic still has to act.</summary>
    public static bool IsOpen(ReferralStatus status) =>
        status is ReferralStatus.New or ReferralStatus.InfoRequested or ReferralStatus.OverridePending;

    public static string KeyOf(Referral referral) =>
        Rows.InboxEntry(IsOpen(referral.Status), referral.Urgency, referral.Outcome, referral.ReceivedAt, referral.Id);

    public static ReferralSummary SummaryOf(Referral referral, Patient patient) => new(
        referral.Id, patient.Id, patient.Name, patient.BirthDate,
        referral.Status, referral.Outcome, referral.Urgency, referral.Submitted, referral.ReceivedAt);

    private static ReadOnlyMemory<byte> Body(Referral referral, Patient patient) => RecordJson.Write(SummaryOf(referral, patient));
}
