using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>Which referrals, from where in the list.</summary>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
/// <param name="After"><see cref="ReferralPage.Next"/> of the page before; null for the first.</param>
public sealed record ReferralFilter(ReferralStatus? Status, Outcome? Outcome, Urgency? Urgency, int Limit, string? After)
{
    public const int MaximumLimit = 200;

    public bool Admits(ReferralSummary referral) =>
        (Status is null || Status == referral.Status)
        && (Outcome is null || Outcome == referral.Outcome)
        && (Urgency is null || Urgency == referral.Urgency);
}

public sealed record ReferralPage(IReadOnlyList<ReferralSummary> Items, string? Next);

/// <summary>Where a page of the list ended, as an opaque text that carries no patient data.</summary>
public static class ReferralCursor
{
    public static string Of(string key) => RowCursor.Of(key);

    /// <summary>The key to go on behind, or null when the text is no cursor.</summary>
    public static string? TryParse(string cursor) => RowCursor.TryParse(cursor, Rows.Inbox);
}

/// <summary>The clinic's list: open before closed, most urgent, then worst, then oldest.</summary>
public sealed class ListReferrals(IClock clock)
{
    /// <exception cref="ArgumentException">The filter's cursor is none.</exception>
    public async Task<ReferralPage> RunAsync(ClinicContext clinic, ReferralFilter filter, StaffMember by, CancellationToken cancellation)
    {
        var range = filter.After is null
            ? Rows.Inbox
            : Rows.Inbox.After(ReferralCursor.TryParse(filter.After) ?? throw new ArgumentException("Not a cursor.", nameof(filter)));
        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "referrals.list", "inbox"), cancellation);

        var items = new List<ReferralSummary>();
        string? last = null;
        await foreach (var row in clinic.Records.ListAsync(range, cancellation))
        {
            var summary = RecordJson.Read<ReferralSummary>(row);
            if (!filter.Admits(summary))
            {
                continue;
            }

            if (items.Count == filter.Limit)
            {
                return new ReferralPage(items, ReferralCursor.Of(last!));
            }

            items.Add(summary);
            last = row.Key;
        }

        return new ReferralPage(items, null);
    }
}
