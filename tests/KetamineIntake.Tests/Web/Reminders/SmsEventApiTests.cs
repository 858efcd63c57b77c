using System.Net;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Reminders;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Reminders;

public class SmsEventApiTests
{
    private const string Stop = """
        {"id":"s","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"+12125550123","to":"+12125550199","message":"STOP","receivedTimestamp":"2026-11-16T15:00:00Z"}}
        """;

    [Fact]
    public async Task A_stop_beside_a_faulty_event_counts_at_once_and_the_fault_is_told()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");

        using var answer = await app.EventsAsync($"[{{}},{Stop}]", app.EventsKey);
        await app.AdvanceAsync("P28D");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("/0/id", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(await app.RemindersAsync(patient), r => (string)r!["template"]! != "booked" && (string)r["status"]! == "sent");
    }

    [Fact]
    public async Task A_stop_behind_an_event_that_fails_counts_at_once_and_the_failure_is_told()
    {
        var broken = Stop.Replace("\"s\"", "\"broken\"", StringComparison.Ordinal).Replace("STOP", "hello", StringComparison.Ordinal);
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z", stores => new MeddlingStores(stores)
        {
            BeforeCommit = changes => changes.Any(c => c.Key == Rows.Event("broken")) ? throw new RecordStoreException("Out of reach.") : Task.FromResult(false),
        });
        var patient = await app.PatientAsync();
        await app.BookAsync(patient, "2026-12-01T14:00");

        using var answer = await app.EventsAsync($"[{broken},{Stop}]", app.EventsKey);
        await app.AdvanceAsync("P28D");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain(await app.RemindersAsync(patient), r => (string)r!["template"]! != "booked" && (string)r["status"]! == "sent");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task Numbers_of_a_hundred_digits_are_heard_as_those_of_a_stranger(int digits)
    {
        var number = new string('5', digits);
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");

        foreach (var given in new[] { number, "+" + number })
        {
            using var text = await app.EventsAsync(Stop.Replace("+12125550199", given, StringComparison.Ordinal).Replace("+12125550123", given, StringComparison.Ordinal), app.EventsKey);
            using var report = await app.EventsAsync(
                $$$"""{"id":"r{{{given}}}","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"from":"{{{given}}}","to":"{{{given}}}","messageId":"m","deliveryStatus":"Failed","tag":"{{{given}}}"}}""",
                app.EventsKey);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (text.StatusCode, report.StatusCode));
        }
    }

    [Fact]
    public async Task On_the_local_host_a_start_after_a_stop_counts_even_while_the_clock_stands()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        await app.BookAsync(await app.PatientAsync(), "2026-12-01T14:00");
        await app.ReplyAsync("STOP");
        await app.ReplyAsync("START");

        // The first text of all may come behind it, when STOP was faster than that.
        Assert.Contains(await app.InboxAsync(), text => ((string)text!["body"]!).Contains("ON again", StringComparison.Ordinal));
    }
}
