using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>What stands in the fields of a form: as posted, or as stored answers would have been typed.</summary>
public sealed class FormFields
{
    private readonly Dictionary<string, StringValues> values;

    private FormFields(Dictionary<string, StringValues> values) => this.values = values;

    public static FormFields From(IFormCollection form) =>
        new(form.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));

    public static FormFields From(Questionnaire questionnaire, AnswerSet answers, PatientDetails? patient)
    {
        var typed = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (linkId, answer) in answers.All.Concat(patient is null ? [] : IdentityAnswers.Of(patient)))
        {
            if (questionnaire.Find(linkId) is { } item)
            {
                Put(typed, item, answer);
            }
        }

        return new FormFields(typed);
    }

    /// <summary>The text of a field; empty when there is none.</summary>
    public string Text(string name) => values.TryGetValue(name, out var value) ? value.ToString() : "";

    public IReadOnlyList<string> All(string name) =>
        values.TryGetValue(name, out var value) ? [.. value.OfType<string>().Where(v => v.Length > 0)] : [];

    /// <summary>The same with nothing in this field.</summary>
    public FormFields Without(string name) =>
        new(values.Where(v => v.Key != name).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal));

    public bool Holds(string name, string value) => All(name).Contains(value, StringComparer.Ordinal);

    private static void Put(Dictionary<string, StringValues> typed, QuestionnaireItem item, Answer answer)
    {
        var name = item.LinkId;
        switch (answer)
        {
            case Answer.NotSure when item.Type != ItemType.Choice:
                typed[FieldName.Unsure(name)] = FieldName.NotSure;
                break;
            case Answer.NotSure:
                typed[name] = FieldName.NotSure;
                break;
            case Answer.Choice choice:
                typed[name] = choice.Code;
                break;
            case Answer.Choices choices:
                typed[name] = choices.Codes.ToArray();
                break;
            case Answer.Number number when Measure.Is(item):
                foreach (var (box, text) in Measure.Fields(item, number.Value))
                {
                    typed[box] = text;
                }

                break;
            case Answer.Number number:
                typed[name] = item.Codes.FirstOrDefault(c => c.Ordinal == number.Value)?.Code ?? AnswerWords.Plain(number.Value);
                break;
            case Answer.Text text:
                typed[name] = text.Value;
                break;
            case Answer.Date { Value: var date }:
                typed[FieldName.Year(name)] = date.Year.ToString("0000");
                typed[FieldName.Month(name)] = date.Month?.ToString() ?? "";
                typed[FieldName.Day(name)] = date.Day?.ToString() ?? "";
                break;
        }
    }
}
