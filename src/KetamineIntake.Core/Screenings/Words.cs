using KetamineIntake.Core.Referrals;

namespace KetamineIntake.Core.Screenings;

/// <summary>The contract's permanent words for what is an enum inside.</summary>
public static class Words
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Eligible => "eligible",
        Outcome.Incomplete => "incomplete",
        Outcome.NeedsReview => "needs-review",
        _ => "contraindicated",
    };

    public static string Of(Urgency urgency) => urgency switch
    {
        Urgency.None => "none",
        Urgency.Elevated => "elevated",
        Urgency.High => "high",
        _ => "imminent",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Caution => "caution",
        Severity.Review => "review",
        _ => "absolute",
    };

    public static string Of(ReferralStatus status) => status switch
    {
        ReferralStatus.New => "new",
        ReferralStatus.InfoRequested => "info-requested",
        ReferralStatus.Accepted => "accepted",
        ReferralStatus.Declined => "declined",
        ReferralStatus.OverridePending => "override-pending",
        _ => "overridden",
    };

    public static string Of(DecisionKind decision) => decision switch
    {
        DecisionKind.Accept => "accept",
        DecisionKind.Decline => "decline",
        DecisionKind.RequestInfo => "request-info",
        _ => "override",
    };

    /// <summary>The value that the word stands for, or null.</summary>
    public static T? Parse<T>(string? word, Func<T, string> of)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => of(v!.Value) == word);
}
