using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>A triaged referral that clinicians act on.</summary>
/// <param name="Submitted">False while it stands on a draft whose suicide-risk answers could not wait for the rest.</param>
public sealed record Referral(
    string Id,
    string PatientId,
    string ScreeningId,
    ReferralStatus Status,
    Outcome Outcome,
    Urgency Urgency,
    bool Submitted,
    Instant ReceivedAt,
    IReadOnlyList<Decision> Decisions)
{
    /// <summary>Null unless a patient at risk told it.</summary>
    public Whereabouts? Whereabouts { get; init; }
}

public enum ReferralStatus
{
    New,
    InfoRequested,
    Accepted,
    Declined,
    OverridePending,
    Overridden,
}

public enum DecisionKind
{
    Accept,
    Decline,
    RequestInfo,
    Override,
}

/// <summary>What a clinician decided, when, and why.</summary>
/// <param name="By">Id of the staff key that decided.</param>
public sealed record Decision(DecisionKind Kind, string Reason, string? Note, string By, string ByName, Instant At)
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>Characters of a note.</summary>
    public const int LongestNote = 4000;
}
