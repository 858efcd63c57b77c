using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Web.Patients;
using NodaTime;

namespace KetamineIntake.Web.Referrals;

internal sealed record ReferralListBody(IReadOnlyList<ReferralListItem> Items, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next)
{
    public static ReferralListBody Of(ReferralPage page) => new([.. page.Items.Select(ReferralListItem.Of)], page.Next);
}

/// <summary>One line of the clinic's list.</summary>
internal sealed record ReferralListItem(
    string Id, ReferralListPatient Patient, string Status, string Outcome, string Urgency, bool Submitted, Instant ReceivedAt)
{
    public static ReferralListItem Of(ReferralSummary summary) => new(
        summary.Id,
        new ReferralListPatient(summary.PatientId, summary.PatientName, summary.BirthDate),
        Words.Of(summary.Status),
        Words.Of(summary.Outcome),
        Words.Of(summary.Urgency),
        summary.Submitted,
        summary.ReceivedAt);
}

internal sealed record ReferralListPatient(string Id, string Name, LocalDate BirthDate);

/// <summary>One referral with all that a clinician needs to decide.</summary>
/// <param name="Seen">Sent back with a decision, it says what the decision was made on.</param>
/// <param name="Amends">True where the sender says that the form corrects an earlier one; left out otherwise.</param>
/// <param name="Whereabouts">Left out unless a patient at risk told it.</param>
internal sealed record ReferralBody(
    string Id,
    PatientBody Patient,
    string Status,
    string Outcome,
    string Urgency,
    bool Submitted,
    Instant ReceivedAt,
    IReadOnlyList<FindingBody> Findings,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ScaleScore> Scores,
    JsonObject Answers,
    JudgedBody Judged,
    IReadOnlyList<DecisionBody> Decisions,
    string Seen,
    WhereaboutsBody? Whereabouts,
    bool? Amends)
{
    public static ReferralBody Of(ReferralView view, Questionnaire questionnaire)
    {
        var (referral, patient, screening) = view;
        return new ReferralBody(
            referral.Id,
            PatientBody.Of(patient),
            Words.Of(referral.Status),
            Words.Of(referral.Outcome),
            Words.Of(referral.Urgency),
            referral.Submitted,
            referral.ReceivedAt,
            [.. screening.Result.Findings.Select(FindingBody.Of)],
            screening.Result.Missing,
            screening.Result.Scores,
            AnswersBody.Of(screening.Answers, questionnaire),
            new JudgedBody(screening.JudgedOn, screening.Questionnaire, screening.ProtocolVersion, screening.ProtocolHash, screening.RuleSetVersion, screening.RuleSetHash),
            [.. referral.Decisions.Select(DecisionBody.Of)],
            view.Stamp,
            WhereaboutsBody.Of(referral.Whereabouts),
            screening.IsAmended);
    }
}

/// <summary>Where somebody at risk said they are, and whom the clinic may call, in their own words.</summary>
internal sealed record WhereaboutsBody(string? Where, string? Whom, Instant At)
{
    public static WhereaboutsBody? Of(Whereabouts? told) => told is null ? null : new(told.Where, told.Whom, told.At);
}

/// <summary>By what the screening was judged, so that it can be explained and replayed.</summary>
/// <param name="On">The clinic's day.</param>
internal sealed record JudgedBody(LocalDate On, string Questionnaire, string Protocol, string ProtocolHash, string RuleSet, string RuleSetHash);

/// <param name="Certain">False when the rule is not ruled out, by a "not sure" or, for a caution, by a blank: it did not fire, and it is not off the table.</param>
internal sealed record FindingBody(
    string Rule, string Severity, bool Certain, bool Hold, string Reason, IReadOnlyList<FindingInput> Inputs, string Source)
{
    public static FindingBody Of(Finding finding) => new(
        finding.Rule, Words.Of(finding.Severity), finding.Verdict == Verdict.True, finding.Hold, finding.Reason, finding.Inputs, finding.Source);
}

internal sealed record DecisionBody(string Decision, string Reason, string? Note, string By, string ByName, Instant At)
{
    public static DecisionBody Of(Decision decision) =>
        new(Words.Of(decision.Kind), decision.Reason, decision.Note, decision.By, decision.ByName, decision.At);
}

/// <summary>Answers in the forms in which the contract takes them, so that what comes out can go in again.</summary>
internal static class AnswersBody
{
    public static JsonObject Of(AnswerSet answers, Questionnaire questionnaire) =>
        new(answers.All.Select(a => KeyValuePair.Create(a.Key, ValueOf(a.Value, questionnaire.Find(a.Key)))));

    private static JsonNode? ValueOf(Answer answer, QuestionnaireItem? item) => answer switch
    {
        Answer.Choices choices => new JsonArray([.. choices.Codes.Select(c => JsonValue.Create(c))]),
        Answer.NotSure when item?.Repeats == true => new JsonArray(JsonValue.Create(AnswerText.NotSure)),
        Answer.Number number => JsonValue.Create(number.Value),
        _ => JsonValue.Create(AnswerText.Of(answer)),
    };
}
