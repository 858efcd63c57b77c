using System.Text.Json;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>What could be understood of a form that is refused.</summary>
/// <param name="Patient">Names and phone are empty where they could not be read.</param>
/// <param name="Unclear">Questions to which something was said that cannot be read, or that contradicts the others.</param>
public sealed record HeardForm(PatientDetails Patient, AnswerSet Answers, IReadOnlySet<string> Unclear);

/// <summary>What a body turned out to hold. <paramref name="Submission"/> is null when there is any fault.</summary>
public sealed record SubmissionReading(Submission? Submission, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>More faults than any questionnaire has fields are a broken client or an attack: the list stops there.</summary>
    private const int MostFaults = 500;

    /// <summary>Null for a body that is no form at all.</summary>
    public HeardForm? Heard { get; init; }

    /// <summary>With what the body says besides, where it is refused: it will not be stored, and may tell of danger.</summary>
    internal SubmissionReading Heed(JsonElement root, Questionnaire questionnaire, LocalDate today) => Submission is not null
        ? this
        : this with { Heard = NearlyRight.Hear(Heard ?? new HeardForm(PatientReader.Read(new Dictionary<string, RawValue>(), name => name, today).Partial, AnswerSet.Empty, new HashSet<string>()), root, questionnaire, today) };

    /// <summary>The same, refused for other reasons.</summary>
    internal SubmissionReading Refused(IReadOnlyList<FieldFault> faults) => new(null, faults) { Heard = Heard };

    /// <summary>Joins what was read of patient and answers. Faults beyond the limit are counted, not listed.</summary>
    /// <param name="confirmed">linkIds of values that look mistaken and are meant.</param>
    /// <param name="about">What else the document says of itself, put on what could be read.</param>
    internal static SubmissionReading Of(
        PatientReading patient, AnswerReading answers, Questionnaire questionnaire, IReadOnlySet<string> confirmed, IEnumerable<FieldFault> others, Func<Submission, Submission>? about = null)
    {
        List<FieldFault> faults =
        [
            .. others, .. patient.Faults, .. answers.Faults, .. answers.Contradictions(questionnaire, patient.Patient?.BirthDate), .. Odd(answers, questionnaire, confirmed),
        ];
        if (faults.Count > MostFaults)
        {
            faults = [.. faults.Take(MostFaults), new FieldFault("", $"has {faults.Count - MostFaults} more faults")];
        }

        var submission = faults.Count == 0 ? new Submission(patient.Patient!, answers.Answers) : null;
        return new SubmissionReading(submission is null ? null : about?.Invoke(submission) ?? submission, faults)
        {
            Heard = new HeardForm(patient.Partial, answers.Answers, answers.Unclear),
        };
    }

    private static IEnumerable<FieldFault> Odd(AnswerReading answers, Questionnaire questionnaire, IReadOnlySet<string> confirmed) =>
        SizeCheck.In(answers.Answers, questionnaire) is { } odd && !confirmed.Contains(odd.LinkId) && !(odd.Weight is { } weight && confirmed.Contains(weight))
            ? [new FieldFault(answers.PathOf(odd.LinkId), odd.Detail) { Words = odd.Words }]
            : [];
}
