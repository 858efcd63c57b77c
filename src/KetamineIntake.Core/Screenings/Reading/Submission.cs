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

    /// <summary>The sender says that it corrects an earlier one (FHIR "amended").</summary>
    public bool IsAmended { get; init; }

    /// <summary>SHA-256 (hex) over the content. The order of members, spaces and the format (JSON or FHIR) do not change it.</summary>
    public string Hash()
    {
        var parts = new List<string>
        {
            Patient.GivenName, Patient.FamilyName, Patient.BirthDate.ToString("uuuu-MM-dd", null), Patient.Phone,
            Patient.Email ?? "", Patient.TimeZone ?? "", Patient.Language, Patient.SmsConsent ? "yes" : "no",
        };
        parts.AddRange(new[] { Questionnaire, Patient.AskedLanguage, Patient.AskedTimeZone, IsAmended ? "amended" : null }.OfType<string>());

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
