using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages.Appointments;

/// <summary>What a front desk is told when it books.</summary>
public class BookingConsoleTests
{
    private const string Staff = "/northside/staff";
    private const string Closed = "The clinic is closed on Sundays.";

    [Fact]
    public async Task What_should_be_known_about_a_booking_is_shown_and_reloading_books_nothing_twice()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        var (action, fields) = await FormAsync(visitor, patient, "book", ("start", "2026-12-06T10:00"), ("do", "book"));

        var page = await visitor.PostAsync(action, fields);
        var again = await visitor.PostAsync(action, fields);

        Assert.Equal(["Booked.", Closed], Told(page));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Single(await VisitsAsync(app, patient));
    }

    [Fact]
    public async Task What_should_be_known_about_a_move_is_shown_and_reloading_moves_nothing_twice()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        var visit = await app.BookAsync(patient, "2026-12-01T14:00");
        var (action, fields) = await FormAsync(visitor, patient, $"appointments/{visit["id"]}", ("start", "2026-12-06T10:00"), ("do", "move"));

        var page = await visitor.PostAsync(action, fields);
        var again = await visitor.PostAsync(action, fields);

        // By the text about the booking, where that had not gone yet.
        Assert.Equal(["Moved.", Closed], Told(page).Take(2));
        Assert.Matches("^A text tells the patient that the visit on 2026-12-0[16] 1[04]:00 is now on 2026-12-06 10:00, at 2026-11-16 10:0[0-2] of the patient's clock.$", Assert.Single(Told(page).Skip(2)));
        Assert.Empty(Told(again));
        Assert.Equal("2026-12-06T10:00", (string)Assert.Single(await VisitsAsync(app, patient))!["start"]!);
        Assert.Single(await app.RemindersAsync(patient), r => (string)r!["status"]! == "planned" && (string)r["template"]! == "day-before");
    }

    [Fact]
    public async Task A_series_says_which_session_moved_and_a_plain_booking_says_nothing()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        var series = await FormAsync(visitor, patient, "book", ("start", "2026-12-03T09:00"), ("kind", "series"), ("sessions", "2"), ("do", "book"));
        var single = await FormAsync(visitor, patient, "book", ("start", "2026-12-15T09:00"), ("do", "book"));

        var shown = Told(await visitor.PostAsync(series.Action, series.Fields));

        Assert.Equal(2, shown.Count);
        Assert.StartsWith("Session 2 moved from 2026-12-06 to 2026-12-07", shown[1], StringComparison.Ordinal);
        Assert.Empty(Told(await visitor.PostAsync(single.Action, single.Fields)));
    }

    [Theory]
    [InlineData("sessions", "20", "Sessions of a series: write a whole number from 1 to 12")]
    [InlineData("sessions", "-3", "Sessions of a series: write a whole number from 1 to 12")]
    [InlineData("sessions", "0", "Sessions of a series: write a whole number from 1 to 12")]
    [InlineData("sessions", "six", "Sessions of a series: write a whole number from 1 to 12")]
    [InlineData("perWeek", "6", "Sessions a week: write a whole number from 1 to 5")]
    [InlineData("kind", "party", "Choose what to book.")]
    [InlineData("start", "tomorrow", "Choose a day and a time.")]
    public async Task What_cannot_be_read_is_refused_by_the_name_of_its_field_and_books_nothing(string field, string value, string words)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        (string, string)[] filled = [.. new[] { ("start", "2026-12-01T09:00"), ("kind", "series"), ("sessions", "2"), ("do", "book") }.Where(f => f.Item1 != field), (field, value)];
        var (action, fields) = await FormAsync(visitor, patient, "book", filled);

        var page = await visitor.PostAsync(action, fields);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.StartsWith(words, page.Html.QuerySelector("[role=alert] p")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await VisitsAsync(app, patient));
    }

    [Theory]
    [InlineData("infusion", "6", "")]
    [InlineData("infusion", "", "2")]
    [InlineData("consult", "6", "2")]
    public async Task Sessions_without_a_series_book_nothing_and_all_that_was_typed_stays(string kind, string sessions, string perWeek)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        foreach (var button in new[] { "book", "preview" })
        {
            var (action, fields) = await FormAsync(visitor, patient, "book", ("start", "2026-12-01T09:00"), ("kind", kind), ("sessions", sessions), ("perWeek", perWeek), ("do", button));

            var page = await visitor.PostAsync(action, fields);

            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.StartsWith("Sessions belong to a series: choose", page.Html.QuerySelector("[role=alert] p")!.TextContent, StringComparison.Ordinal);
            var form = page.Html.QuerySelector("form[action$='book']")!;
            Assert.Equal(fields.Where(f => f.Name is not ("do" or "__RequestVerificationToken")), Visitor.FieldsOf(form).Where(f => f.Name != "__RequestVerificationToken"));
        }

        Assert.Empty(await VisitsAsync(app, patient));
    }

    [Fact]
    public async Task Every_button_and_link_of_a_visit_says_which_visit_it_is_about()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        await app.BookAsync(patient, "2026-12-01T14:00");
        await app.BookAsync(patient, "2026-12-03T10:00");

        var page = await visitor.GetAsync($"{Staff}/patients/{patient}");

        var names = page.Html.QuerySelectorAll(".visit button, .visit a, .visit label").Select(e => e.TextContent.Trim()).ToList();
        Assert.Equal(12, names.Count);
        Assert.Equal(names, names.Distinct());
        Assert.Equal(6, names.Count(n => n.Contains("Tue 1 Dec 2026, 14:00", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cancelling_takes_two_presses_and_says_when_a_text_tells_the_patient()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        await app.BookAsync(patient, "2026-12-01T14:00");
        var before = await visitor.GetAsync($"{Staff}/patients/{patient}");
        Assert.StartsWith("Yes, cancel it", Assert.Single(before.Html.QuerySelectorAll("button[value=cancel]")).TextContent, StringComparison.Ordinal);
        var form = before.Html.QuerySelector("details:not([open]) form")!;
        Assert.StartsWith("Cancel this visit", form.ParentElement!.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);

        (string, string)[] fields = [.. Visitor.FieldsOf(form), ("do", "cancel")];
        var page = await visitor.PostAsync(form.GetAttribute("action")!, fields);
        var again = await visitor.PostAsync(form.GetAttribute("action")!, fields);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["Cancelled.", "A text tells the patient that the visit on 2026-12-01 14:00 is cancelled, at 2026-11-16 10:02 of the patient's clock."], Told(page));
        Assert.Equal(Told(page), Told(again));
        Assert.DoesNotContain("555", page.Path, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("button[value=cancel]"));
        Assert.Equal("cancelled", (string)Assert.Single(await VisitsAsync(app, patient))!["status"]!);
    }

    [Fact]
    public async Task A_visit_that_has_begun_shows_no_way_to_cancel_it_and_refuses_one_from_an_old_page()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var (visitor, patient) = await SignInAsync(app);
        var visit = await app.BookAsync(patient, "2026-11-17T14:00");
        await app.AdvanceAsync("P1DT5H");
        await visitor.SubmitAsync(await visitor.GetAsync(Staff), new Typed { ["key"] = app.Key });
        var (action, fields) = await FormAsync(visitor, patient, $"appointments/{visit["id"]}", ("do", "cancel"));

        var refused = await visitor.PostAsync(action, fields);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("has begun or is over", refused.Html.QuerySelector("[role=alert] p")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(refused.Html.QuerySelectorAll("button[value=cancel]"));
        await app.SendAsync(HttpMethod.Delete, $"patients/{patient}/appointments/{visit["id"]}", null, 409);
        Assert.Equal("booked", (string)Assert.Single(await VisitsAsync(app, patient))!["status"]!);
        Assert.Contains(await app.RemindersAsync(patient), r => (string)r!["template"]! == "evening-after" && (string)r["status"]! == "planned");
    }

    private static List<string> Told(Page page) => [.. page.Html.QuerySelectorAll("#told p").Select(p => p.TextContent)];

    private static async Task<JsonArray> VisitsAsync(LocalApp app, string patient) => (await app.GetAsync($"patients/{patient}/appointments"))["items"]!.AsArray();

    private static async Task<(string Action, List<(string Name, string Value)> Fields)> FormAsync(Visitor visitor, string patient, string action, params (string Name, string Value)[] filled)
    {
        var form = (await visitor.GetAsync($"{Staff}/patients/{patient}")).Html.QuerySelector($"form[action$='{action}']")!;
        return (form.GetAttribute("action")!, [.. Visitor.FieldsOf(form).Where(f => filled.All(n => n.Name != f.Name)), .. filled]);
    }

    private static async Task<(Visitor Visitor, string Patient)> SignInAsync(LocalApp app)
    {
        var visitor = new Visitor(app.Client.BaseAddress!);
        await visitor.SubmitAsync(await visitor.GetAsync(Staff), new Typed { ["key"] = app.Key });
        return (visitor, await app.PatientAsync());
    }
}
