using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

public class FailureTests
{
    private static readonly Instant Now = SmallClinic.At("2026-11-30T18:00");
    private static readonly string Patient = RowId.New();

    private static readonly Reminder Sent = new(
        RowId.New(), Patient, ReminderTemplate.DayBefore, RowId.New(), 1, null, Now, SmallClinic.At("2026-12-01T08:00"), "text", "why", ReminderStatus.Sent,
        1, Now, Now, "m1", true);

    [Theory]
    [InlineData(null, SmsFailureKind.Passing)]
    [InlineData(2000, SmsFailureKind.Passing)]
    [InlineData(3999, SmsFailureKind.Passing)]
    [InlineData(4000, SmsFailureKind.Final)]
    [InlineData(4001, SmsFailureKind.Final)]
    [InlineData(4002, SmsFailureKind.Final)]
    [InlineData(4003, SmsFailureKind.Final)]
    [InlineData(4004, SmsFailureKind.Final)]
    [InlineData(4005, SmsFailureKind.Final)]
    [InlineData(4006, SmsFailureKind.Passing)]
    [InlineData(4007, SmsFailureKind.OptedOut)]
    [InlineData(4008, SmsFailureKind.SenderBlocked)]
    [InlineData(4009, SmsFailureKind.Passing)]
    [InlineData(4010, SmsFailureKind.SenderBlocked)]
    [InlineData(5000, SmsFailureKind.Passing)]
    [InlineData(5001, SmsFailureKind.Passing)]
    [InlineData(5002, SmsFailureKind.Passing)]
    [InlineData(9999, SmsFailureKind.Passing)]
    public void Each_code_has_its_kind(int? code, SmsFailureKind kind) => Assert.Equal(kind, SmsFailure.Of(code));

    [Theory]
    [InlineData(1, 5, 5001, "code 5001")]
    [InlineData(2, 15, 4006, "code 4006")]
    [InlineData(1, 5, null, "no code")]
    public async Task After_the_first_and_the_second_passing_failure_it_goes_again(int tries, int minutes, int? code, string words)
    {
        await using var clinic = await TestClinic.StartAsync();

        var changes = await ChangesAsync(clinic, Sent with { Tries = tries }, code);

        var again = Now + Duration.FromMinutes(minutes);
        Assert.Equal(
            Sent with
            {
                Tries = tries,
                Status = ReminderStatus.Planned,
                SendAt = again,
                SendingUntil = null,
                SentAt = null,
                MessageId = null,
                IsSettled = false,
                FailedIds = "m1",
                Why = $"why; tried again because it was not delivered ({words})",
            },
            ReplacedBy(changes));
        var message = Assert.IsType<Change.Insert>(changes[1]);
        Assert.Equal(
            (new Message(Queues.Reminders, "northside", Rows.Reminder(Patient, Sent.Id)), again), (Outbox.Read(new Row(message.Key, message.Body, "")), Rows.OutboxDue(message.Key)));
        Assert.Equal(2, changes.Count);
    }

    [Theory]
    [InlineData(3, 5001, "code 5001")]
    [InlineData(1, 4000, "code 4000")]
    [InlineData(1, 4007, "code 4007")]
    [InlineData(3, null, "no code")]
    public async Task The_third_failure_and_a_final_one_are_the_last_and_the_clinic_is_told(int tries, int? code, string words)
    {
        await using var clinic = await TestClinic.StartAsync();

        var changes = await ChangesAsync(clinic, Sent with { Tries = tries, IsSettled = false }, code);

        Assert.Equal(Sent with { Tries = tries, Status = ReminderStatus.Failed, SendingUntil = null, IsSettled = true, Why = $"why; failed ({words})" }, ReplacedBy(changes));
        var note = Read<StaffNote>(Assert.IsType<Change.Insert>(changes[1]).Body);
        Assert.Equal((NoteKind.TextFailed, Now, "", $"A text could not be delivered ({words})."), (note.Kind, note.At, note.Phone, note.Words));
        Assert.Equal([Patient], note.PatientIds);
        Assert.Equal(new Message(Queues.Plans, "northside", Patient), Outbox.Read(new Row(changes[2].Key, ((Change.Insert)changes[2]).Body, "")));
        Assert.Equal(code == 4007 ? 5 : 3, changes.Count);
    }

