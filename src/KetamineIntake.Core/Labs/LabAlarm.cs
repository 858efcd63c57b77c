using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Which values a clinician has to look at.</summary>
internal static class LabAlarm
{
    /// <returns>What rules of the labs stage raise, worst first; and LOINC codes of values that no rule could read.</returns>
    public static (IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unreadable) Of(
        ClinicContext clinic, LabCase patient, IReadOnlyList<LabResult> results, LocalDate today)
    {
        var content = clinic.Protocol.Lab;
        var lowest = LabFacts.Of(results, [], content);
        var highest = LabFacts.Of(results, [], content, highest: true);
        var findings = Judge(lowest);
        // White cells are bad at both ends, so the rules are asked about each; what either of them says is said.
        findings = highest.All(fact => Equals(fact.Value, lowest[fact.Key])) ? findings : Merge(findings, Judge(highest));
        var rules = Rules(findings);

        // "< 60" may be 59 or 12: where the rules would say something else at the other end, they have not read it.
        var open = LabFacts.OpenEnded(results, content, lowest).Where(o => !rules.IsSupersetOf(Rules(Judge(o.Facts)))).Select(o => o.Value);
        var unreadable = LabFacts.Unreadable(results, content).Concat(open).Select(v => v.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return (findings, [.. unreadable]);

        IReadOnlyList<Finding> Judge(IReadOnlyDictionary<string, Answer> facts)
        {
            var judged = new ScreeningFacts(patient.Screening?.Answers ?? AnswerSet.Empty, patient.Patient.BirthDate, today, facts)
            {
                Answered = clinic.Protocol.Questionnaire.EarlierThanThis(patient.Screening?.Questionnaire),
            };
            return [.. clinic.Rules.Judge(Stage.Labs, judged).Where(f => f.Severity >= Severity.Review)];
        }
    }

    private static IReadOnlyList<Finding> Merge(IReadOnlyList<Finding> one, IReadOnlyList<Finding> other)
    {
        var merged = one.Select(f => other.FirstOrDefault(o => o.Rule == f.Rule) is { Verdict: Verdict.True } sure && f.Verdict != Verdict.True ? sure : f);
        return [.. merged.Concat(other.Where(o => one.All(f => f.Rule != o.Rule))).OrderByDescending(f => f.Severity)];
    }

    private static HashSet<(string, Verdict)> Rules(IEnumerable<Finding> findings) => [.. findings.Select(f => (f.Rule, f.Verdict))];
}
