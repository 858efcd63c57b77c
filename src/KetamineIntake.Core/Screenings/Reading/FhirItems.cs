using System.Text.Json;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>
/// Walks the items of a QuestionnaireResponse and collects the answers by linkId. How deep an item is nested does not matter: a linkId names one
/// question wherever it stands, and may stand there once.
/// </summary>
internal sealed class FhirItems(Questionnaire questionnaire, List<FieldFault> faults)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RawAnswer> patient = new(StringComparer.Ordinal);
    private readonly List<RawAnswer> answers = [];

    public IReadOnlyList<RawAnswer> Answers => answers;

    public CodedWords Words => questionnaire.Reading.Coded;

    /// <summary>Questions to which something was said that could not be read.</summary>
    public HashSet<string> Unclear { get; } = new(StringComparer.Ordinal);

    /// <summary>Questions whose value looks mistaken and is meant.</summary>
    public HashSet<string> Confirmed { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, RawValue> PatientFields => patient.ToDictionary(p => p.Key, p => p.Value.Value, StringComparer.Ordinal);

    public string PathOfPatientField(string field) => patient.TryGetValue(field, out var found) ? found.Pointer : "/item";

    public void Collect(JsonElement items, string pointer)
    {
        if (items.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new FieldFault(pointer, "must be an array"));
            return;
        }

        foreach (var (item, index) in items.EnumerateArray().Select((item, index) => (item, index)))
        {
            CollectOne(item, JsonPointer.Append(pointer, index));
        }
    }

    private void CollectOne(JsonElement item, string pointer)
    {
        if (FhirElement.Members(item, pointer, faults, "id", "extension", "linkId", "definition", "text", "answer", "item") is not { } members)
        {
            return;
        }

        if (ConfirmationIn(members) is { } confirmed)
        {
            Confirmed.UnionWith(confirmed);
        }
        else if (QuestionOf(members, pointer) is { } question && members.TryGetValue("answer", out var given))
        {
            CollectAnswers(question, given, JsonPointer.Append(pointer, "answer"));
        }

        if (members.TryGetValue("item", out var nested))
        {
            Collect(nested, JsonPointer.Append(pointer, "item"));
        }
    }

    /// <summary>The item that only the published questionnaire has: a yes confirms whatever can look mistaken. Null for any other item.</summary>
    private IEnumerable<string>? ConfirmationIn(Dictionary<string, JsonElement> members)
    {
        var linkId = members.TryGetValue("linkId", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        if (!linkId.EndsWith(FhirTerms.ConfirmLinkId, StringComparison.Ordinal) || questionnaire.Find(linkId[..^FhirTerms.ConfirmLinkId.Length]) is not { BmiAskAbove: not null })
        {
            return null;
        }

        var isYes = members.TryGetValue("answer", out var given) && given.ValueKind == JsonValueKind.Array
            && given.EnumerateArray().Any(a => a.Member("valueBoolean") is { ValueKind: JsonValueKind.True } || a.Member("valueCoding").Text("code") == "yes");
        return isYes ? questionnaire.All.Where(i => i.BmiAskAbove is not null || i.AskAbove is not null).Select(i => i.LinkId) : [];
    }

    private QuestionnaireItem? QuestionOf(Dictionary<string, JsonElement> members, string pointer)
    {
        var linkId = members.TryGetValue("linkId", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        var question = linkId is null ? null : questionnaire.Find(linkId);
        var fault = linkId is null ? "is required and must be text"
            : question is null ? "is not a question of this questionnaire"
            : seen.Add(linkId) ? null
            : "stands in this response twice";
        if (fault is null)
        {
            return question;
        }

        if (question is not null)
        {
            Unclear.Add(question.LinkId);
        }

        faults.Add(new FieldFault(JsonPointer.Append(pointer, "linkId"), fault));
        return null;
    }

    private void CollectAnswers(QuestionnaireItem question, JsonElement given, string pointer)
    {
        if (given.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new FieldFault(pointer, "must be an array"));
            Unclear.Add(question.LinkId);
            return;
        }

        var values = new List<RawValue>();
        foreach (var (answer, index) in given.EnumerateArray().Select((answer, index) => (answer, index)))
        {
            var place = JsonPointer.Append(pointer, index);
            if (FhirAnswer.Read(question, answer, place, faults, this) is { } value)
            {
                values.Add(value);
            }
        }

        if (values.Count < given.GetArrayLength())
        {
            Unclear.Add(question.LinkId);
        }

        // An answer that could not be read has been named; the rest of a half-read list must not pass for the whole.
        if (values.Count > 0 && values.Count == given.GetArrayLength())
        {
            Keep(question, values, pointer);
        }
    }

    private void Keep(QuestionnaireItem question, List<RawValue> values, string pointer)
    {
        var isOne = values.Count == 1 && !question.Repeats;
        var answer = new RawAnswer(question.LinkId, isOne ? JsonPointer.Append(pointer, 0) : pointer, isOne ? values[0] : new RawValue.Sequence(values));
        if (question.Identity && PatientReader.FieldOfItem.TryGetValue(question.LinkId, out var field))
        {
            patient[field] = answer;
        }
        else
        {
            answers.Add(answer);
        }
    }
}
