using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Which questions the answers so far call for.</summary>
public sealed class Enablement
{
    private readonly Dictionary<string, string> sections = new(StringComparer.Ordinal);
    private readonly Questionnaire questionnaire;
    private readonly Gates gates;

    public Enablement(Questionnaire questionnaire)
    {
        this.questionnaire = questionnaire;
        gates = new Gates(questionnaire);
        foreach (var section in questionnaire.Sections)
        {
            Place(section, section.LinkId);
        }
    }

    public Questionnaire Questionnaire => questionnaire;

    /// <summary>The linkId of the section (a page of the form) that holds the item.</summary>
    public string SectionOf(string linkId) => sections[linkId];

    /// <summary>Whether the item's conditions, and those of the groups around it, hold.</summary>
    public bool IsEnabled(QuestionnaireItem item, AnswerSet answers) =>
        gates.ClosedBy(item, answers.Find) is null;

    /// <summary>Whether the page shows the item: it is still asked, and its conditions hold, or could come to hold by an answer on the same page.</summary>
    public bool IsShown(QuestionnaireItem item, AnswerSet answers) =>
        !item.Hidden && Holds(Conditional(item), condition => gates.IsMet(condition, answers.Find) || CanBeMetOnPage(item, condition, answers));

    /// <summary>Whether answers on the same page decide if the item counts; the style sheet then hides it meanwhile.</summary>
    public bool DependsOnPage(QuestionnaireItem item, AnswerSet answers) =>
        Conditional(item).EnableWhen.Any(c => IsOnSamePage(item, c))
        && !Holds(Conditional(item), condition => !IsOnSamePage(item, condition) && gates.IsMet(condition, answers.Find));

    public bool IsOnSamePage(QuestionnaireItem item, EnableWhen condition) =>
        sections.TryGetValue(condition.Question, out var page) && page == sections[item.LinkId];

    /// <summary>Without the answers to questions that the other answers do not call for.</summary>
    public AnswerSet Prune(AnswerSet answers)
    {
        while (answers.All.Select(a => questionnaire.Find(a.Key)).FirstOrDefault(i => i is not null && !IsEnabled(i, answers)) is { } idle)
        {
            answers = answers.With(idle.LinkId, null);
        }

        return answers;
    }

    /// <summary>The section's questions that count now, in order.</summary>
    public IEnumerable<QuestionnaireItem> Questions(QuestionnaireItem section, AnswerSet answers) =>
        Inside(section).Where(i => Widgets.IsQuestion(i) && !i.Hidden && IsEnabled(i, answers));

    public static IEnumerable<QuestionnaireItem> Inside(QuestionnaireItem item) =>
        item.Items.SelectMany(i => Inside(i).Prepend(i));

    private bool CanBeMetOnPage(QuestionnaireItem item, EnableWhen condition, AnswerSet answers) =>
        IsOnSamePage(item, condition) && questionnaire.Find(condition.Question) is { } gate && IsShown(gate, answers);

    /// <summary>The item whose conditions decide: the item itself, or for a group without its own the one condition that all its questions share.</summary>
    public static QuestionnaireItem Conditional(QuestionnaireItem item) =>
        item is { Type: ItemType.Group, EnableWhen.Count: 0, Items: [{ EnableWhen.Count: > 0 } first, ..] }
        && item.Items.All(i => i.EnableAll == first.EnableAll && i.EnableWhen.SequenceEqual(first.EnableWhen))
            ? first
            : item;

    private static bool Holds(QuestionnaireItem item, Func<EnableWhen, bool> met) =>
        item.EnableWhen.Count == 0 || (item.EnableAll ? item.EnableWhen.All(met) : item.EnableWhen.Any(met));

    private void Place(QuestionnaireItem item, string section)
    {
        sections[item.LinkId] = section;
        foreach (var child in item.Items)
        {
            Place(child, section);
        }
    }
}
