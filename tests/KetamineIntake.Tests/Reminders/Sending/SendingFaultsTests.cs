using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>What the provider, the store and the host may do to a text that is under way.</summary>
public class SendingFaultsTests
{
    private static readonly Instant SameDay = SmallClinic.At("2026-11-16T15:00");

    [Fact]
    public async Task A_provider_that_never_answers_is_asked_three_times_with_growing_waits_and_then_a_person_is_told()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        Unanswered(clinic, 6);
        var asked = new List<Instant>();
        var send = clinic.Handlers[Queues.Reminders];
        clinic.Handlers[Queues.Reminders] = async message =>
        {
            var (now, before) = (clinic.Clock.Now, clinic.Sender.Asked.Count);
            try
            {
                await send(message);
            }
            finally
            {
                asked.AddRange(clinic.Sender.Asked.Count > before ? [now] : []);
            }
        };

        await clinic.DeliverAsync(SameDay);

        Assert.Equal([Duration.FromMinutes(2), Duration.FromMinutes(5)], asked.Zip(asked.Skip(1), (a, b) => b - a));
        var failed = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        Assert.Equal(("failed", 3), (failed.StatusWord(), failed.Tries));
        Assert.EndsWith("; given up: no answer to 3 tries, each of which may have reached the patient", failed.Why, StringComparison.Ordinal);
        Assert.Equal(NoteKind.TextFailed, Assert.Single(await clinic.NotesAsync()).Kind);
        Assert.Single(clinic.Sender.Asked.Select(t => t.Since).Distinct());
    }

    [Fact]
    public async Task After_an_answer_that_refused_the_next_request_is_another_one()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await VisitedAsync(clinic);
        clinic.Sender.Refusals.Enqueue(5001);
        clinic.Sender.Refusals.Enqueue(4008);

        await clinic.DeliverAsync(SameDay);

        Assert.Equal(3, clinic.Sender.Asked.Select(t => t.Since).Distinct().Count());
        Assert.Single(clinic.Sender.Texts);
    }

    [Fact]
    public async Task A_pause_of_our_sender_takes_no_try_from_the_text()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        clinic.Sender.Refusals.Enqueue(4008);
        clinic.Sender.Refusals.Enqueue(4010);

        await clinic.DeliverAsync(SameDay);

        Assert.Equal(("sent", 1), (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)) is var r ? (r.StatusWord(), r.Tries) : default);
    }

    [Fact]
    public async Task A_store_that_fails_behind_the_providers_answer_is_asked_again_while_the_claim_lasts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        clinic.Sender.Meanwhile = _ =>
        {
            clinic.Crash.Outages = 6;
            return Task.CompletedTask;
        };

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:30"));

        Assert.Single(clinic.Sender.Texts);
        Assert.Equal("sent", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());
    }

    [Fact]
    public async Task A_store_that_fails_for_longer_sends_again_as_the_same_request()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        var once = true;
        clinic.Sender.Meanwhile = _ =>
        {
            clinic.Crash.Outages = once ? 7 : 0;
            once = false;
            return Task.CompletedTask;
        };

        await clinic.DeliverAsync(SameDay);

        Assert.Equal(2, clinic.Sender.Texts.Count);
        Assert.Single(clinic.Sender.Texts.Select(t => t.Text.Since).Distinct());
        Assert.Equal(("sent", 2), (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)) is var r ? (r.StatusWord(), r.Tries) : default);
    }

    [Theory]
    [InlineData(4006, "planned")]
    [InlineData(4005, "failed")]
    [InlineData(2000, "delivered")]
    public async Task A_delivery_report_that_is_faster_than_our_own_record_stands(int code, string status)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        var optIn = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        clinic.Sender.Meanwhile = _ =>
        {
            clinic.Sender.Meanwhile = null;
            return clinic.ReportAsync(optIn, code == 2000, code, "provider-1");
        };

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:04"));
        Assert.Equal(status, (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());

        await clinic.DeliverAsync(SameDay);
        Assert.Equal(code == 4006 ? 2 : 1, clinic.Sender.Texts.Count);
    }

    [Fact]
    public async Task A_text_that_another_handler_has_claimed_counts_for_the_caps()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:05"));
        var now = clinic.Clock.Now;
        var first = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore) with { SendAt = now };
        var second = await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore) with { SendAt = now };
        await clinic.PutAsync(first);
        await clinic.PutAsync(second);
        clinic.Sender.Meanwhile = _ =>
        {
            clinic.Sender.Meanwhile = null;
            return clinic.DeliverAsync(clinic.MessageOf(second));
        };

        await clinic.DeliverAsync(clinic.MessageOf(first));

        Assert.Equal(2, clinic.Sender.Texts.Count);
        Assert.Contains("2 texts a day are the most", (await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_stops_does_not_break_off_a_request()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        using var host = new CancellationTokenSource();
        clinic.Sender.Meanwhile = _ => host.CancelAsync();

        await clinic.Send.RunAsync(clinic.MessageOf(await clinic.ReminderAsync(patient, ReminderTemplate.Booked)), host.Token);

        Assert.False(clinic.Sender.WasCancelled);
        Assert.Equal("sent", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());
    }

    [Fact]
    public async Task A_dropped_text_that_prepares_the_patient_leaves_a_note()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        foreach (var template in new[] { ReminderTemplate.WeekBefore, ReminderTemplate.DayBefore, ReminderTemplate.DayOf })
        {
            var reminder = await clinic.ReminderAsync(patient, template);
            clinic.Clock.Now = reminder.ActionableBy;
            await clinic.DeliverAsync(clinic.MessageOf(reminder));
        }

        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal(
            [
                "The patient may not know when to come or how to prepare, because a text did not go: day-before (visit on 2026-12-01 14:00). The reason: late: its moment has passed. Please call.",
                "The patient may not know when to come or how to prepare, because a text did not go: day-of (visit on 2026-12-01 14:00). The reason: late: its moment has passed. Please call.",
            ],
            (await clinic.NotesAsync()).Select(n => n.Words));
    }

    private static async Task<string> VisitedAsync(TextingClinic clinic)
    {
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        return patient;
    }

    private static void Unanswered(TextingClinic clinic, int times)
    {
        for (var time = 0; time < times; time++)
        {
            clinic.Sender.Refusals.Enqueue(-1);
        }
    }
}