    [Theory]
    [InlineData(1, 0, 4008)]
    [InlineData(4, 3, 4010)]
    [InlineData(0, 0, 4010)]
    public async Task A_blocked_sender_is_paused_and_the_text_loses_no_try(int tries, int left, int code)
    {
        await using var clinic = await TestClinic.StartAsync();

        var changes = await ChangesAsync(clinic, Sent with { Tries = tries }, code);

        var until = Now + Duration.FromHours(1);
        var waiting = ReplacedBy(changes);
        Assert.Equal((ReminderStatus.Planned, until, left, $"why; waits: the provider paused our sender ({code})"), (waiting.Status, waiting.SendAt, waiting.Tries, waiting.Why));
        Assert.Equal((null, null, null, false, "m1"), (waiting.SendingUntil, waiting.SentAt, waiting.MessageId, waiting.IsSettled, waiting.FailedIds));
        Assert.Equal(until, Rows.OutboxDue(changes[1].Key));
        Assert.Equal((Rows.SenderPause, new SenderPause(until, code)), (changes[2].Key, Read<SenderPause>(((Change.Upsert)changes[2]).Body)));
        Assert.Equal($"The provider refuses our sender (code {code}). Texts wait for an hour.", Read<StaffNote>(((Change.Insert)changes[3]).Body).Words);
        Assert.Equal(4, changes.Count);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public async Task While_the_sender_is_paused_another_blocked_text_waits_for_the_same_end_and_tells_nobody_again(int secondsLeft, bool stands)
    {
        await using var clinic = await TestClinic.StartAsync();
        var until = Now + Duration.FromSeconds(secondsLeft);
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.SenderPause, RecordJson.Write(new SenderPause(until, 4010)))], default);

        var changes = await ChangesAsync(clinic, Sent, 4010);

        Assert.Equal((stands ? until : Now + Duration.FromHours(1), stands ? 2 : 4), (ReplacedBy(changes).SendAt, changes.Count));
    }

    [Fact]
    public async Task The_ids_of_all_tries_that_failed_are_kept()
    {
        await using var clinic = await TestClinic.StartAsync();

        Assert.Equal("m0 m1", ReplacedBy(await ChangesAsync(clinic, Sent with { FailedIds = "m0" }, 5001)).FailedIds);
        Assert.Equal("m0", ReplacedBy(await ChangesAsync(clinic, Sent with { FailedIds = "m0", MessageId = null }, 5001)).FailedIds);
        Assert.Equal("m2", ReplacedBy(await ChangesAsync(clinic, Sent with { MessageId = null }, 5001, "m2")).FailedIds);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public async Task It_never_goes_again_once_its_moment_has_passed(int secondsLeft, bool goes)
    {
        await using var clinic = await TestClinic.StartAsync();

        var changes = await ChangesAsync(clinic, Sent with { ActionableBy = Now + Duration.FromMinutes(5) + Duration.FromSeconds(secondsLeft) }, 5001);

        Assert.Equal(goes ? ReminderStatus.Planned : ReminderStatus.Failed, ReplacedBy(changes).Status);
    }

    [Fact]
    public async Task An_opt_out_at_the_carrier_is_kept_once_for_everybody_under_the_number()
    {
        await using var clinic = await TestClinic.StartAsync();
        var changes = await ChangesAsync(clinic, Sent, 4007);

        Assert.Equal(Rows.Consent("00aa"), changes[3].Key);
        Assert.Equal([new ConsentEntry(false, Now, "carrier", null, "+12125550199", Now)], Read<ConsentLedger>(((Change.Insert)changes[3]).Body).Entries);
        Assert.Equal(new Message(Queues.Consents, "northside", "phone|00aa"), Outbox.Read(new Row(changes[4].Key, ((Change.Insert)changes[4]).Body, "")));
        Assert.Equal(5, changes.Count);

        await clinic.Context.Records.CommitAsync([changes[3]], default);
        Assert.Equal(3, (await ChangesAsync(clinic, Sent, 4007)).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x.y")]
    [InlineData("00000000000000000000000000")]
    [InlineData("00000000000000000000000000.short")]
    [InlineData("short.00000000000000000000000000")]
    [InlineData("00000000000000000000000000.00000000000000000000000000.00000000000000000000000000")]
    public void A_tag_that_is_not_ours_names_no_reminder(string? tag) => Assert.Null(DeliveryTag.KeyOf(tag));

    [Fact]
    public void Our_own_tag_leads_back_to_its_reminder() => Assert.Equal(Rows.Reminder(Patient, Sent.Id), DeliveryTag.KeyOf(DeliveryTag.Of(Sent)));

    [Theory]
    [InlineData(-60, -60, true)]
    [InlineData(5, 5, true)]
    [InlineData(6, 0, false)]
    [InlineData(null, 0, false)]
    public void An_opt_out_at_the_carrier_counts_from_the_time_at_which_it_was_told(int? minutes, int counts, bool isKnown) => Assert.Equal(
        new ConsentEntry(false, Now + Duration.FromMinutes(counts), "carrier", null, "+12125550199", Now, isKnown),
        ConsentEntry.OfCarrier(Now + (minutes is { } m ? Duration.FromMinutes(m) : null), "+12125550199", Now));

    private static Task<IReadOnlyList<Change>> ChangesAsync(TestClinic clinic, Reminder reminder, int? code, string? messageId = null) => Failure.ChangesAsync(
        clinic.Context, new Stored<Reminder>(new Row(Rows.Reminder(Patient, reminder.Id), RecordJson.Write(reminder), "etag1"), reminder), "00aa", new Undelivered(code, messageId, Now), Now, default);

    private static Reminder ReplacedBy(IReadOnlyList<Change> changes)
    {
        var replace = Assert.IsType<Change.Replace>(changes[0]);
        Assert.Equal((Rows.Reminder(Patient, Sent.Id), "etag1"), (replace.Key, replace.ETag));
        return Read<Reminder>(replace.Body);
    }

    private static T Read<T>(ReadOnlyMemory<byte> body) => RecordJson.Read<T>(new Row("", body, ""));
}
