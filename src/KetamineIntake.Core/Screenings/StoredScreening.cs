using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
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
    ScreeningResult Result);

/// <summary>What a patient may see of a screening.</summary>
public sealed record ScreeningReceipt(
    string Id,
    Outcome Outcome,
    Urgency Urgency,
    string Message,
    IReadOnlyList<Resource> Resources,
    IReadOnlyList<string> Missing,
    string ReferralId)
{
    /// <summary>What the fired rules say to the patient, worst first, each sentence once. Nothing is said of rules that are merely not ruled out.</summary>
    public IReadOnlyList<string> Notes
    {
        get;

        // A receipt that was stored without notes is read as null.
        init => field = value ?? [];
    } = [];

    /// <summary>The words and the numbers to call that fit outcome and urgency; crisis help first where due.</summary>
    public static ScreeningReceipt For(StoredScreening screening, Urgency urgency, ClinicContext clinic)
    {
        var texts = clinic.Protocol.Texts;
        var message = texts.Messages[urgency == Urgency.None ? Words.Of(screening.Result.Outcome) : Words.Of(urgency)];
        var resources = new List<Resource>();
        if (urgency != Urgency.None)
        {
            resources.AddRange(texts.Resources[Words.Of(urgency)]);
        }

        resources.Add(new Resource(clinic.Clinic.Name, clinic.Clinic.Phone, null));
        resources.AddRange(texts.Resources["always"].Except(resources));
        return new ScreeningReceipt(screening.Id, screening.Result.Outcome, urgency, message, resources, screening.Result.Missing, screening.ReferralId)
        {
            Notes = NotesOn(screening.Result, clinic.Protocol.Rules),
        };
    }

    private static List<string> NotesOn(ScreeningResult result, RuleBook book)
    {
        var words = book.Rules.ToDictionary(r => r.Id, r => r.PatientText, StringComparer.Ordinal);
        return [.. result.Findings
            .Where(f => f.Verdict == Verdict.True)
            .Select(f => words.GetValueOrDefault(f.Rule))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)];
    }
}
