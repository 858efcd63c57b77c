namespace KetamineIntake.Core.Screenings;

/// <summary>One row of the rule catalogue. Ids are permanent: retire one, never reuse it.</summary>
/// <param name="Id">For example CV-02.</param>
/// <param name="Hold">The reason may clear (blood pressure comes down); the finding says so.</param>
/// <param name="Urgency">What firing does to the urgency; None for all but suicide-risk rows.</param>
/// <param name="Floor">No clinic may lower the severity, not even with a sign-off.</param>
/// <param name="Reason">One sentence for the clinician.</param>
/// <param name="PatientText">One kind sentence for the patient, or null when the patient is not told the rule.</param>
/// <param name="Source">Where the clinical fact comes from.</param>
public sealed record Rule(
    string Id,
    Severity Severity,
    bool Hold,
    Stage Stage,
    Urgency Urgency,
    bool Floor,
    Condition When,
    string Reason,
    string? PatientText,
    string Source)
{
    /// <summary>
    /// Name of the sentence (texts, "emergencies") that a patient reads first when the rule fires: it can be an emergency now. Null for all others.
    /// </summary>
    public string? Emergency { get; init; }

    /// <summary>
    /// What the rule is while it is not ruled out, where that is milder than its severity asks: listed as this, holding nobody back. Null: a rule of severity
    /// review or worse is a review then, a caution a caution, an info nothing.
    /// </summary>
    public Severity? OpenAs { get; init; }

    /// <summary>Unless the rule is ruled out or a clinician's plan is on file, no text or page names fasting times to the patient, who is asked to call first.</summary>
    public bool CallFirst { get; init; }

    /// <summary>What has to be planned besides food and drink; null for nothing else. Only on a row with <see cref="CallFirst"/>.</summary>
    public CallFirstReason? CallFirstFor { get; init; }
}

/// <summary>What texts and pages stop speaking of, because a clinician plans it with the patient.</summary>
public enum CallFirstReason
{
    /// <summary>Who drinks daily and stops at once may have seizures (ASAM 2020): "no alcohol" stands nowhere.</summary>
    Alcohol,
}

/// <summary>A rule that fired, or that an uncertain answer keeps from being ruled out.</summary>
/// <param name="Severity">Of a rule that cannot be ruled out: review or caution, however much worse it would be if it fired; absolute where a laboratory value that nobody can read keeps it open.</param>
/// <param name="Verdict">True when it fired; Unknown when a "not sure", or for a caution a blank, keeps it open.</param>
/// <param name="Inputs">The answers and values that caused it, in catalogue order; "not available" values are null.</param>
public sealed record Finding(
    string Rule,
    Severity Severity,
    Verdict Verdict,
    bool Hold,
    string Reason,
    IReadOnlyList<FindingInput> Inputs,
    string Source);

/// <summary>One answer or value that a finding rests on.</summary>
/// <param name="Name">linkId, scale id, lab or reading code, or a derived value: "age", "bmi".</param>
/// <param name="Value">As in the HTTP contract: a code, a number, a date; null when unanswered or not available.</param>
public sealed record FindingInput(string Name, string? Value);

/// <summary>The score of one scale.</summary>
/// <param name="Total">Null when too few items are answered.</param>
/// <param name="Missing">linkIds of unanswered items. A total with missing items is prorated, and says so.</param>
/// <param name="Band">For example "moderate"; null without a total.</param>
public sealed record ScaleScore(string Scale, decimal? Total, bool Prorated, IReadOnlyList<string> Missing, string? Band);

/// <summary>What the rules say of one set of answers. The same answers, date and rules give the same bytes.</summary>
/// <param name="Findings">Worst first, then in catalogue order.</param>
/// <param name="Missing">linkIds of enabled, unanswered items that could still fire a rule of severity review or worse, in questionnaire order.</param>
public sealed record ScreeningResult(
    Outcome Outcome,
    Urgency Urgency,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ScaleScore> Scores);
