using System.Net;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>The filled box says which unit is meant, both are shown back, and what hardly goes together is asked back.</summary>
public sealed class WeightAndHeightTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory]
    [InlineData("dem.weightKg:lb", "170", "170 lb (77.1 kg)")]
    [InlineData("dem.weightKg:lb", "170.5", "170.5 lb (77.3 kg)")]
    [InlineData("dem.weightKg:lb", "330", "330 lb (149.7 kg)")]
    [InlineData("dem.weightKg", "77", "169.8 lb (77 kg)")]
    [InlineData("dem.weightKg", "150", "330.7 lb (150 kg)")]
    [InlineData("dem.weightKg", "35", "77.2 lb (35 kg)")]
    [InlineData("dem.heightCm:in", "67", "5 ft 7 in (170.2 cm)")]
    [InlineData("dem.heightCm", "170", "5 ft 6.9 in (170 cm)")]
    [InlineData("dem.heightCm:ft", "6", "6 ft 0 in (182.9 cm)")]
    public async Task What_is_typed_is_shown_back_in_both_units(string box, string typed, string shown)
    {
        var visitor = app.NewVisitor();
        await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With((box, typed)));
        Assert.Contains(shown, (await visitor.GetAsync("/northside/review")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dem.weightKg:lb", "44")]
    [InlineData("dem.weightKg:lb", "882")]
    [InlineData("dem.weightKg:lb", "heavy")]
    [InlineData("dem.weightKg:lb", "-170")]
    [InlineData("dem.weightKg", "401")]
    [InlineData("dem.heightCm:ft", "5.5")]
    [InlineData("dem.heightCm:ft", "12")]
    [InlineData("dem.heightCm:in", "20")]
    [InlineData("dem.heightCm", "251")]
    public async Task What_no_person_measures_is_asked_back_and_stays_in_its_box(string box, string typed)
    {
        var visitor = app.NewVisitor();
        var page = await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With((box, typed)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotNull(page.Error(box.Split(':')[0]));
        Assert.Equal(typed, page.Value(box));
    }

    [Theory]
    [InlineData("dem.weightKg", "170", "374.8 lb (170 kg)")]
    [InlineData("dem.weightKg", "30", "66.1 lb (30 kg)")]
    [InlineData("dem.heightCm", "110", "3 ft 7.3 in (110 cm)")]
    [InlineData("dem.heightCm", "230", "7 ft 6.6 in (230 cm)")]
    public async Task One_that_is_hardly_anybodys_is_asked_back_also_where_the_other_is_blank_and_can_be_confirmed(string box, string typed, string shown)
    {
        var visitor = app.NewVisitor();
        var page = await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With((box, typed)));
        Assert.Contains(shown, page.Error(box), StringComparison.Ordinal);

        Assert.Equal("/northside/form/safety", (await visitor.SubmitAsync(page, new Typed { [box + ":sure"] = "yes" })).Path);
    }

    [Theory]
    [InlineData("dem.weightKg", "72,5", "72.5")]
    [InlineData("dem.weightKg:lb", "170,5", "170.5")]
    [InlineData("dem.heightCm", "1,75", "1.75")]
    public async Task A_decimal_comma_is_asked_back_with_the_value(string box, string typed, string meant)
    {
        var visitor = app.NewVisitor();
        var page = await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With((box, typed)));
        Assert.Contains($"You typed {typed}. If you mean {meant}", page.Error(box.Split(':')[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dem.weightKg":170}""", "/answers/dem.weightKg", "170 kg")]
    [InlineData("""{"dem.weightKg":170,"dem.heightCm":170}""", "/answers/dem.heightCm", "58.8")]
    [InlineData("""{"dem.heightCm":100}""", "/answers/dem.heightCm", "100 cm")]
    public async Task Programs_are_asked_back_too_and_can_confirm(string answers, string pointer, string value)
    {
        string Body(string more) => $$"""{"patient":{"givenName":"Kim","birthDate":"1985-04-12","phone":"2125550123"},"answers":{{answers}}{{more}}}""";
        using var refused = await app.PostAsync("/api/v1/clinics/northside/screenings", System.Text.Json.Nodes.JsonNode.Parse(Body("")));
        var error = System.Text.Json.Nodes.JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["errors"]!.AsArray().Single()!;
        Assert.Equal(pointer, (string?)error["pointer"]);
        Assert.Contains(value, (string?)error["detail"], StringComparison.Ordinal);

        using var taken = await app.PostAsync("/api/v1/clinics/northside/screenings", System.Text.Json.Nodes.JsonNode.Parse(Body($",\"confirmed\":[\"{pointer[9..]}\"]")));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task Twelve_inches_beside_feet_are_no_height()
    {
        var visitor = app.NewVisitor();
        var page = await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With(("dem.heightCm:ft", "5"), ("dem.heightCm:in", "12")));
        Assert.NotNull(page.Error("dem.heightCm"));
    }

    [Fact]
    public async Task Two_boxes_that_differ_are_asked_back_and_two_that_agree_are_one_answer()
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var page = await visitor.SubmitAsync(about, With(("dem.weightKg:lb", "170"), ("dem.weightKg", "170")));
        Assert.Contains("Fill in only one", page.Error("dem.weightKg"), StringComparison.Ordinal);

        Assert.Equal("/northside/form/safety", (await visitor.SubmitAsync(page, new Typed { ["dem.weightKg"] = "77.11" })).Path);
    }

    [Fact]
    public async Task A_hundred_and_seventy_kilograms_of_somebody_of_ordinary_height_are_asked_back_with_the_pounds_and_can_be_confirmed()
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var page = await visitor.SubmitAsync(about, With(("dem.weightKg", "170"), ("dem.heightCm:ft", "5"), ("dem.heightCm:in", "7")));
        Assert.Contains("374.8 lb (170 kg)", page.Error("dem.heightCm"), StringComparison.Ordinal);
        Assert.Contains("5 ft 7 in", page.Error("dem.heightCm"), StringComparison.Ordinal);

        Assert.Equal("/northside/form/safety", (await visitor.SubmitAsync(page, new Typed { ["dem.heightCm:sure"] = "yes" })).Path);
        Assert.Contains("374.8 lb (170 kg)", (await visitor.GetAsync("/northside/review")).Text, StringComparison.Ordinal);

        // Confirmed once is enough.
        Assert.Equal("/northside/form/safety", (await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/about"))).Path);
    }

    [Theory]
    [InlineData("40.4", false)] // 40.4 / 1.7^2 = 13.98
    [InlineData("40.5", true)]
    [InlineData("144.5", true)] // 50.0
    [InlineData("144.6", false)]
    public async Task The_limits_of_what_is_asked_back(string kilograms, bool isTaken)
    {
        var visitor = app.NewVisitor();
        var page = await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With(("dem.weightKg", kilograms), ("dem.heightCm", "170")));
        Assert.Equal(isTaken, page.Path == "/northside/form/safety");
    }

    [Fact]
    public async Task Sending_the_page_again_changes_no_stored_weight_by_rounding()
    {
        var visitor = app.NewVisitor();
        await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), With(("dem.weightKg", "82.54"), ("dem.heightCm", "171.3")));
        for (var i = 0; i < 3; i++)
        {
            await visitor.SubmitAsync(await visitor.GetAsync("/northside/form/about"));
        }

        await visitor.SubmitAsync(await visitor.GetAsync("/northside/review"));
        Assert.Contains(await app.ReferralsAsync(), r => r.GetProperty("answers") is var answers
            && answers.TryGetProperty("dem.weightKg", out var weight) && weight.GetDecimal() == 82.54m && answers.GetProperty("dem.heightCm").GetDecimal() == 171.3m);
    }

    [Fact]
    public async Task The_clinician_reads_that_the_patient_said_so()
    {
        var visitor = app.NewVisitor();
        var who = With(("dem.weightKg:lb", "171"));
        who["dem.familyName"] = "Selfreport";
        await visitor.SubmitAsync(await visitor.SubmitAsync(await visitor.GetAsync("/northside")), who);
        await visitor.SubmitAsync(await visitor.GetAsync("/northside/review"));
        var (clinician, list) = await app.SignedInAsync();
        var row = list.Html.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Selfreport", StringComparison.Ordinal));
        Assert.Contains("171 lb (77.6 kg), self-reported", (await clinician.GetAsync(row.QuerySelector("a")!.GetAttribute("href")!)).Text, StringComparison.Ordinal);
    }

    private static Typed With(params (string Name, string Value)[] fields)
    {
        var typed = PagesApp.WhoIAm();
        foreach (var (name, value) in fields)
        {
            typed[name] = value;
        }

        return typed;
    }
}
