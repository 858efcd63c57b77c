using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Answers of a page that can each be read and cannot, or can hardly, be true together: they are asked back.</summary>
internal static class PageChecks
{
    /// <param name="answers">All of the draft with what the page says; what is asked back is taken out.</param>
    public static (AnswerSet Answers, IReadOnlyList<FieldError> Errors) AskBack(
        QuestionnaireItem section, FormFields fields, AnswerSet before, AnswerSet answers, Questionnaire questionnaire, LocalDate? born)
    {
        var onPage = Enablement.Inside(section).ToDictionary(i => i.LinkId, StringComparer.Ordinal);
        var errors = new List<FieldError>();
        foreach (var found in Contradiction.In(answers, questionnaire, born).Where(c => onPage.ContainsKey(c.LinkId)).ToList())
        {
            var item = onPage[found.LinkId];
            errors.Add(new FieldError(item.LinkId, FieldName.FocusId(item), Words(found, questionnaire), item.Text));
            answers = answers.With(item.LinkId, null);
            answers = found.Larger is null ? answers : answers.With(found.Larger, null);
        }

        return Size(onPage, fields, before, answers) is { } size
            ? (answers.With(size.Weight, null).With(size.Height, null), [.. errors, size.Error])
            : (answers, errors);
    }

    private static string Words(Contradiction found, Questionnaire questionnaire) => found.Larger is null
        ? "This is before your date of birth. Check the date."
        : $"This number must be lower than the one under “{questionnaire.Find(found.Larger)!.Text}”. Check both.";

    /// <summary>Weight and height that hardly go together, unless they are confirmed, or were before.</summary>
    private static (string Weight, string Height, FieldError Error)? Size(
        Dictionary<string, QuestionnaireItem> onPage, FormFields fields, AnswerSet before, AnswerSet answers)
    {
        var (weight, height) = (onPage.Values.FirstOrDefault(Measure.IsWeight), onPage.Values.FirstOrDefault(Measure.IsHeight));
        if (weight is null || height is null || answers.Find(weight.LinkId) is not Answer.Number kilograms || answers.Find(height.LinkId) is not Answer.Number centimeters)
        {
            return null;
        }

        var meters = centimeters.Value / 100;
        var index = kilograms.Value / (meters * meters);
        var isKnown = Equals(before.Find(weight.LinkId), kilograms) && Equals(before.Find(height.LinkId), centimeters);
        if (isKnown || fields.Text(FieldName.Sure(height.LinkId)).Length > 0 || !(index < height.AskBelow || index > height.AskAbove))
        {
            return null;
        }

        var message = $"You entered {Measure.Words(weight, kilograms.Value)} and {Measure.Words(height, centimeters.Value)}. If both are right, tick the box below. If not, change them.";
        return (weight.LinkId, height.LinkId, new FieldError(height.LinkId, FieldName.FocusId(height), message));
    }
}
