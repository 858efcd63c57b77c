using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

public class SendReminderTests
{
    private static readonly Instant Later = SmallClinic.At("2026-12-10T00:00");

    [Fact]
    public async Task Every_message_delivered_twice_sends_every_text_once()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        await clinic.DeliverAsync(Later, times: 3);

        Assert.Equal(5, clinic.Sender.Texts.Count);
        Assert.Equal(5, clinic.Sender.Texts.Select(t => t.Text.Tag).Distinct().Count());
        Assert.All(await clinic.RemindersAsync(patient), r => Assert.Equal(("sent", 1), (r.StatusWord(), r.Tries)));
    }

    [Fact]
    public async Task Handlers_that_run_at_once_send_once()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var optIn = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        clinic.Sender.Delay = TimeSpan.FromMilliseconds(50);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await clinic.Handlers[Core.Records.Queues.Reminders](clinic.MessageOf(optIn));
            }
            catch (Core.Records.RecordStoreException)
            {
                // Another handler was faster; the queue would bring the message again.
            }
        })));

        Assert.Single(clinic.Sender.Texts);
    }

    [Fact]
    public async Task Killed_at_each_step_nothing_is_lost_and_only_the_stated_window_sends_twice()
    {
        var steps = await RunAsync(0);
        var doubled = new List<int>();
        for (var at = 1; at <= steps.Steps; at++)
        {
            var (_, counts, window) = await RunAsync(at);

            Assert.Equal(5, counts.Count);
            Assert.All(counts.Values, c => Assert.InRange(c, 1, 2));
            if (counts.Values.Any(c => c == 2))
            {
                Assert.True(window, $"Killed at step {at}, a text went twice although the provider's answer was not waiting to be recorded.");
                doubled.Add(at);
            }
        }

        // Five texts; after each answer: the answer itself, the read of the reminder, and its commit until it is durable.
        Assert.Equal(5 * 3, doubled.Count);
    }

    [Fact]
    public async Task A_handler_that_does_not_look_first_is_caught_by_the_same_ledger()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        clinic.Handlers[Core.Records.Queues.Reminders] = m => clinic.Sender.SendAsync(new OutgoingText("+1", "+2", "x", m.Subject), default);

        await clinic.DeliverAsync(Later, times: 2);

        Assert.All(clinic.Sender.Texts.GroupBy(t => t.Text.Tag), g => Assert.Equal(2, g.Count()));
    }

    [Fact]
    public async Task A_late_text_whose_moment_has_passed_is_dropped_and_recorded()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var dayBefore = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        clinic.Clock.Now = dayBefore.ActionableBy;

        await clinic.DeliverAsync(clinic.MessageOf(dayBefore));

        Assert.Empty(clinic.Sender.Texts);
        var dropped = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        Assert.Equal("dropped", dropped.StatusWord());
        Assert.EndsWith("; not sent: late: its moment has passed", dropped.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_text_in_quiet_hours_waits_for_the_morning_when_it_still_helps()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T19:00");
        var dayBefore = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        clinic.Clock.Now = SmallClinic.At("2026-11-30T23:00");

        await clinic.DeliverAsync(clinic.MessageOf(dayBefore));

        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal(SmallClinic.At("2026-12-01T09:00"), (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).SendAt);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T09:00"));
        Assert.Contains(clinic.Sender.Texts, t => t.At == SmallClinic.At("2026-12-01T09:00") && t.Text.Body == dayBefore.Text);
    }

    [Fact]
    public async Task A_queued_text_of_a_moved_or_cancelled_visit_is_harmless()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var moved = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var queued = clinic.MessageOf(await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore));
        await clinic.Change.MoveAsync(clinic.Context, patient, moved.Id, SmallClinic.Local("2026-12-02T14:00"), clinic.Ana, default);
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:00");

        await clinic.DeliverAsync(queued);
        Assert.Empty(clinic.Sender.Texts);

        await clinic.Change.CancelAsync(clinic.Context, patient, moved.Id, clinic.Ana, default);
        await clinic.DeliverAsync(Later);
        Assert.StartsWith("Northside Care: visit Tue Dec 1 2:00 PM is cancelled.", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_before_its_time_is_left_for_the_message_that_comes_in_time()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        await clinic.DeliverAsync(clinic.MessageOf(await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)));

        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal("planned", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).StatusWord());
    }

    [Fact]
    public async Task Consent_is_read_again_at_the_moment_of_sending()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var queued = clinic.MessageOf(await clinic.ReminderAsync(patient, ReminderTemplate.Booked));
        await clinic.ReceiveAsync("STOP");

        await clinic.DeliverAsync(queued);

        Assert.Empty(clinic.Sender.Texts);
        Assert.Contains("no consent", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsigned_protocol_texts_nobody_outside_the_demonstration()
    {
        await using var clinic = await TextingClinic.StartAsync(demonstration: false);
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(Later);

        Assert.Empty(await clinic.RemindersAsync(patient));
        Assert.Empty(clinic.Sender.Texts);
    }

    private static async Task<(int Steps, Dictionary<string, int> Counts, bool InWindow)> RunAsync(int killAt)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var before = clinic.Crash.Steps;
        clinic.Crash.DiesAt = killAt == 0 ? 0 : before + killAt;
        await clinic.DeliverAsync(Later);
        var counts = clinic.Sender.Texts.GroupBy(t => t.Text.Tag).ToDictionary(g => g.Key, g => g.Count());

        // Right behind an accepted text: its answer, the read, the commit before it is durable.
        var inWindow = clinic.Sender.AcceptedAt.Any(a => clinic.Crash.DiesAt > a && clinic.Crash.DiesAt <= a + 3);
        return (clinic.Crash.Steps - before, counts, inWindow);
    }
}
