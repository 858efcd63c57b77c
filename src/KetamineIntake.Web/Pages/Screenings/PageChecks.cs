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
            errors.Add(new FieldError(item.LinkId, FieldName.FocusId(item), found.Words(questionnaire), item));
            answers = answers.With(item.LinkId, null);
            answers = found.Larger is null ? answers : answers.With(found.Larger, null);
        }

        return Size(onPage, fields, before, answers, questionnaire) is { } size
            ? (Without(answers, size.Odd.Weight, size.Odd.Height), [.. errors, size.Error])
            : (answers, errors);
    }

    private static AnswerSet Without(AnswerSet answers, params ReadOnlySpan<string?> linkIds)
    {
        foreach (var linkId in linkIds)
        {
            answers = linkId is null ? answers : answers.With(linkId, null);
        }

        return answers;
    }

    /// <summary>Weight and height that hardly go together, or one that is hardly anybody's, unless they are confirmed, or were before.</summary>
    private static (SizeCheck Odd, FieldError Error)? Size(
        Dictionary<string, QuestionnaireItem> onPage, FormFields fields, AnswerSet before, AnswerSet answers, Questionnaire questionnaire)
    {
        if (SizeCheck.In(answers, questionnaire) is not { } odd || !onPage.TryGetValue(odd.LinkId, out var asked))
        {
            return null;
        }

        var items = new[] { odd.Weight, odd.Height }.OfType<string>().Select(linkId => onPage[linkId]).ToList();
        var isKnown = new[] { odd.Weight, odd.Height }.OfType<string>().All(linkId => Equals(before.Find(linkId), answers.Find(linkId)));
        if (isKnown || fields.Text(FieldName.Sure(odd.LinkId)).Length > 0)
        {
            return null;
        }

        var said = items.ConvertAll(i => Measure.Words(i, ((Answer.Number)answers.Find(i.LinkId)!).Value));
        FaultWords words = said is [var weight, var height] ? new("measure.askTwo", ("weight", weight), ("height", height)) : new("measure.askOne", ("value", said[0]));
        return (odd, new FieldError(asked.LinkId, FieldName.FocusId(asked), words));
    }
}
