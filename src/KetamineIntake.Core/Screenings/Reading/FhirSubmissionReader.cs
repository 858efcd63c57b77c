using System.Text.Json;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Reads a FHIR R4 QuestionnaireResponse. Faults point into the FHIR document.</summary>
public static class FhirSubmissionReader
{
    /// <summary>The elements of the R4 resource that may stand beside the answers; they are neither needed nor kept.</summary>
    private static readonly string[] Ignored =
    [
        "id", "meta", "language", "text", "contained", "extension", "identifier", "basedOn", "partOf", "subject", "encounter", "authored", "author", "source",
    ];

    /// <summary>A correction of what was sent before: a new version, which stands beside the earlier one until staff have looked.</summary>
    private const string Amended = "amended";

    /// <param name="today">The clinic's day.</param>
    public static SubmissionReading Read(JsonElement root, Questionnaire questionnaire, LocalDate today) => Strictly(root, questionnaire, today).Heed(root, questionnaire, today);

    private static SubmissionReading Strictly(JsonElement root, Questionnaire questionnaire, LocalDate today)
    {
        var faults = new List<FieldFault>();
        if (FhirElement.Members(root, "", faults, ["resourceType", "questionnaire", "status", "item", .. Ignored]) is not { } members)
        {
            return new SubmissionReading(null, [new FieldFault("", "must be a QuestionnaireResponse")]);
        }

        Expect(members, "resourceType", faults, "QuestionnaireResponse");
        var earlier = questionnaire.Earlier.Select(version => $"{questionnaire.Url}|{version}").ToArray();
        var answered = Expect(members, "questionnaire", faults, [questionnaire.Canonical, questionnaire.Url, .. earlier]);
        var status = Expect(members, "status", faults, "completed", Amended);

        var items = new FhirItems(questionnaire, faults);
        if (members.TryGetValue("item", out var item))
        {
            items.Collect(item, "/item");
        }

        var patient = PatientReader.Read(items.PatientFields, items.PathOfPatientField, today);
        var answers = AnswerReader.Read(items.Answers, questionnaire, today, linkId => $"the item {linkId}");
        var unclear = answers.Unclear.Union(items.Unclear, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return SubmissionReading.Of(
            patient, answers with { Unclear = unclear }, questionnaire, items.Confirmed, faults,
            read => read with { Questionnaire = earlier.FirstOrDefault(e => e == answered), IsAmended = status == Amended });
    }

    private static string? Expect(Dictionary<string, JsonElement> members, string name, List<FieldFault> faults, params string[] allowed)
    {
        var isThere = members.TryGetValue(name, out var value);
        if (!isThere || value.ValueKind != JsonValueKind.String || !allowed.Contains(value.GetString(), StringComparer.Ordinal))
        {
            faults.Add(new FieldFault("/" + name, $"{(isThere ? "" : "is required: ")}must be {string.Join(" or ", allowed.Select(a => $"\"{a}\""))}"));
            return null;
        }

        return value.GetString();
    }
}
