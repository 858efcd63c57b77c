using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>
/// An answer of suicide risk, or of an emergency, to a question that the answers before it do not call for. It cannot be stored there, and it must not be dropped without a word:
/// browsers that cannot hide the question show it to everybody.
/// </summary>
/// <param name="Urgency">Whose words and numbers are shown with it.</param>
/// <param name="Emergency">The rule by which it can be an emergency.</param>
/// <param name="IsContradicted">Every question before it was answered, and none calls for it. Otherwise one was skipped.</param>
internal sealed record UnheardRisk(QuestionnaireItem Item, Urgency Urgency, Rule? Emergency, bool IsContradicted, FieldError Error)
{
    /// <param name="answers">What is stored of the page; what was said beyond it is unheard.</param>
    public static UnheardRisk? Find(Protocol protocol, IEnumerable<(QuestionnaireItem Item, Answer? Said)> page, AnswerSet answers)
    {
        var unheard = page.Where(p => p.Said is not (null or Answer.Choice { Code: "no" }) && answers.Find(p.Item.LinkId) is null)
            .Select(p => (p.Item, Urgency: protocol.Rules.UrgencyOf(p.Item.LinkId), Emergency: Core.Screenings.Emergency.CanBeOne(p.Said) ? protocol.Rules.EmergencyOf(p.Item.LinkId) : null))
            .FirstOrDefault(p => (p.Urgency >= Urgency.High || p.Emergency is not null) && p.Item.EnableWhen.Count > 0);
        return unheard.Item is null ? null : Of(protocol.Questionnaire, unheard, answers);
    }

    private static UnheardRisk Of(Questionnaire questionnaire, (QuestionnaireItem Item, Urgency Urgency, Rule? Emergency) unheard, AnswerSet answers)
    {
        var item = unheard.Item;
        var gates = item.EnableWhen.Select(w => questionnaire.Find(w.Question)).OfType<QuestionnaireItem>().ToList();
        var skipped = gates.Find(g => answers.Find(g.LinkId) is null);
        return new UnheardRisk(item, unheard.Urgency, unheard.Emergency, skipped is null, new FieldError(item.LinkId, FieldName.FocusId(skipped ?? gates[0]), new FaultWords(skipped is null ? "unheard.contradicted" : "unheard.skipped"), item));
    }
}
