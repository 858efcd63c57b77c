using System.Net;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Labs;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Pages.Labs;

namespace KetamineIntake.Tests.Labs;

/// <summary>The console about laboratory tests, read as a person would.</summary>
public sealed partial class LabPagesTests
{
    [Fact]
    public async Task The_console_lists_flags_shows_them_beside_the_visit_holds_it_on_the_day_and_prints_an_order()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        await app.TestedAsync(patient, "2026-09-08", "ecg", "liver", "kidney", "cbc");
        await app.BookAsync(patient, "2026-12-10T09:00");
        await app.AdvanceAsync("PT1S");
        using var browser = await SignInAsync(app);

        var list = await browser.GetStringAsync("/northside/staff/labs");
        Assert.Contains("Kim Park", list, StringComparison.Ordinal);
        Assert.Contains("Will be out of date", list, StringComparison.Ordinal);
        Assert.Contains("Thu, Dec 10, 2026", list, StringComparison.Ordinal);
        Assert.Contains("No flags here.", await browser.GetStringAsync("/northside/staff/labs?visitFrom=2027-01-01"), StringComparison.Ordinal);

        await app.AdvanceAsync("P9D");
        using var later = await SignInAsync(app);
        var labs = await later.GetStringAsync($"/northside/staff/patients/{patient}/labs");
        Assert.Contains("Hold", labs, StringComparison.Ordinal);
        Assert.Contains("Out of date", labs, StringComparison.Ordinal);
        Assert.Contains("Lab tests not valid on this day", await later.GetStringAsync($"/northside/staff/patients/{patient}"), StringComparison.Ordinal);
        Assert.Contains("Hold: a required test", await later.GetStringAsync($"/northside/staff/patients/{patient}"), StringComparison.Ordinal);
        var appointments = (await app.GetAsync($"patients/{patient}/appointments"))["items"]!.AsArray();
        Assert.True((bool?)appointments.Single()!["hold"]);

        var order = await later.GetStringAsync($"/northside/staff/patients/{patient}/lab-order");
        Assert.Contains("11524-6", order, StringComparison.Ordinal);
        Assert.Contains("1742-6 Alanine aminotransferase together with 1920-8", order, StringComparison.Ordinal);
        Assert.DoesNotContain("ketamine", order, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_result_is_added_in_the_console_and_a_wrong_one_is_told()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        using var browser = await SignInAsync(app);
        var page = $"/northside/staff/patients/{patient}/labs";

        using var refused = await PostAsync(browser, page, ("test", "ecg"), ("collectedOn", "2027-01-01"), ("status", "final"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("The date of collection lies in the future.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var added = await PostAsync(browser, page, ("test", "ecg"), ("collectedOn", "2026-11-20"), ("status", "final"));
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        Assert.Contains("Fri, Nov 20, 2026, ecg", await browser.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_taken_back_beside_itself_and_what_takes_nothing_back_says_so()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");
        var patient = await app.PatientAsync(tested: false);
        await app.TestedAsync(patient, "2026-11-20", "ecg");
        using var browser = await SignInAsync(app);
        var page = $"/northside/staff/patients/{patient}/labs";

        using var nothing = await PostAsync(browser, page, ("test", "ecg"), ("collectedOn", "2026-11-19"), ("status", "entered-in-error"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        Assert.Contains("Nothing was taken back", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var id = TakeBack().Match(await browser.GetStringAsync(page)).Groups["id"].Value;
        using var taken = await PostAsync(browser, page, ("takeBack", id));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        var after = await browser.GetStringAsync(page);
        Assert.Contains("entered-in-error: does not count", after, StringComparison.Ordinal);
        Assert.DoesNotMatch(TakeBack(), after);

        using var twice = await PostAsync(browser, page, ("takeBack", id));
        Assert.Contains("Nothing has changed.", await twice.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var nobody = await PostAsync(browser, page, ("takeBack", "x"));
        Assert.Contains("There is no such result.", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labs")]
    [InlineData("patients/0123456789abcdefghjkmnpqrs/labs")]
    [InlineData("patients/0123456789abcdefghjkmnpqrs/lab-order")]
    public async Task Nobody_sees_them_without_signing_in(string page)
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T15:00:00Z");

        using var answer = await app.Client.GetAsync("/northside/staff/" + page);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task The_next_page_of_the_list_is_filtered_like_the_first()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var filter = new LabFlagFilter(null, LabTests.Ecg, new NodaTime.LocalDate(2026, 12, 1), new NodaTime.LocalDate(2026, 12, 31), 50, null);

        Assert.EndsWith("/staff/labs?after=abc&status=&test=ecg&visitFrom=2026-12-01&visitTo=2026-12-31", LabLinks.NextPage(clinic.Context, filter, "abc"), StringComparison.Ordinal);
        Assert.EndsWith("?after=abc&status=open", LabLinks.NextPage(clinic.Context, filter with { Open = true, Test = null, VisitFrom = null, VisitTo = null }, "abc"), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignInAsync(LocalApp app)
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Client.BaseAddress };
        using var answer = await PostAsync(browser, "/northside/staff/sign-in", ("key", app.Key));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await browser.PostAsync(page, form);
    }

    [GeneratedRegex("name=\"takeBack\" value=\"(?<id>[0-9a-z]{26})\"", RegexOptions.None, 1000)]
    private static partial Regex TakeBack();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
