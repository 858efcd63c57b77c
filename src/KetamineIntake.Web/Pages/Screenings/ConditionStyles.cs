using System.Text;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>
/// The style sheet that hides a question until an answer on the same page calls for it. It follows from the questionnaire alone.
/// A browser without :has() shows the question with its condition in words; the server drops an answer that does not count.
/// </summary>
internal static class ConditionStyles
{
    public static string Write(Questionnaire questionnaire)
    {
        var enablement = new Enablement(questionnaire);
        var css = new StringBuilder("@supports selector(:has(*)) {\n.when { display: none; }\n");
        foreach (var item in questionnaire.All.Where(i => !i.Hidden))
        {
            var conditional = Enablement.Conditional(item);
            var gates = conditional.EnableWhen.Where(c => enablement.IsOnSamePage(item, c)).Select(Checked).ToList();
            if (gates.Count > 0)
            {
                IEnumerable<string> unmet = conditional.EnableAll ? gates : [string.Join(", ", gates)];
                var selectors = unmet.Select(gate => $"form:not(:has({gate})) #{FieldName.WrapId(item.LinkId)}.follow");
                css.Append(string.Join(",\n", selectors)).Append(" { display: none; }\n");
            }
        }

        return css.Append("}\n").ToString();
    }

    private static string Checked(EnableWhen condition) => $"#{FieldName.OptionId(condition.Question, condition.Code)}:checked";
}
