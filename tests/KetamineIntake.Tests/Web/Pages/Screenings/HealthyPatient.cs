using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>Fills in each page as the healthy patient of the domain reference would: no to every history question.</summary>
internal static class HealthyPatient
{
    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["ind.primary"] = "MDD",
        ["ind.trials"] = "2",
        ["ind.therapyTried"] = "yes",
        ["log.escort"] = "yes",
        ["med.classes"] = "none",
        ["pain.intensity"] = "0",
    };

    /// <summary>From the page at hand to the review page; every page in between once.</summary>
    public static async Task<(Page Review, IReadOnlyList<string> Paths)> FinishAsync(Visitor visitor, Page page)
    {
        var paths = new List<string>();
        while (page.Path != "/northside/review")
        {
            Assert.True(paths.Count < 30, "The form does not end.");
            paths.Add(page.Path);
            page = await visitor.SubmitAsync(page, Fill(page));
        }

        return (page, paths);
    }

    public static Typed Fill(Page page)
    {
        var typed = new Typed();
        foreach (var (name, value) in Answers.Where(a => page.Has(a.Key)))
        {
            typed[name] = value;
        }

        foreach (var group in Visible(page).GroupBy(r => r.Name!).Where(g => !typed.ContainsKey(g.Key)))
        {
            var values = group.Select(r => r.Value).ToList();
            typed[group.Key] = values.Contains("no") ? "no" : values[0];
        }

        return typed;
    }

    /// <summary>Follow-up questions stay blank: their conditions do not hold.</summary>
    private static IEnumerable<IHtmlInputElement> Visible(Page page) =>
        page.Html.QuerySelectorAll<IHtmlInputElement>("main input[type=radio]").Where(r => r.Closest(".follow") is null);
}
