using System.Diagnostics;
using KetamineIntake.Core.Clinics;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>Judges answers as one clinic does: its protocol, its overrides, and what an unsigned protocol may say.</summary>
public static class ClinicScreening
{
    /// <param name="questionnaire">url|version that was answered; null: the one the clinic asks.</param>
    public static ScreeningResult Judge(ClinicContext clinic, AnswerSet answers, LocalDate birthDate, LocalDate today, string? questionnaire = null)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var result = clinic.Rules.Screen(FactsOf(clinic, answers, birthDate, today, questionnaire));
        Signals.Evaluated(startedAt);
        return clinic.Protocol.SignedBy is not null || clinic.Clinic.IsDemonstration ? result : Unsigned(result);
    }

    /// <summary>What a stored screening was judged by, for the clinic's rules of now.</summary>
    public static ScreeningFacts FactsOf(ClinicContext clinic, StoredScreening screening) =>
        FactsOf(clinic, screening.Answers, screening.BirthDate, screening.JudgedOn, screening.Questionnaire);

    private static ScreeningFacts FactsOf(ClinicContext clinic, AnswerSet answers, LocalDate birthDate, LocalDate today, string? questionnaire) =>
        new(answers, birthDate, today) { Answered = clinic.Protocol.Questionnaire.EarlierThanThis(questionnaire) };

    /// <summary>Adds a finding that the code makes, not a rule, behind the rules of its severity, and lets the outcome follow.</summary>
    public static ScreeningResult WithReview(ScreeningResult result, string id, string reason, string source)
    {
        var added = new Finding(id, Severity.Review, Verdict.True, Hold: false, reason, [], source);
        return result with
        {
            Outcome = result.Outcome < Outcome.NeedsReview ? Outcome.NeedsReview : result.Outcome,
            Findings =
            [
                .. result.Findings.TakeWhile(f => f.Severity >= Severity.Review),
                added,
                .. result.Findings.SkipWhile(f => f.Severity >= Severity.Review),
            ],
        };
    }

    // Content nobody has signed may warn, but it may not clear anybody.
    private static ScreeningResult Unsigned(ScreeningResult result) => WithReview(
        result, "PROTO-01", "No clinician has signed this protocol yet, so nobody is found eligible by it.", "design: unsigned protocols");
}
