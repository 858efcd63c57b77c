using System.Security.Cryptography;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Reminders;

/// <summary>Who must not read fasting times before a clinician has planned them, and whether that was done.</summary>
/// <param name="IsNeeded">A rule that asks to call first cannot be ruled out, or a clinician asks for it.</param>
/// <param name="IsOnFile">A plan was recorded, and no medicine has changed since.</param>
/// <param name="PlansAlcohol">A rule that asks to call first because of alcohol cannot be ruled out.</param>
internal sealed record FastingGuard(bool IsNeeded, bool IsOnFile, bool PlansAlcohol)
{
    // All that is asked about medicines, by the questionnaire's link ids.
    private const string Medicines = "med.";

    public static FastingGuard Of(ClinicContext clinic, IReadOnlyList<StoredScreening> screenings, PreparationOrders orders) => new(
        MayHarm(clinic, screenings, clinic.Rules.CallFirst) || clinic.Rules.CallFirst.Count == 0 || orders.FastingPlanNeeded == true,
        orders.FastingPlanOnFile && !IsVoid(clinic, screenings, orders),
        MayHarm(clinic, screenings, clinic.Rules.CallFirstForAlcohol));

    /// <summary>
    /// What the latest answers say about medicines and whatever else asks to call first; null without answers. Kept with a plan, which is void once it differs.
    /// </summary>
    public static string? MedicinesOf(ClinicContext clinic, IReadOnlyList<StoredScreening> screenings)
    {
        if (screenings.MaxBy(s => s.ReceivedAt) is not { } latest)
        {
            return null;
        }

        var asked = clinic.Protocol.Rules.Rules.Where(r => r.CallFirst).SelectMany(r => GateCheck.Subjects(r.When)).Where(s => s is Subject.Item).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var answers = latest.Answers.All.Where(a => a.Key.StartsWith(Medicines, StringComparison.Ordinal) || asked.Contains(a.Key));
        return Convert.ToHexStringLower(SHA256.HashData(RecordJson.Write(new AnswerSet(new Dictionary<string, Answer>(answers, StringComparer.Ordinal))).Span));
    }

    /// <summary>
    /// True unless the latest answers rule it out: what was not asked, skipped or not sure is never no. Judged by the answers themselves, because a question that was skipped is no finding.
    /// </summary>
    private static bool MayHarm(ClinicContext clinic, IReadOnlyList<StoredScreening> screenings, IReadOnlyList<string> rules) => rules.Count > 0
        && (screenings.MaxBy(s => s.ReceivedAt) is not { } latest
            || screenings.Any(s => s.Result.Findings.Any(f => rules.Contains(f.Rule, StringComparer.Ordinal)))
            || rules.Any(r => clinic.Rules.VerdictOf(r, ClinicScreening.FactsOf(clinic, latest)) != Verdict.False));

    // A plan from before that was kept holds until anything was answered after it.
    private static bool IsVoid(ClinicContext clinic, IReadOnlyList<StoredScreening> screenings, PreparationOrders orders) =>
        orders.Medicines is { } planned ? planned != MedicinesOf(clinic, screenings) : screenings.Any(s => s.ReceivedAt > orders.At);
}
