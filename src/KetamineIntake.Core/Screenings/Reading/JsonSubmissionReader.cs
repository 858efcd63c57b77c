using System.Text.Json;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Reads the contract's own format: {"patient":{...},"answers":{linkId: value}}. Unknown and repeated members are faults.</summary>
public static class JsonSubmissionReader
{
    private const string Patient = "/patient";
    private const string Answers = "/answers";

    /// <param name="today">The clinic's day.</param>
    public static SubmissionReading Read(JsonElement root, Questionnaire questionnaire, LocalDate today)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new SubmissionReading(null, [new FieldFault("", "must be an object with \"patient\" and \"answers\"")]);
        }

        var faults = new List<FieldFault>();
        var members = JsonValues.Members(root, "", faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(name => name is not ("patient" or "answers"))
            .Select(name => new FieldFault(JsonPointer.Append("", name), "is not part of a screening")));
        var patient = ReadPatient(ObjectIn(members, "patient", faults), today, faults);
        var answers = ReadAnswers(ObjectIn(members, "answers", faults), questionnaire, today, faults);
        return SubmissionReading.Of(patient, answers, questionnaire, faults);
    }

    private static JsonElement? ObjectIn(Dictionary<string, JsonElement> members, string name, List<FieldFault> faults)
    {
        if (members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        faults.Add(new FieldFault("/" + name, members.ContainsKey(name) ? "must be an object" : "is required"));
        return null;
    }

    private static PatientReading ReadPatient(JsonElement? patient, LocalDate today, List<FieldFault> faults)
    {
        var fields = patient is { } given
            ? JsonValues.Members(given, Patient, faults).ToDictionary(m => m.Name, m => JsonValues.Of(m.Value), StringComparer.Ordinal)
            : [];
        return PatientReader.Read(fields, name => JsonPointer.Append(Patient, name), today);
    }

    private static AnswerReading ReadAnswers(JsonElement? answers, Questionnaire questionnaire, LocalDate today, List<FieldFault> faults) =>
        answers is { } given
            ? AnswerReader.Read(JsonValues.Answers(given, Answers, faults), questionnaire, today, linkId => JsonPointer.Append(Answers, linkId))
            : new AnswerReading(AnswerSet.Empty, [], linkId => JsonPointer.Append(Answers, linkId));
}
