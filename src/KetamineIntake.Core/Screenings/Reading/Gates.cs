using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Which questions are asked, given the answers so far: an item is asked when its own conditions and those of every group around it hold.</summary>
public sealed class Gates
{
    private readonly Questionnaire questionnaire;
    private readonly Dictionary<string, QuestionnaireItem?> parents = new(StringComparer.Ordinal);

    public Gates(Questionnaire questionnaire)
    {
        this.questionnaire = questionnaire;
        foreach (var section in questionnaire.Sections)
        {
            Adopt(section, null);
        }
    }

    /// <summary>The innermost item, the question or a group around it, whose conditions do not hold; null when the question is asked.</summary>
    public QuestionnaireItem? ClosedBy(QuestionnaireItem item, Func<string, Answer?> find)
    {
        for (var at = item; at is not null; at = parents[at.LinkId])
        {
            if (!Holds(at, find))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Whether the gate's own answer is the one that this condition waits for.</summary>
    public bool IsMet(EnableWhen when, Func<string, Answer?> find) => find(when.Question) switch
    {
        Answer.Choice choice => choice.Code == when.Code,
        Answer.Choices choices => choices.Codes.Contains(when.Code, StringComparer.Ordinal),
        Answer.NotSure => when.Code == ItemCheck.NotSure,
        Answer.Number number => questionnaire.Find(when.Question)?.Codes.Any(c => c.Code == when.Code && c.Ordinal == number.Value) == true,
        _ => false,
    };

    private void Adopt(QuestionnaireItem item, QuestionnaireItem? parent)
    {
        parents[item.LinkId] = parent;
        foreach (var child in item.Items)
        {
            Adopt(child, item);
        }
    }

    private bool Holds(QuestionnaireItem item, Func<string, Answer?> find) =>
        item.EnableWhen.Count == 0
        || (item.EnableAll ? item.EnableWhen.All(w => IsMet(w, find)) : item.EnableWhen.Any(w => IsMet(w, find)));
}
