using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>One screening as it was judged, with all that is needed to explain and replay it years later.</summary>
/// <param name="Submitted">False while the patient is still filling in the form.</param>
/// <param name="JudgedOn">The clinic's day on which it was judged.</param>
/// <param name="Questionnaire">url|version that was answered, which may be an earlier one than the protocol asks.</param>
public sealed record StoredScreening(
    string Id,
    string PatientId,
    string ReferralId,
    bool Submitted,
    Instant ReceivedAt,
    LocalDate JudgedOn,
    LocalDate BirthDate,
    string Questionnaire,
    string ProtocolVersion,
    string ProtocolHash,
    string RuleSetVersion,
    string RuleSetHash,
    AnswerSet Answers,
    ScreeningResult Result)
{
    /// <summary>True where the sender says that it corrects an earlier form, which stands beside it; null for any other.</summary>
    public bool? IsAmended { get; init; }
}
