using System.Net;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>Answers that cannot be true together, in the form.</summary>
public sealed class AskedBackTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory]
    [InlineData("80", "120", true)]
    [InlineData("120", "120", true)]
    [InlineData("120", "119", false)]
    public async Task The_lower_pressure_is_lower(string upper, string lower, bool isAsked)
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/heart"), new Typed { ["cv.bpSys"] = upper, ["cv.bpDia"] = lower });
        Assert.Equal(isAsked, page.Status == HttpStatusCode.UnprocessableEntity);
        Assert.Equal(isAsked, page.Error("cv.bpDia") is not null);
        Assert.Equal(isAsked ? lower : null, isAsked ? page.Value("cv.bpDia") : null);
    }

    [Theory]
    [InlineData("heart", "cv.mi", "cv.mi.date", "1984", true)]
    [InlineData("heart", "cv.mi", "cv.mi.date", "1985", false)]
    [InlineData("brain", "neu.stroke", "neu.stroke.date", "1901", true)]
    [InlineData("brain", "neu.seizure", "neu.seizure.date", "1985", false)]
    [InlineData("brain", "neu.headInjury", "neu.headInjury.date", "1970", true)]
    public async Task Nothing_happened_before_birth(string section, string gate, string date, string year, bool isAsked)
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.SubmitAsync(await visitor.GetAsync($"/northside/form/{section}"), new Typed { [gate] = "yes", [date + ":year"] = year });
        Assert.Equal(isAsked, page.Error(date)?.Contains("before your date of birth", StringComparison.Ordinal) == true);
        Assert.Equal(isAsked ? "" : null, isAsked ? (await visitor.GetAsync($"/northside/form/{section}")).Value(date + ":year") : null);
    }

    [Fact]
    public async Task The_day_before_birth_is_asked_back_and_the_day_of_birth_is_not()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var heart = await visitor.GetAsync("/northside/form/heart");
        Assert.NotNull((await visitor.SubmitAsync(heart, Date("11"))).Error("cv.bpDate"));
        Assert.Null((await visitor.SubmitAsync(heart, Date("12"))).Error("cv.bpDate"));
    }

    [Fact]
    public async Task None_of_these_on_the_heart_list_answers_no_to_each_and_to_any_other_problem()
    {
        var (visitor, _) = await app.IntroducedAsync();
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/heart"), new Typed { ["group.cv:none"] = "none" });
        var heart = await visitor.GetAsync("/northside/form/heart");
        foreach (var item in new[] { "cv.htn", "cv.mi", "cv.aorticAneurysm", "cv.avm", "cv.pacemaker", "cv.any" })
        {
            Assert.Equal("no", heart.Value(item));
        }
    }

    [Fact]
    public async Task Who_does_not_drink_is_asked_no_more_about_drinking()
    {
        var (visitor, _) = await app.IntroducedAsync();
        var page = await visitor.GetAsync("/northside/form/substances");
        var next = await visitor.SubmitAsync(page, new Typed { ["sub.alcohol"] = "no", ["auditc.1"] = "3" });

        Assert.NotEqual(page.Path, next.Path);
        Assert.Equal("", (await visitor.GetAsync("/northside/form/substances")).Value("auditc.1"));
        Assert.DoesNotContain("six or more drinks", (await visitor.GetAsync("/northside/review")).Text, StringComparison.Ordinal);
    }

    private static Typed Date(string day) => new() { ["cv.bpDate:month"] = "4", ["cv.bpDate:day"] = day, ["cv.bpDate:year"] = "1985" };
}
