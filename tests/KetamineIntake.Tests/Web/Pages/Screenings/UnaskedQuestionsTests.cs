using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>A question that changes nothing is not asked by the form; programs may still answer it.</summary>
public sealed class UnaskedQuestionsTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public async Task The_form_asks_none_of_them_and_has_no_page_for_them_alone()
    {
        var hidden = app.Protocol.Questionnaire.All.Where(i => i.Hidden).Select(i => i.LinkId).ToList();
        var (visitor, at) = await app.IntroducedAsync("female");
        var seen = new List<string>();
        while (at.Path != "/northside/review")
        {
            seen.Add(at.Path);
            Assert.DoesNotContain(hidden, h => at.Has(h) || at.Has(h + ":year"));
            at = await visitor.SubmitAsync(at, HealthyPatient.Fill(at));
        }

        Assert.Contains("/northside/form/mood", seen);
        Assert.DoesNotContain("/northside/form/pain", seen);
        Assert.DoesNotContain("How strong has your pain been", at.Text, StringComparison.Ordinal);
        Assert.NotEmpty(hidden);
    }

    [Fact]
    public async Task What_a_medicine_is_for_is_asked_beside_the_medicine()
    {
        var (visitor, at) = await app.IntroducedAsync();
        while (at.Path != "/northside/form/medicines")
        {
            at = await visitor.SubmitAsync(at, HealthyPatient.Fill(at));
        }

        Assert.True(at.Has("med.antipsychotic.for") && at.Has("med.lithium.for"));
        var answers = HealthyPatient.Fill(at);
        answers["med.classes"] = "lithium";
        answers["med.lithium.for"] = "bipolar";
        answers["med.antipsychotic.for"] = "sleep";
        var next = await visitor.SubmitAsync(at, answers);
        var back = await visitor.GetAsync("/northside/review");

        Assert.NotEqual(at.Path, next.Path);
        Assert.Contains("If you take lithium, what is it for?", back.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("If you take an antipsychotic", back.Text, StringComparison.Ordinal);
    }
}
