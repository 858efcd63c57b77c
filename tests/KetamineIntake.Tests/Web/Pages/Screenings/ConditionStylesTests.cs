using System.Text.RegularExpressions;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Pages.Screenings;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

public sealed partial class ConditionStylesTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public void Any_of_several_answers_shows_the_question()
    {
        var css = ConditionStyles.Write(app.Protocol.Questionnaire);
        Assert.Contains(
            "form:not(:has(#cv-mi--yes:checked, #cv-mi--not-sure:checked)) #q-cv-mi-date.follow { display: none; }", css, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_whose_questions_share_a_condition_goes_with_them() =>
        Assert.Contains("#q-group-pcptsd5.follow { display: none; }", ConditionStyles.Write(app.Protocol.Questionnaire), StringComparison.Ordinal);

    [Fact]
    public async Task Every_element_that_the_sheet_names_is_on_its_page()
    {
        var (visitor, _) = await app.IntroducedAsync("female");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in app.Protocol.Questionnaire.Sections)
        {
            var page = await visitor.GetAsync("/northside/form/" + section.LinkId["section.".Length..]);
            var onPage = page.Html.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
            Assert.Equal(onPage.Count, onPage.Distinct(StringComparer.Ordinal).Count());
            ids.UnionWith(onPage);
        }

        var named = Names().Matches(ConditionStyles.Write(app.Protocol.Questionnaire)).Select(m => m.Groups["id"].Value).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(ids, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_sheet_a_follow_up_says_when_it_counts()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var when = (await visitor.GetAsync("/northside/form/heart")).Html.QuerySelector("#q-cv-mi-date .when")!;
        Assert.Equal("Only if: “A heart attack” is “Yes” or “I'm not sure”", when.TextContent);
    }

    [Fact]
    public async Task Assets_may_be_kept_for_ever_and_pages_never()
    {
        var page = await app.Client.GetAsync("/northside");
        Assert.Contains("no-store", page.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var sheet = Sheet().Match(await page.Content.ReadAsStringAsync()).Value;
        var asset = await app.Client.GetAsync(sheet);
        Assert.Equal("text/css", asset.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Logged, line => line.Contains("overridden", StringComparison.Ordinal));
    }

    [GeneratedRegex("#(?<id>[A-Za-z0-9-]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Names();

    [GeneratedRegex("/assets/site\\.[0-9a-f]{16}\\.css", RegexOptions.NonBacktracking)]
    private static partial Regex Sheet();
}
