using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Tests.Web.Pages.Preparation;

public class PreparationPageTests
{
    private const string Now = "2026-11-16T15:00:00Z";

    [Fact]
    public async Task The_link_in_the_text_opens_the_patients_page_after_their_date_of_birth_once()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var link = await LinkAsync(app, "en");
        using var phone = new Phone(app);

        var asked = await phone.GetAsync(link);
        Assert.Contains("Your date of birth", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dec 1", asked.Text, StringComparison.Ordinal);

        var page = await phone.SubmitAsync(asked, ("birthDate", "1990-03-04"));
        Assert.Contains("Tue Dec 1, 2:00 PM", page.Text, StringComparison.Ordinal);
        Assert.Contains("No food from Tue Dec 1, 8:00 AM on.", page.Text, StringComparison.Ordinal);
        Assert.Contains("No alcohol from Sun Nov 29, 2:00 PM on", page.Text, StringComparison.Ordinal);
        Assert.Contains("(212) 555-0199", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lamotrigine", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("benzodiazepine", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Tue Dec 1, 2:00 PM", (await phone.GetAsync(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticks_are_kept_for_another_device_too_and_a_stranger_sees_nothing()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var link = await LinkAsync(app, "en");
        using var phone = new Phone(app);
        var page = await phone.SubmitAsync(await phone.GetAsync(link), ("birthDate", "1990-03-04"));
        await phone.SubmitAsync(page, ("tick", "ride"), ("tick", "pack"), ("tick", "made-up"));

        using var laptop = new Phone(app);
        var other = await laptop.SubmitAsync(await laptop.GetAsync(link), ("birthDate", "1990-03-04"));
        Assert.Equal(["ride", "pack"], other.Html.QuerySelectorAll("input[name=tick][checked]").Select(i => i.GetAttribute("value")));

        using var stranger = new Phone(app);
        Assert.Contains("Your date of birth", (await stranger.GetAsync("/northside" + link + "/visit.ics")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/p/" + new string('A', 22))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/northside/p/short")).Status);
    }

    [Theory]
    [InlineData("en", "2", "30", "1990", "There is no such day in that month.")]
    [InlineData("en", "3", "4", "90", "Write the year in four digits, like 1985.")]
    [InlineData("en", "3", "", "1990", "The month and the day are needed too.")]
    [InlineData("en", "", "", "", "Please enter your date of birth.")]
    [InlineData("es", "3", "4", "2090", "Esta fecha está en el futuro.")]
    [InlineData("es", "13", "4", "1990", "El mes es un número del 1 al 12.")]
    public async Task A_date_that_cannot_be_is_named_in_the_language_of_the_page_and_is_no_wrong_guess(string language, string month, string day, string year, string words)
    {
        await using var app = await LocalApp.StartAsync(Now);
        var link = await LinkAsync(app, language);
        using var phone = new Phone(app);
        var asked = await phone.GetAsync(link);
        for (var i = 0; i < 11; i++)
        {
            Assert.Contains(words, (await phone.SubmitAsync(asked, ("month", month), ("day", day), ("year", year))).Text, StringComparison.Ordinal);
        }

        Assert.Contains("2:00", (await phone.SubmitAsync(asked, ("month", "3"), ("day", "4"), ("year", "1990"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_wrong_dates_lock_the_page_and_the_clinic_is_told()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var link = await LinkAsync(app, "en");
        using var phone = new Phone(app);
        var asked = await phone.GetAsync(link);
        for (var i = 0; i < 10; i++)
        {
            await phone.SubmitAsync(asked, ("birthDate", "1990-03-05"));
        }

        Assert.Contains("too many tries", (await phone.SubmitAsync(asked, ("birthDate", "1990-03-04"))).Text, StringComparison.Ordinal);
        Assert.Contains("locked", (string)Assert.Single(await app.NotesAsync())!["words"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_file_holds_the_visit_and_nothing_about_it()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var link = await LinkAsync(app, "en");
        using var phone = new Phone(app);
        var page = await phone.SubmitAsync(await phone.GetAsync(link), ("birthDate", "1990-03-04"));

        var calendar = (await phone.GetAsync(page.Html.QuerySelector("a[href$='visit.ics']")!.GetAttribute("href")!)).Text;

        Assert.Contains("DTSTART:20261201T190000Z\r\nDTEND:20261201T213000Z\r\nSUMMARY:Visit\r\n", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("etamin", calendar, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Kim", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_Spanish_and_expires_three_days_after_the_visit()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var link = await LinkAsync(app, "es");
        using var phone = new Phone(app);
        var page = await phone.SubmitAsync(await phone.GetAsync(link), ("birthDate", "1990-03-04"));
        Assert.Contains("No coma nada desde el mar 1 dic, 8:00 am.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["No coma desde", "No beba agua desde"], page.Html.QuerySelectorAll("dt").Select(d => d.TextContent));
        Assert.Equal("es", page.Html.DocumentElement.GetAttribute("lang"));

        await app.AdvanceAsync("P19D");
        var expired = await phone.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, expired.Status);
        Assert.Contains("Este enlace venció", expired.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("benzodiazepine", "benzodiazepine", "lamotrigine")]
    [InlineData("lamotrigine", "lamotrigine", "benzodiazepine")]
    public async Task A_medicine_stands_on_the_page_only_with_a_clinicians_order_for_it(string ordered, string shown, string hidden)
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        var link = await LinkToAsync(app, patient);
        using var phone = new Phone(app);
        var before = await phone.SubmitAsync(await phone.GetAsync(link), ("birthDate", "1990-03-04"));
        await app.SendAsync(
            HttpMethod.Put, $"patients/{patient}/preparation",
            new JsonObject { ["benzodiazepine"] = ordered == "benzodiazepine", ["lamotrigine"] = ordered == "lamotrigine", ["fastingPlanOnFile"] = false }, 204);
        var after = await phone.GetAsync(link);

        Assert.DoesNotContain(shown, before.Text, StringComparison.OrdinalIgnoreCase);
        var step = after.Html.QuerySelectorAll("p").Single(p => p.TextContent.Contains(shown, StringComparison.OrdinalIgnoreCase)).TextContent;
        Assert.EndsWith("Never stop a medicine without explicit direction from your healthcare provider.", step, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, after.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_patient_on_insulin_is_asked_to_call_and_reads_no_fasting_times_until_a_plan_is_on_file()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync(answers: new JsonObject { ["med.classes"] = new JsonArray("insulin") });
        var visit = await app.BookAsync(patient, "2026-12-01T14:00");
        await app.AdvanceAsync("P9D");
        var stored = await app.Services.GetRequiredService<IRecordStores>().Open("northside").FindAsync(Rows.Appointment(patient, (string)visit["id"]!), default);
        var link = "/p/" + RecordJson.Read<Appointment>(stored!).LinkToken;
        using var phone = new Phone(app);
        var before = await phone.SubmitAsync(await phone.GetAsync(link), ("birthDate", "1990-03-04"));
        await app.SendAsync(
            HttpMethod.Put, $"patients/{patient}/preparation", new JsonObject { ["benzodiazepine"] = false, ["lamotrigine"] = false, ["fastingPlanOnFile"] = true }, 204);
        var after = await phone.GetAsync(link);

        Assert.Contains("Please call us before this visit", before.Text, StringComparison.Ordinal);
        Assert.Contains("to plan food, drink and your medicines", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("No food from", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("8:00 AM", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("as you always do", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("to plan food, drink", after.Text, StringComparison.Ordinal);
        Assert.Contains("as you always do", after.Text, StringComparison.Ordinal);
        Assert.Contains("No food from Tue Dec 1, 8:00 AM on.", after.Text, StringComparison.Ordinal);
    }

    private static async Task<string> LinkAsync(LocalApp app, string language) => await LinkToAsync(app, await app.PatientAsync(language: language));

    private static async Task<string> LinkToAsync(LocalApp app, string patient)
    {
        await app.BookAsync(patient, "2026-12-01T14:00");
        await app.AdvanceAsync("P9D");
        return LinkIn((string)(await app.InboxAsync())[^1]!["body"]!);
    }

    private static string LinkIn(string text) => text[text.IndexOf("/p/", StringComparison.Ordinal)..];

    private sealed record Page(HttpStatusCode Status, string Path, IDocument Html, string Source)
    {
        public string Text => Html.Body?.TextContent is { Length: > 0 } text && Source.Contains("<html", StringComparison.Ordinal) ? text : Source;
    }

    /// <summary>A browser that keeps cookies, follows redirects and sends the forms it was shown.</summary>
    private sealed class Phone : IDisposable
    {
        private readonly HttpClient client;

        public Phone(LocalApp app) => client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = app.Client.BaseAddress };

        public void Dispose() => client.Dispose();

        public async Task<Page> GetAsync(string path)
        {
            using var answer = await client.GetAsync(path);
            return await ReadAsync(answer);
        }

        public async Task<Page> SubmitAsync(Page shown, params (string Name, string Value)[] fields)
        {
            var form = shown.Html.QuerySelector("form")!;
            var hidden = form.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!));
            using var content = new FormUrlEncodedContent(hidden.Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
            using var answer = await client.PostAsync(form.GetAttribute("action"), content);
            return await ReadAsync(answer);
        }

        private static async Task<Page> ReadAsync(HttpResponseMessage answer)
        {
            var source = await answer.Content.ReadAsStringAsync();
            return new Page(answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath, new HtmlParser().ParseDocument(source), source);
        }
    }
}
