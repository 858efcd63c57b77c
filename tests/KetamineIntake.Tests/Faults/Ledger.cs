using System.Collections.Concurrent;

namespace KetamineIntake.Tests.Faults;

/// <summary>What the clients sent and were told, to hold against what the clinic's list shows afterwards.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string?> referralBySubmission = new(StringComparer.Ordinal);

    public int Acknowledged => referralBySubmission.Count(s => s.Value is not null);

    /// <summary>The referrals of what was acknowledged so far.</summary>
    public IReadOnlyCollection<string> Referrals => [.. referralBySubmission.Values.OfType<string>()];

    public int Sent => referralBySubmission.Count;

    public void AboutToSend(string submission) => referralBySubmission[submission] = null;

    public void Acknowledge(string submission, string referral) => referralBySubmission[submission] = referral;

    /// <summary>Every way in which the list does not keep what was promised; empty when all is well.</summary>
    /// <param name="listed">Each listed referral's id and the submission that it came from.</param>
    public IReadOnlyList<string> Check(IReadOnlyList<(string Referral, string Submission)> listed)
    {
        var bySubmission = listed.ToLookup(r => r.Submission, r => r.Referral, StringComparer.Ordinal);
        var lost = referralBySubmission.Where(s => s.Value is not null && !bySubmission[s.Key].Contains(s.Value)).Select(s => $"lost: {s.Key}");
        var doubled = bySubmission.Where(s => s.Count() > 1).Select(s => $"more than one referral: {s.Key}");
        var unknown = bySubmission.Where(s => !referralBySubmission.ContainsKey(s.Key)).Select(s => $"never sent: {s.Key}");
        return [.. lost, .. doubled, .. unknown];
    }
}
