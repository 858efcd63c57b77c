using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A questionnaire that was filled in, checked.</summary>
public sealed record Submission(PatientDetails Patient, AnswerSet Answers)
{
    /// <summary>url|version that was answered, where it is an earlier one than is asked now; else null.</summary>
    public string? Questionnaire { get; init; }

    /// <summary>SHA-256 (hex) over the content. The order of members, spaces and the format (JSON or FHIR) do not change it.</summary>
    public string Hash()
    {
        var parts = new List<string>
        {
            Patient.GivenName, Patient.FamilyName, Patient.BirthDate.ToString("uuuu-MM-dd", null), Patient.Phone,
            Patient.Email ?? "", Patient.TimeZone ?? "", Patient.Language, Patient.SmsConsent ? "yes" : "no",
        };
        if (Questionnaire is { } earlier)
        {
            parts.Add(earlier);
        }

        foreach (var (linkId, answer) in Answers.All)
        {
            parts.AddRange([linkId, answer.GetType().Name, .. ContentOf(answer)]);
        }

        // The length before each part keeps two different lists from running into the same text.
        var text = string.Concat(parts.Select(p => FormattableString.Invariant($"{p.Length}:{p}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static IEnumerable<string> ContentOf(Answer answer) => answer switch
    {
        Answer.Choice choice => [choice.Code],
        Answer.Choices choices => choices.Codes,
        Answer.Number number => [number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        Answer.Date date => [FormattableString.Invariant($"{date.Value.Year}-{date.Value.Month}-{date.Value.Day}")],
        Answer.Text text => [text.Value],
        _ => [],
    };
}

/// <summary>What a body turned out to hold. <paramref name="Submission"/> is null when there is any fault.</summary>
public sealed record SubmissionReading(Submission? Submission, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>More faults than any questionnaire has fields are a broken client or an attack: the list stops there.</summary>
    private const int MostFaults = 500;

    /// <summary>Joins what was read of patient and answers. Faults beyond the limit are counted, not listed.</summary>
    /// <param name="answered">The canonical of the earlier version that was answered; null for the one of today.</param>
    internal static SubmissionReading Of(
        PatientReading patient, AnswerReading answers, Questionnaire questionnaire, IEnumerable<FieldFault> others, string? answered = null)
    {
        List<FieldFault> faults = [.. others, .. patient.Faults, .. answers.Faults, .. answers.Contradictions(questionnaire, patient.Patient?.BirthDate)];
        if (faults.Count > MostFaults)
        {
            faults = [.. faults.Take(MostFaults), new FieldFault("", $"has {faults.Count - MostFaults} more faults")];
        }

        return new SubmissionReading(faults.Count == 0 ? new Submission(patient.Patient!, answers.Answers) { Questionnaire = answered } : null, faults);
    }
}
