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
        return (WithSupposed(findings, LabFacts.Supposed(results, content, lowest).Select(s => (s.Quantity, Judge(s.Facts)))), [.. unreadable]);

        IReadOnlyList<Finding> Judge(IReadOnlyDictionary<string, Answer> facts)
        {
            var judged = new ScreeningFacts(patient.Screening?.Answers ?? AnswerSet.Empty, patient.Patient.BirthDate, today, facts)
            {
                Answered = clinic.Protocol.Questionnaire.EarlierThanThis(patient.Screening?.Questionnaire),
            };
            return [.. clinic.Rules.Judge(Stage.Labs, judged).Where(f => f.Severity >= Severity.Review)];
        }
    }

    // A value of a required test that nobody can read leaves the test open, and so holds the visit. One of no test holds by what it may be: unknown is never "no".
    private static IReadOnlyList<Finding> WithSupposed(IReadOnlyList<Finding> findings, IEnumerable<(string Quantity, IReadOnlyList<Finding> Findings)> supposed)
    {
        var sure = findings.Where(f => f.Verdict == Verdict.True).Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);
        var open = (from s in supposed from f in s.Findings where f is { Severity: Severity.Absolute, Verdict: Verdict.True } && !sure.Contains(f.Rule) select Unsure(f, s.Quantity))
            .DistinctBy(f => f.Rule).ToList();
        return [.. findings.Where(f => !open.Exists(o => o.Rule == f.Rule)).Concat(open).OrderByDescending(f => f.Severity)];
    }

    private static Finding Unsure(Finding finding, string quantity) => finding with
    {
        Verdict = Verdict.Unknown,
        Reason = $"{LabHolds.CannotBeRead}: {finding.Reason}",
        Inputs = [.. finding.Inputs.Select(i => i.Name == quantity ? i with { Value = null } : i)],
    };

    /// <summary>
    /// As <see cref="Of"/>, and what each result that waits for its day, or for somebody to say whose it is, raises beside them, as if it had been collected when it was issued. It may raise a finding, and never clears one.
    /// </summary>
    /// <returns>Also the results that the finding of a rule rests on.</returns>
    public static (IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unreadable, Func<Finding, IReadOnlyList<LabResult>> RestsOn) WithWaiting(
        ClinicContext clinic, LabCase patient, IReadOnlyList<LabResult> results, LocalDate today)
    {
        var (findings, unreadable) = Of(clinic, patient, results, today);
        var others = new Dictionary<string, IReadOnlyList<LabResult>>(StringComparer.Ordinal);
        foreach (var waiting in patient.Unplaced.Where(static u => u.What.Result is not null))
        {
            IReadOnlyList<LabResult> with = [.. results, waiting.What.Result! with { CollectedOn = WaitingLabs.DayOf(clinic, waiting) }];
            var (more, unread) = Of(clinic, patient, with, today);
            foreach (var finding in more.Where(f => !findings.Any(k => k.Rule == f.Rule && (k.Verdict == Verdict.True || f.Verdict != Verdict.True))))
            {
                others[finding.Rule] = with;
            }

            findings = Merge(findings, more);
            unreadable = [.. unreadable.Union(unread, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        return (findings, unreadable, finding => others.GetValueOrDefault(finding.Rule) ?? results);
    }

    private static IReadOnlyList<Finding> Merge(IReadOnlyList<Finding> one, IReadOnlyList<Finding> other)
    {
        var merged = one.Select(f => other.FirstOrDefault(o => o.Rule == f.Rule) is { Verdict: Verdict.True } sure && f.Verdict != Verdict.True ? sure : f);
        return [.. merged.Concat(other.Where(o => one.All(f => f.Rule != o.Rule))).OrderByDescending(f => f.Severity)];
    }

    private static HashSet<(string, Verdict)> Rules(IEnumerable<Finding> findings) => [.. findings.Select(f => (f.Rule, f.Verdict))];
}
