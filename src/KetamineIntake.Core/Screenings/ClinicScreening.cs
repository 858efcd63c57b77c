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

    /// <summary>Adds a finding that the code makes, not a rule, and lets the outcome follow.</summary>
    public static ScreeningResult WithReview(ScreeningResult result, string id, string reason, string source) => result with
    {
        Outcome = result.Outcome < Outcome.NeedsReview ? Outcome.NeedsReview : result.Outcome,
        Findings = [.. result.Findings, new Finding(id, Severity.Review, Verdict.True, Hold: false, reason, [], source)],
    };

    // Content nobody has signed may warn, but it may not clear anybody.
    private static ScreeningResult Unsigned(ScreeningResult result) => WithReview(
        result, "PROTO-01", "No clinician has signed this protocol yet, so nobody is found eligible by it.", "design: unsigned protocols");
}
