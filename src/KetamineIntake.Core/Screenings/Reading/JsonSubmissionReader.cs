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
    private const string Confirmed = "confirmed";

    /// <param name="today">The clinic's day.</param>
    public static SubmissionReading Read(JsonElement root, Questionnaire questionnaire, LocalDate today) => Strictly(root, questionnaire, today).Heed(root, questionnaire, today);

    private static SubmissionReading Strictly(JsonElement root, Questionnaire questionnaire, LocalDate today)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new SubmissionReading(null, [new FieldFault("", "must be an object with \"patient\" and \"answers\"")]);
        }

        if (root.TryGetProperty("resourceType", out _))
        {
            // What it says is heard all the same: somebody may be in danger.
            return FhirSubmissionReader.Read(root, questionnaire, today).Refused([new FieldFault("/resourceType", "makes this a FHIR resource: send it with Content-Type application/fhir+json")]);
        }

        var faults = new List<FieldFault>();
        var members = JsonValues.Members(root, "", faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(name => name is not ("patient" or "answers" or Confirmed))
            .Select(name => new FieldFault(JsonPointer.Append("", name), "is not part of a screening")));
        var patient = ReadPatient(ObjectIn(members, "patient", faults), today, faults);
        var answers = ReadAnswers(ObjectIn(members, "answers", faults), questionnaire, today, faults);
        var confirmed = ReadConfirmed(members.GetValueOrDefault(Confirmed), questionnaire, faults);
        return SubmissionReading.Of(patient, answers with { Unclear = answers.Unclear.Union(Repeated(members), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal) }, questionnaire, confirmed, faults);
    }

    /// <summary>What was said twice was read once: the other one may be the one that is meant.</summary>
    private static IEnumerable<string> Repeated(Dictionary<string, JsonElement> members) =>
        members.GetValueOrDefault("answers") is { ValueKind: JsonValueKind.Object } answers
            ? answers.EnumerateObject().GroupBy(a => a.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)
            : [];

    /// <summary>linkIds of values that look mistaken and are meant.</summary>
    private static HashSet<string> ReadConfirmed(JsonElement given, Questionnaire questionnaire, List<FieldFault> faults)
    {
        if (given.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        var names = given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.String ? n.GetString() : null).ToList() : [null];
        if (names.TrueForAll(n => n is not null && questionnaire.Find(n) is not null))
        {
            return names.OfType<string>().ToHashSet(StringComparer.Ordinal);
        }

        faults.Add(new FieldFault("/" + Confirmed, "must be an array of questions of this questionnaire, such as [\"dem.weightKg\"]"));
        return [];
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
