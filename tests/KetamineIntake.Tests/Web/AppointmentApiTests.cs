using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web;

public class AppointmentApiTests
{
    private const string Now = "2026-11-16T15:00:00Z";

    [Theory]
    [InlineData("9999-12-31T23:59")]
    [InlineData("9999-12-01T09:00")]
    [InlineData("0001-01-01T00:00")]
    [InlineData("2200-01-01T09:00")]
    public async Task A_time_at_the_end_of_the_calendar_is_refused_as_a_field(string start)
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-01T09:00");
        var one = new JsonObject { ["start"] = start };
        var series = new JsonObject { ["series"] = new JsonObject { ["first"] = start, ["sessions"] = 6, ["perWeek"] = 2 } };

        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/appointments", one, 422);
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/appointments", series, 422);
        await app.SendAsync(HttpMethod.Post, $"patients/{patient}/appointments/preview", series, 422);
        await app.SendAsync(HttpMethod.Put, $"patients/{patient}/appointments/{visit["id"]}", one, 422);
    }

    [Fact]
    public async Task A_booking_answers_with_the_contracts_fields()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();

        var visit = await app.BookAsync(patient, "2026-12-01T09:00");

        Assert.Equal(
            ("2026-12-01T09:00", "America/New_York", "2026-12-01T14:00:00Z", "booked", "infusion", 1, "Seen in person"),
            ((string)visit["start"]!, (string)visit["timeZone"]!, (string)visit["startsAt"]!, (string)visit["status"]!, (string)visit["kind"]!, (int)visit["ordinal"]!, (string)visit["overrideReason"]!));
        Assert.Equal(26, ((string)visit["id"]!).Length);
    }

    [Fact]
    public async Task Reminders_carry_text_reason_and_the_patients_local_time()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync("America/Los_Angeles");
        var visit = await app.BookAsync(patient, "2026-12-01T14:00");

        var week = (await app.RemindersAsync(patient)).Single(r => (string)r!["template"]! == "week-before")!;

        Assert.Equal(("planned", "2026-11-24T17:00:00Z", "2026-11-24T09:00"), ((string)week["status"]!, (string)week["sendAt"]!, (string)week["localTime"]!));
        Assert.Contains("moved from 07:00 to 09:00: quiet hours", (string)week["why"]!, StringComparison.Ordinal);
        Assert.Equal((string)visit["id"]!, (string)week["appointment"]!);
        Assert.StartsWith("Northside Care: visit Tue Dec 1 2:00 PM EST.", (string)week["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_accepted_or_overridden_referrals_are_booked()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync(accepted: false);

        Assert.Equal("urn:ketamine-intake:problem:conflict", (string)(await app.BookAsync(patient, "2026-12-01T09:00", status: 409))["type"]!);
    }

    [Theory]
    [InlineData("""{"start":"2026-12-01T09:00","kind":"nap"}""", "/kind")]
    [InlineData("""{"start":"2026-12-01"}""", "/start")]
    [InlineData("""{"start":"2026-13-01T09:00"}""", "/start")]
    [InlineData("""{"start":"2026-12-01T09:00:30"}""", "/start")]
    [InlineData("""{"start":1}""", "/start")]
    [InlineData("""{}""", "/start")]
    [InlineData("""[]""", "")]
    [InlineData("""{"start":"2026-12-01T09:00","extra":1}""", "/extra")]
    [InlineData("""{"start":"2026-11-01T09:00"}""", "/start")]
    [InlineData("""{"start":"2027-03-14T02:30"}""", "/start")]
    [InlineData("""{"series":{"first":"2026-12-01T09:00","sessions":0}}""", "/series/sessions")]
    [InlineData("""{"series":{"first":"2026-12-01T09:00","sessions":13}}""", "/series/sessions")]
    [InlineData("""{"series":{"first":"2026-12-01T09:00","perWeek":1.5}}""", "/series/perWeek")]
    [InlineData("""{"series":{"first":"2026-12-01T09:00"},"start":"2026-12-01T09:00"}""", "/start")]
    [InlineData("""{"series":7}""", "/series")]
    [InlineData("""{"series":{"first":"2020-12-01T09:00"}}""", "/series/first")]
    public async Task A_bad_field_is_named(string json, string pointer)
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();

        var problem = await app.PostAsync($"patients/{patient}/appointments", JsonNode.Parse(json)!, 422);

        Assert.Contains(problem["errors"]!.AsArray(), e => (string)e!["pointer"]! == pointer);
    }

    [Fact]
    public async Task Doubles_unknown_ids_moves_and_cancellations_answer_as_the_contract_says()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-01T09:00");
        var elsewhere = new string('0', 26);

        await app.BookAsync(patient, "2026-12-01T09:00", status: 409);
        await app.BookAsync(elsewhere, "2026-12-02T09:00", status: 404);
        await app.BookAsync("nonsense", "2026-12-02T09:00", status: 404);
        await app.SendAsync(HttpMethod.Put, $"patients/{patient}/appointments/{elsewhere}", new JsonObject { ["start"] = "2026-12-02T09:00" }, 404);
        await app.SendAsync(HttpMethod.Put, $"patients/{patient}/appointments/{visit["id"]}", new JsonObject { ["start"] = "2026-12-02T09:00", ["kind"] = "exam" }, 422);

        Assert.Equal("2026-12-02T09:00", (string)(await app.MoveAsync(patient, visit, "2026-12-02T09:00"))["start"]!);
        Assert.Equal("2026-12-02T09:00", (string)(await app.MoveAsync(patient, visit, "2026-12-02T09:00"))["start"]!);
        var cancelled = await app.CancelAsync(patient, visit);
        Assert.Equal("cancelled", (string)cancelled["status"]!);
        Assert.Contains("A text tells the patient that the visit on 2026-12-0", (string)cancelled["notes"]![0]!, StringComparison.Ordinal);
        Assert.Equal("cancelled", (string)(await app.CancelAsync(patient, visit))["status"]!);
        await app.SendAsync(HttpMethod.Put, $"patients/{patient}/appointments/{visit["id"]}", new JsonObject { ["start"] = "2026-12-03T09:00" }, 409);
        await app.BookAsync(patient, "2026-12-01T09:00");
    }

    [Fact]
    public async Task A_time_outside_the_opening_hours_is_booked_with_a_note() =>
        Assert.Contains("closed on Sundays", (string)(await NotedAsync("2026-12-06T09:00"))["notes"]![0]!, StringComparison.Ordinal);

    [Fact]
    public async Task Fifty_bookings_at_once_never_put_more_patients_into_chairs_than_there_are()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patients = new List<string>();
        for (var i = 0; i < 14; i++)
        {
            patients.Add(await app.PatientAsync(phone: $"+121255501{i:D2}"));
        }

        var booked = await Task.WhenAll(patients.Select(async p =>
        {
            try
            {
                await app.BookAsync(p, "2026-12-01T09:00");
                return 1;
            }
            catch (Xunit.Sdk.TrueException)
            {
                return 0;
            }
        }));

        // Some may be told to try again; never are there more than ten.
        Assert.InRange(booked.Sum(), 1, 10);
    }

    [Fact]
    public async Task Insulin_without_a_plan_means_no_fasting_text_until_the_plan_is_on_file()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync(answers: new JsonObject { ["med.classes"] = new JsonArray("insulin") });
        await app.BookAsync(patient, "2026-12-01T14:00");
        Assert.Contains("Please call us about food and drink", await DayBeforeAsync(app, patient), StringComparison.Ordinal);

        await app.SendAsync(HttpMethod.Put, $"patients/{patient}/preparation", new JsonObject { ["benzodiazepine"] = false, ["lamotrigine"] = false, ["fastingPlanOnFile"] = true }, 204);
        await app.AdvanceAsync("PT1M");
        Assert.Contains("No food from 8:00 AM", await DayBeforeAsync(app, patient), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinician_demands_a_plan_and_leaving_the_demand_out_keeps_it()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");
        foreach (var demand in new JsonNode?[] { true, null })
        {
            var order = new JsonObject { ["benzodiazepine"] = false, ["lamotrigine"] = false, ["fastingPlanOnFile"] = false };
            if (demand is not null)
            {
                order["fastingPlanNeeded"] = demand;
            }

            await app.SendAsync(HttpMethod.Put, $"patients/{patient}/preparation", order, 204);
            await app.AdvanceAsync("PT1M");
            Assert.Contains("Please call us about food and drink", await DayBeforeAsync(app, patient), StringComparison.Ordinal);
        }

        var wrong = new JsonObject { ["benzodiazepine"] = false, ["lamotrigine"] = false, ["fastingPlanOnFile"] = false, ["fastingPlanNeeded"] = "yes" };
        await app.SendAsync(HttpMethod.Put, $"patients/{patient}/preparation", wrong, 422);
    }

    [Fact]
    public async Task Events_need_their_own_key_and_are_acted_on()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");

        // The text about the booking is out before the patient answers it.
        await app.AdvanceAsync("PT1M");
        const string stop = """[{"id":"e1","eventType":"Microsoft.Communication.SMSReceived","eventTime":"2026-11-16T15:00:00Z","data":{"messageId":"m","from":"12125550123","to":"12125550199","message":"STOP","receivedTimestamp":"2026-11-16T15:00:00Z"}}]""";

        foreach (var wrong in new[] { null, "", "x", app.EventsKey + "x" })
        {
            using var refused = await app.EventsAsync(stop, wrong);
            Assert.Equal(401, (int)refused.StatusCode);
        }

        using var bad = await app.EventsAsync("[{}]", app.EventsKey);
        Assert.Equal(422, (int)bad.StatusCode);
        using var handshake = await app.EventsAsync("""[{"id":"v","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"abc"}}]""", app.EventsKey);
        Assert.Equal("""{"validationResponse":"abc"}""", await handshake.Content.ReadAsStringAsync());
        using var taken = await app.EventsAsync(stop, app.EventsKey);
        Assert.Equal(200, (int)taken.StatusCode);
        await app.AdvanceAsync("P28D");

        Assert.Equal(2, (await app.InboxAsync()).Count);
        Assert.All((await app.RemindersAsync(patient)).Where(r => (string)r!["template"]! != "booked"), r => Assert.Equal("cancelled", (string)r!["status"]!));
    }

    [Fact]
    public async Task The_local_phone_shows_texts_with_segments_and_takes_answers()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");
        await app.AdvanceAsync("PT1M");
        await app.ReplyAsync("HELP");
        await app.ReplyAsync("Is there parking?");

        Assert.Contains("1 segment", await app.Client.GetStringAsync("/dev/inbox"), StringComparison.Ordinal);
        Assert.Equal(2, (await app.InboxAsync()).Count);
        Assert.Equal("Is there parking?", (string)(await app.NotesAsync())[0]!["words"]!);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/dev/inbox/reply") { Content = new FormUrlEncodedContent([KeyValuePair.Create("from", LocalApp.Phone), KeyValuePair.Create("body", "STOP")]) };
        foreign.Headers.Add("Origin", "https://evil.example");
        using var refused = await app.Client.SendAsync(foreign);
        Assert.Equal(404, (int)refused.StatusCode);
    }

    private static async Task<string> DayBeforeAsync(LocalApp app, string patient) =>
        (string)(await app.RemindersAsync(patient)).Single(r => (string)r!["template"]! == "day-before")!["text"]!;

    private static async Task<JsonNode> NotedAsync(string start)
    {
        await using var app = await LocalApp.StartAsync(Now);
        return await app.BookAsync(await app.PatientAsync(), start);
    }
}
