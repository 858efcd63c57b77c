using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Referrals;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>A questionnaire that is being filled in, on one device.</summary>
/// <param name="Patient">Null until the first section is complete.</param>
/// <param name="Urgency">The highest that any saved answer has raised; taking an answer back does not lower it.</param>
/// <param name="ReferralId">Set once a positive suicide-risk answer has made the referral.</param>
/// <param name="Receipt">Set once submitted; answers and identity are gone from the draft then.</param>
public sealed record Draft(
    string Id,
    PatientDetails? Patient,
    AnswerSet Answers,
    Urgency Urgency,
    string? ReferralId,
    ScreeningReceipt? Receipt,
    Instant UpdatedAt)
{
    /// <summary>Null unless the patient told after reading where to get help.</summary>
    public Whereabouts? Whereabouts { get; init; }
}

/// <summary>A draft as it is stored.</summary>
/// <param name="Ids">The ids that the intake has, or will have.</param>
/// <param name="Referred">The patient, screening and referral rows exist.</param>
public sealed record StoredDraft(
    string Id,
    PatientDetails? Patient,
    AnswerSet Answers,
    IntakeIds Ids,
    Urgency Urgency,
    bool Referred,
    ScreeningReceipt? Receipt,
    Instant UpdatedAt)
{
    public Whereabouts? Whereabouts { get; init; }

    public Draft ToDraft() => new(Id, Patient, Answers, Urgency, Referred ? Ids.Referral : null, Receipt, UpdatedAt) { Whereabouts = Whereabouts };
}

/// <summary>What saving did.</summary>
/// <param name="Raised">The urgency this saving raised, None when it raised nothing: show help before anything else.</param>
/// <param name="Emergencies">What this saving told that can be an emergency now, and that was not told before: to be read first.</param>
public sealed record DraftSaved(Draft Draft, Urgency Raised, IReadOnlyList<Finding> Emergencies);
