using System.Text.Json.Nodes;
using KetamineIntake.Tests.Labs;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Labs;

/// <summary>A value that a clinician has to look at stands where people book and decide.</summary>
public class LabWarningTests
{
    [Fact]
    public async Task A_critical_value_stands_where_people_book_and_decide_until_it_is_taken_back()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        var visitor = await Desk.SignInAsync(app);
        string[] pages = [Desk.Patient(patient), await Desk.ReferralAsync(app)];
        foreach (var path in pages)
        {
            Assert.Null((await visitor.GetAsync(path)).Html.GetElementById("values"));
        }

        await SendAsync(app, patient, FhirSamples.Observation("718-7", "h", 7, day: "2026-11-20"));

        foreach (var path in pages)
        {
            var panel = (await visitor.GetAsync(path)).Html.QuerySelector("section.panel.warn[aria-labelledby=values]")!;
            Assert.Contains("HEM-01", panel.TextContent, StringComparison.Ordinal);
            Assert.Contains("7", panel.TextContent, StringComparison.Ordinal);
            Assert.NotNull(panel.QuerySelector($"a[href='{Desk.Labs(patient)}']"));
        }

        var labs = await visitor.GetAsync(Desk.Labs(patient));
        Assert.Null(labs.Html.QuerySelector("[aria-labelledby=values] a"));
        await visitor.PostAsync(Desk.Labs(patient), Visitor.FieldsOf(labs.Html.QuerySelector("main form")!).Append(("takeBack", labs.Html.QuerySelector("[name=takeBack]")!.GetAttribute("value")!)));
        Assert.Null((await visitor.GetAsync(pages[0])).Html.GetElementById("values"));
    }

    [Fact]
    public async Task A_value_that_no_rule_can_read_is_named_there_too()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        await SendAsync(app, patient, FhirSamples.Observation("718-7", "h", 79, day: "2026-11-20"));
        var visitor = await Desk.SignInAsync(app);

        foreach (var path in new[] { Desk.Patient(patient), await Desk.ReferralAsync(app), Desk.Labs(patient) })
        {
            var panel = (await visitor.GetAsync(path)).Html.QuerySelector("section.panel.warn[aria-labelledby=values]")!;
            Assert.Contains("not known to be normal: Hemoglobin", panel.TextContent, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static Task<JsonNode> SendAsync(LocalApp app, string patient, string fhir) => app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(fhir)!, 201);
}
