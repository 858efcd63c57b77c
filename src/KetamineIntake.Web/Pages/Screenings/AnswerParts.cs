using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Questions that stand together, and the heading over them: “nightmares?” means little without “In the past month, have you…”.</summary>
internal sealed record AnswerPart(string? Heading, IReadOnlyList<QuestionnaireItem> Questions);

internal static class AnswerParts
{
    /// <summary>The section's questions that count, in order; one that is no longer asked only where it has an answer.</summary>
    public static IReadOnlyList<AnswerPart> Of(Enablement enablement, QuestionnaireItem section, AnswerSet answers)
    {
        var parts = new List<(string? Heading, List<QuestionnaireItem> Questions)> { (null, []) };
        Collect(section, null);
        return [.. parts.Select(p => new AnswerPart(p.Heading, p.Questions))];

        void Collect(QuestionnaireItem parent, string? heading)
        {
            foreach (var item in parent.Items)
            {
                if (Widgets.IsQuestion(item) && enablement.IsEnabled(item, answers) && (!item.Hidden || answers.Find(item.LinkId) is not null))
                {
                    if (parts[^1].Heading != heading)
                    {
                        parts.Add((heading, []));
                    }

                    parts[^1].Questions.Add(item);
                }

                Collect(item, item.Type == ItemType.Group ? item.Text : heading);
            }
        }
    }
}
