using System.Text.Json.Serialization;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What was last concluded from one patient's tests, and what was done about it.</summary>
/// <param name="RecheckOn">Where the patient stands in the recheck index; null when only news can change anything.</param>
/// <param name="Notices">Texts that were asked for, oldest first, so that none is asked for twice; the reminders' plan takes those that stand.</param>
/// <param name="HeldVisits">Ids of infusions that wait until a clinician has looked: today's, where a required test is not valid, and all that are ahead, where a value holds them.</param>
public sealed record LabLedger(string PatientId, LocalDate? RecheckOn, IReadOnlyList<LabNotice> Notices, IReadOnlyList<string> HeldVisits)
{
    /// <summary>Findings from values that hold every infusion ahead; null when there is none.</summary>
    public IReadOnlyList<LabHold>? Holds { get; init; }

    /// <summary>Everybody who ever let visits go ahead, oldest first, also where the finding has changed or gone since; null when nobody has.</summary>
    public IReadOnlyList<LabHoldDecision>? Decisions { get; init; }

    /// <summary>An infusion ahead waits until staff have decided.</summary>
    [JsonIgnore]
    internal bool HoldsVisits => Holds?.Any(h => h.Stands) == true;

    public static LabLedger Empty(string patientId) => new(patientId, null, [], []);

    internal bool Says(LabLedger other) =>
        RecheckOn == other.RecheckOn && Notices.SequenceEqual(other.Notices) && HeldVisits.SequenceEqual(other.HeldVisits, StringComparer.Ordinal)
        && (Holds ?? []).SequenceEqual(other.Holds ?? []) && (Decisions ?? []).SequenceEqual(other.Decisions ?? []);
}

/// <summary>A flag as the clinic's list shows it; the body of its index row.</summary>
public sealed record LabFlagSummary(
    string Id, string PatientId, string PatientName, string Test, LabStanding Kind, string? VisitId, LocalDate? VisitOn, LocalDate? ExpiresOn, Instant OpenedAt, Instant? ClosedAt);

/// <summary>A patient with values that rules of the labs stage raise to a clinician.</summary>
/// <param name="Unreadable">LOINC codes of values that rules look at but cannot read: not normal, not abnormal, to be looked at.</param>
public sealed record LabAlert(
    string PatientId, string PatientName, string ReferralId, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unreadable);

/// <summary>A fingerprint of the requirements that a clinic's patients were last judged by.</summary>
public sealed record LabBasis(string Hash);
