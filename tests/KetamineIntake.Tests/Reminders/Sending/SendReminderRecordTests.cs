using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>What the handler of a reminder writes down, in exact words.</summary>
public class SendReminderRecordTests
{
    private const string DayBefore = "18:00 clinic time, the day before the visit";

    [Fact]
    public async Task A_text_goes_from_the_clinics_number_with_its_tag_and_is_claimed_before_and_settled_after()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, due) = await DueAsync(clinic);
        Reminder? claimed = null;
        var sender = new AskedSender(async _ =>
        {
            claimed = await StoredAsync(clinic, due);
            clinic.Clock.Advance(Duration.FromSeconds(3));
            return new SmsReceipt.Accepted("m1");
        });
        var asked = clinic.Clock.Now;

        await Send(clinic, sender).RunAsync(clinic.MessageOf(due), default);
        await Send(clinic, sender).RunAsync(clinic.MessageOf(due), default);

        Assert.Equal(new OutgoingText("+12125550199", "+12125550123", due.Text, $"{patient}.{due.Id}", asked), Assert.Single(sender.Texts));
        Assert.Equal(due with { Status = ReminderStatus.Sending, SendingUntil = asked + Duration.FromMinutes(2), Tries = 1, TriedSince = asked }, claimed);
        Assert.Equal(due with { Status = ReminderStatus.Sent, SentAt = asked + Duration.FromSeconds(3), MessageId = "m1", Tries = 1, TriedSince = asked, IsSettled = true }, await StoredAsync(clinic, due));
    }

    [Theory]
    [InlineData(true, ReminderStatus.Delivered, "m1")]
    [InlineData(false, ReminderStatus.Failed, null)]
    public async Task A_delivery_report_that_is_faster_than_our_record_stays(bool delivered, ReminderStatus status, string? messageId)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (_, due) = await DueAsync(clinic);
        var sender = new AskedSender(async _ =>
        {
            await clinic.ReportAsync(due, delivered, delivered ? 2000 : 4000, "m1");
            return new SmsReceipt.Accepted("m1");
        });

        await Send(clinic, sender).RunAsync(clinic.MessageOf(due), default);

        var stored = await StoredAsync(clinic, due);
        Assert.Equal((status, messageId, true, null), (stored.Status, stored.MessageId, stored.IsSettled, stored.SendingUntil));
    }

    [Fact]
    public async Task A_text_that_went_at_the_second_try_says_so()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (_, due) = await DueAsync(clinic);
        clinic.Sender.Refusals.Enqueue(5001);

        await clinic.DeliverAsync(clinic.MessageOf(due));
        await clinic.DeliverAsync(clinic.Clock.Now + Duration.FromMinutes(5));

        Assert.Equal($"{DayBefore}; tried again because it was not delivered (code 5001); try 2", (await StoredAsync(clinic, due)).Why);
    }

    [Fact]
    public async Task A_paused_sender_keeps_everybodys_texts_waiting_and_the_clinic_is_told_once()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (_, due) = await DueAsync(clinic);
        var (_, other) = await DueAsync(clinic, "2026-12-01T10:00");
        clinic.Clock.Now = due.SendAt;
        clinic.Sender.Refusals.Enqueue(4010);
        var until = clinic.Clock.Now + Duration.FromHours(1);

        await clinic.DeliverAsync(clinic.MessageOf(due));
        await clinic.DeliverAsync(clinic.MessageOf(other));

        var pause = (await clinic.Context.Records.FindAsync(Rows.SenderPause, default))!;
        Assert.Equal(new SenderPause(until, 4010), RecordJson.Read<SenderPause>(pause));
        Assert.Equal(due with { SendAt = until, Why = due.Why + "; waits: the provider paused our sender (4010)" }, await StoredAsync(clinic, due));
        Assert.Equal(other with { SendAt = until, Why = other.Why + "; waits: the sender is paused" }, await StoredAsync(clinic, other));
        var note = Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
        Assert.Equal((NoteKind.TextFailed, "The provider refuses our sender (code 4010). Texts wait for an hour.", TestClinic.Kim.Phone), (note.Kind, note.Words, note.Phone));
        await clinic.DeliverAsync(until);
        Assert.All(new[] { due, other }, r => Assert.Equal(until, Assert.Single(clinic.Sender.Texts, t => t.Text.Tag.EndsWith(r.Id, StringComparison.Ordinal)).At));
    }

    [Fact]
    public async Task A_late_text_in_quiet_hours_says_why_it_waits()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (_, due) = await DueAsync(clinic, "2026-12-01T19:00");
        clinic.Clock.Now = SmallClinic.At("2026-11-30T20:00");

        await clinic.DeliverAsync(clinic.MessageOf(due));

        Assert.Equal(due with { SendAt = SmallClinic.At("2026-12-01T09:00"), Why = due.Why + "; waits: late, and now quiet hours" }, await StoredAsync(clinic, due));
    }

    [Theory]
    [InlineData(0, "dropped", "not sent", "late: its moment has passed")]
    [InlineData(1, "failed", "given up", "could not be sent before its moment passed")]
    public async Task What_should_have_prepared_a_patient_and_could_not_go_in_time_is_told_to_the_clinic_once(int tries, string status, string what, string why)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, due) = await DueAsync(clinic);
        await WriteAsync(clinic, due with { Tries = tries });
        clinic.Clock.Now = due.ActionableBy;

        await clinic.DeliverAsync(clinic.MessageOf(due));
        await clinic.DeliverAsync(clinic.MessageOf(due));

        var stored = await StoredAsync(clinic, due);
        Assert.Equal((status, $"{due.Why}; {what}: {why}", true), (stored.StatusWord(), stored.Why, stored.IsSettled));
        var told = Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
        Assert.Equal((patient, TestClinic.Kim.Phone), (Assert.Single(told.PatientIds), told.Phone));
        Assert.Equal(
            $"The patient may not know when to come or how to prepare, because a text did not go: day-before (visit on 2026-12-01 14:00). The reason: {why}. Please call.", told.Words);
    }

    [Fact]
    public async Task While_another_handler_may_have_it_the_message_comes_again_and_nothing_else_changes()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (_, due) = await DueAsync(clinic);
        var until = clinic.Clock.Now + Duration.FromSeconds(30);
        var sending = due with { Status = ReminderStatus.Sending, SendingUntil = until, Tries = 1 };
        await WriteAsync(clinic, sending);
        var stores = new MeddlingStores(clinic.Stores);

        await Send(clinic, clinic.Sender, stores).RunAsync(clinic.MessageOf(due), default);

        var message = Assert.IsType<Change.Insert>(Assert.Single(stores.Committed));
        Assert.Equal((clinic.MessageOf(due), until), (Outbox.Read(new Row(message.Key, message.Body, "")), Rows.OutboxDue(message.Key)));
        Assert.Empty(clinic.Sender.Texts);
    }

    [Theory]
    [InlineData("northside", "x")]
    [InlineData("northside", "reminder|x")]
    [InlineData("northside", "reminder|x|y")]
    [InlineData("northside", "reminder|00000000000000000000000000|00000000000000000000000000")]
    [InlineData("northside", "")]
    [InlineData("nowhere", null)]
    [InlineData("northside", "other")]
    public async Task A_message_about_no_reminder_sends_and_writes_nothing(string slug, string? subject)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, due) = await DueAsync(clinic);
        var stores = new MeddlingStores(clinic.Stores);
        var key = subject switch { null => Rows.Reminder(patient, due.Id), "other" => Rows.Reminder(patient, RowId.New()), _ => subject };

        await Send(clinic, clinic.Sender, stores).RunAsync(new Message(Queues.Reminders, slug, key), default);

        Assert.Empty(stores.Committed);
        Assert.Empty(clinic.Sender.Texts);
    }

    [Fact]
    public async Task A_claim_that_meets_somebody_elses_change_sends_nothing_and_the_message_comes_again()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (_, due) = await DueAsync(clinic);
        var stores = new MeddlingStores(clinic.Stores) { Conflicts = 1 };

        var failure = await Assert.ThrowsAsync<RecordStoreException>(() => Send(clinic, clinic.Sender, stores).RunAsync(clinic.MessageOf(due), default));

        Assert.Equal("A reminder was changed while it was being handled.", failure.Message);
        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal(due, await StoredAsync(clinic, due));
    }

    /// <summary>A patient whose day-before text is due now.</summary>
    private static async Task<(string Patient, Reminder Due)> DueAsync(TextingClinic clinic, string start = "2026-12-01T14:00")
    {
        clinic.Clock.Now = SmallClinic.At("2026-11-16T10:00");
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, start);
        var optIn = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        await clinic.PutAsync(optIn with { Status = ReminderStatus.Sent, SentAt = optIn.SendAt, IsSettled = true });
        var due = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        clinic.Clock.Now = due.SendAt;
        return (patient, due);
    }

    private static SendReminder Send(TextingClinic clinic, ISmsSender sender, IRecordStores? stores = null) => new(
        new ClinicDirectory(stores ?? clinic.Stores, clinic.Context.Protocol), new PhoneBook(stores ?? clinic.Stores), new SiteAddress(), sender, clinic.Clock);

    private static async Task WriteAsync(TextingClinic clinic, Reminder reminder) =>
        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.Reminder(reminder.PatientId, reminder.Id), RecordJson.Write(reminder))], default);

    private static async Task<Reminder> StoredAsync(TextingClinic clinic, Reminder reminder) =>
        RecordJson.Read<Reminder>((await clinic.Context.Records.FindAsync(Rows.Reminder(reminder.PatientId, reminder.Id), default))!);

    private sealed class AskedSender(Func<OutgoingText, Task<SmsReceipt>> answer) : ISmsSender
    {
        public List<OutgoingText> Texts { get; } = [];

        public Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
        {
            Texts.Add(text);
            return answer(text);
        }
    }
}
