using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>What the rules of a clinic said of a patient when they were asked again. Kept so that staff hear of each change of rules once.</summary>
/// <param name="Rules">Ids of the findings that are at least a review, in any order.</param>
/// <param name="Missing">linkIds of questions that could still matter.</param>
internal sealed record Judged(string RuleSetHash, Outcome Outcome, Urgency Urgency, bool CallsFirst, IReadOnlyList<string> Rules, IReadOnlyList<string> Missing)
{
    public static Judged Of(string ruleSetHash, ScreeningResult result, bool callsFirst) => new(
        ruleSetHash, result.Outcome, result.Urgency, callsFirst, [.. result.Findings.Where(f => f.Severity >= Severity.Review).Select(f => f.Rule)], result.Missing);
}

/// <summary>
/// After the rules have changed, whoever has a visit ahead is judged again by the answers of their last screening. The screening itself stays as it was
/// judged; staff get a note where it would be worse now, where questions are open that were not asked then, and where the patient has to call first and did not before.
/// </summary>
internal static class JudgedAgain
{
    private const int MostNamed = 4;

    /// <summary>Empty when the rules are those of the last judgement, or nothing is ahead.</summary>
    public static IReadOnlyList<Change> Changes(ClinicContext clinic, PatientVisits visits, Instant now)
    {
        var ahead = visits.Appointments.Select(a => a.Value).Where(a => a.IsAhead(now)).OrderBy(a => a.StartsAt).ToList();
        if (!visits.IsJudgedByOtherRules || visits.Screening is not { } screening || ahead.Count == 0)
        {
            return [];
        }

        var result = Rescreen.Replay(clinic, screening);
        var before = visits.JudgedAgain?.Value ?? Before(clinic, screening);
        var after = Judged.Of(clinic.Rules.Hash, result, ahead.Exists(visits.PlansFirst));
        var body = RecordJson.Write(after);
        Change kept = visits.JudgedAgain is { } stored
            ? new Change.Replace(stored.Row.Key, body, stored.Row.ETag)
            : new Change.Insert(Rows.Judged(visits.Patient.Id), body);
        var words = Words(before, after, result);
        return words.Count == 0 ? [kept] :
        [
            kept,
            new StaffNote(RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [visits.Patient.Id], Sentence(words, screening, ahead.ConvertAll(a => a.Start))).Insert(),
        ];
    }

    /// <summary>What a screening said when it was judged.</summary>
    internal static Judged Before(ClinicContext clinic, StoredScreening screening) =>
        Judged.Of(screening.RuleSetHash, screening.Result, screening.Result.Findings.Any(f => clinic.Rules.CallFirst.Contains(f.Rule, StringComparer.Ordinal)));

    /// <summary>What is worse than before, in words; empty when nothing is.</summary>
    internal static IReadOnlyList<string> Words(Judged before, Judged after, ScreeningResult result)
    {
        var words = new List<string>();
        if (after.Outcome > before.Outcome)
        {
            words.Add($"{Screenings.Words.Of(after.Outcome)} (was {Screenings.Words.Of(before.Outcome)})");
        }

        if (after.Urgency > before.Urgency)
        {
            words.Add($"urgency {Screenings.Words.Of(after.Urgency)} (was {Screenings.Words.Of(before.Urgency)})");
        }

        var found = result.Findings.Where(f => f.Severity >= Severity.Review && !before.Rules.Contains(f.Rule, StringComparer.Ordinal)).ToList();
        words.AddRange(found.Take(MostNamed).Select(f => $"{f.Rule}: {f.Reason.TrimEnd('.')}"));
        if (found.Count > MostNamed)
        {
            words.Add($"{found.Count - MostNamed} more findings");
        }

        var open = after.Missing.Except(before.Missing, StringComparer.Ordinal).Count();
        if (open > 0)
        {
            words.Add($"{open} {(open == 1 ? "question is" : "questions are")} open that {(open == 1 ? "was" : "were")} not before");
        }

        if (after.CallsFirst && !before.CallsFirst)
        {
            words.Add("call first: no text names food or drink times until a plan is on file");
        }

        return words;
    }

    private static string Sentence(IEnumerable<string> words, StoredScreening screening, IEnumerable<LocalDateTime> visits)
    {
        var days = string.Join(", ", visits.Select(v => v.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        var answered = screening.JudgedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        return $"The screening rules have changed, and the answers of {answered} were judged again: {string.Join("; ", words)}. Booked: {days}. Please look at the referral and call.";
    }
}
