namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>A birth date typed into one box, or with the month as a word.</summary>
public sealed class TypedDatesTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory]
    [InlineData("3/14/1985", "", "")]
    [InlineData("", "", "14 March 1985")]
    [InlineData("14 de marzo de 1985", "", "")]
    [InlineData("marzo", "14", "1985")]
    [InlineData("Mar", "14", "1985")]
    public async Task Is_taken(string month, string day, string year) => Assert.Equal("/northside/form/safety", (await SendAsync(month, day, year)).Path);

    [Fact]
    public async Task Is_asked_back_where_it_can_be_two() =>
        Assert.Contains("This can be two dates: either number may be the month.", (await SendAsync("3/4/1985", "", "")).Text, StringComparison.Ordinal);

    private async Task<Page> SendAsync(string month, string day, string year)
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var typed = PagesApp.WhoIAm();
        (typed["dem.dob:month"], typed["dem.dob:day"], typed["dem.dob:year"]) = (month, day, year);
        return await visitor.SubmitAsync(about, typed);
    }
}
