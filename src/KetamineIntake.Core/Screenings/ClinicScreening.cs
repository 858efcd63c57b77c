using System.Diagnostics;
using KetamineIntake.Core.Clinics;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>Judges answers as one clinic does: its protocol, its overrides, and what an unsigned protocol may say.</summary>
public static class ClinicScreening
{
    public static ScreeningResult Judge(ClinicContext clinic, AnswerSet answers, LocalDate birthDate, LocalDate today)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var result = clinic.Rules.Screen(new ScreeningFacts(answers, birthDate, today));
        Signals.Evaluated(startedAt);
        return clinic.Protocol.SignedBy is not null || clinic.Clinic.IsDemonstration ? result : Unsigned(result);
    }

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
