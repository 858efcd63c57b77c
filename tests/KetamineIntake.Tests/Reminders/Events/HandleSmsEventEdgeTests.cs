using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Events;

/// <summary>Whom an event concerns, what is kept of it, and what happens when others are at work too.</summary>
public class HandleSmsEventEdgeTests
{
    private const string Ours = "+12125550199";
    private const string Theirs = "+12125550123";

    [Fact]
    public async Task A_text_is_kept_as_seen_for_a_week_and_acted_on_once()
    {
        await using var clinic = await TestClinic.StartAsync();
        var events = Events(clinic, clinic.Stores);
        var text = new SmsEvent.Received("event1", Theirs, Ours, "Where do I park?", null);

        await events.RunAsync(text, default);
        await events.RunAsync(text, default);
        await events.RunAsync(text with { EventId = "event2" }, default);

        var week = clinic.Clock.Now + Duration.FromDays(7);
        Assert.Equal(new SeenEvent(week), RecordJson.Read<SeenEvent>((await clinic.Context.Records.FindAsync(Rows.Event("event1"), default))!));
        Assert.Contains(await clinic.RowsAsync(Rows.Outbox), r => Outbox.Read(r) == new Message(Queues.Purge, "northside", Rows.Event("event1")) && Rows.OutboxDue(r.Key) == week);
        Assert.Equal(2, (await NotesAsync(clinic.Context)).Count);
        var note = (await NotesAsync(clinic.Context))[0];
        Assert.Equal((NoteKind.Reply, clinic.Clock.Now, Theirs, "Where do I park?"), (note.Kind, note.At, note.Phone, note.Words));
    }

    [Theory]
    [InlineData("cancel", NoteKind.OptedOut)]
    [InlineData("I want to die", NoteKind.Crisis)]
    [InlineData("R", NoteKind.Reschedule)]
    [InlineData("C", NoteKind.Reply)]
    [InlineData("hello there", NoteKind.Reply)]
    public async Task What_staff_have_to_see_has_its_kind(string words, NoteKind kind)
    {
        await using var clinic = await TestClinic.StartAsync();

        await Events(clinic, clinic.Stores).RunAsync(new SmsEvent.Received("e", Theirs, Ours, words, null), default);

        Assert.Equal((kind, words), Assert.Single(await NotesAsync(clinic.Context)) is var note ? (note.Kind, note.Words) : default);
    }

    [Theory]
    [InlineData("stop", "en")]
    [InlineData("start", "en")]
    [InlineData("help", "en")]
    [InlineData("stop", "es")]
    public async Task An_answer_goes_at_once_from_the_number_that_was_written_to_in_the_patients_language(string words, string language)
    {
        await using var clinic = await TestClinic.StartAsync();
        await PatientAsync(clinic, clinic.Context, language);

        await Events(clinic, clinic.Stores).RunAsync(new SmsEvent.Received("e", Theirs, Ours, words, null), default);

        var message = Assert.Single(await clinic.RowsAsync(Rows.Outbox), r => Outbox.Read(r).Queue == Queues.TextAnswers);
        var answer = RecordJson.Read<TextAnswer>((await clinic.Context.Records.FindAsync(Outbox.Read(message).Subject, default))!);
        Assert.Equal((Ours, Theirs, clinic.Clock.Now, clinic.Clock.Now), (answer.From, answer.To, answer.At, Rows.OutboxDue(message.Key)));
        var texts = ClinicTexting.Of(clinic.Context, new SiteAddress()).TextsFor(language);
        Assert.Equal(texts.Fill(words, Core.Reminders.Texts.VisitWords.Of(new Core.Reminders.Texts.TextSubject(null), SmallClinic.Rules, SmallClinic.Signature, texts.Language)), answer.Text);
        Assert.Empty(await NotesAsync(clinic.Context));
    }

    [Fact]
    public async Task Events_about_no_text_change_nothing()
    {
        await using var clinic = await TestClinic.StartAsync();
        var stores = new MeddlingStores(clinic.Stores);
        var events = Events(clinic, stores);

        await events.RunAsync(new SmsEvent.Other("e1", "x"), default);
        await events.RunAsync(new SmsEvent.SubscriptionValidation("e2", "x"), default);
        await events.RunAsync(new SmsEvent.DeliveryReport("e3", "m", Ours, Theirs, true, 2000, null, null), default);
        await events.RunAsync(new SmsEvent.DeliveryReport("e4", "m", Ours, Theirs, true, 2000, $"{RowId.New()}.{RowId.New()}", null), default);

        Assert.DoesNotContain(stores.Committed, c => c.Key != Rows.PhoneKey && c.Key != Rows.PhonesIndexed);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task An_event_that_meets_changes_of_others_is_tried_five_times(int conflicts, bool succeeds)
    {
        await using var clinic = await TestClinic.StartAsync();
        var stores = new MeddlingStores(clinic.Stores);
        var events = Events(clinic, stores);
        Assert.NotNull(await new ClinicDirectory(stores, clinic.Context.Protocol).FindAsync("northside", default));
        await new PhoneBook(clinic.Stores).CompleteAsync(clinic.Context, default);
        stores.Conflicts = conflicts;
        var text = new SmsEvent.Received("e", Theirs, Ours, "stop", null);

        var failure = await Record.ExceptionAsync(() => events.RunAsync(text, default));

        Assert.Equal(succeeds ? null : "An event kept meeting changes of others.", (failure as RecordStoreException)?.Message);
        Assert.Equal(succeeds, (await LedgerAsync(clinic, clinic.Context)).IsOptedOut());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Under_a_shared_number_of_ours_stop_is_said_to_every_clinic_whoever_knows_the_patient(bool northKnows, bool southKnows)
    {
        await using var clinic = await TestClinic.StartAsync();
        var southside = await SouthsideAsync(clinic);
        if (northKnows)
        {
            await PatientAsync(clinic, clinic.Context);
        }

        if (southKnows)
        {
            await PatientAsync(clinic, southside);
        }

        await Events(clinic, clinic.Stores).RunAsync(new SmsEvent.Received("e", Theirs, Ours, "stop", null), default);

        Assert.Equal((true, true), ((await LedgerAsync(clinic, clinic.Context)).IsOptedOut(), (await LedgerAsync(clinic, southside)).IsOptedOut()));
    }

    [Theory]
    [InlineData("+18005550100")]
    [InlineData("12125550199")]
    [InlineData("+")]
    [InlineData("+1212555O199")]
    [InlineData("")]
    [InlineData("Northside")]
    public async Task A_number_that_is_not_ours_concerns_only_clinics_that_know_the_patient(string number)
    {
        await using var clinic = await TestClinic.StartAsync();
        var southside = await SouthsideAsync(clinic);
        var events = Events(clinic, clinic.Stores);
        await events.RunAsync(new SmsEvent.Received("e1", Theirs, number, "stop", null), default);
        Assert.Equal((0, 0), ((await LedgerAsync(clinic, clinic.Context)).Entries.Count, (await LedgerAsync(clinic, southside)).Entries.Count));

        await PatientAsync(clinic, southside);
        await events.RunAsync(new SmsEvent.Received("e2", Theirs, number, "stop", null), default);
        Assert.Equal((0, 1), ((await LedgerAsync(clinic, clinic.Context)).Entries.Count, (await LedgerAsync(clinic, southside)).Entries.Count));
    }

    [Fact]
    public async Task A_number_of_a_clinic_that_is_gone_is_no_hindrance()
    {
        await using var clinic = await TestClinic.StartAsync();
        await clinic.Stores.Open(Rows.Global).CommitAsync([ClinicNumbers.Row(clinic.Context.Clinic with { Slug = "gone" })], default);

        await Events(clinic, clinic.Stores).RunAsync(new SmsEvent.Received("e", Theirs, Ours, "hello", null), default);

        Assert.Single(await NotesAsync(clinic.Context));
    }

    [Theory]
    [InlineData("2026-11-30T18:00", "2026-11-30T18:07", "2026-11-30T18:00")]
    [InlineData(null, "2026-11-30T18:07", "2026-11-30T18:07")]
    [InlineData(null, null, "2026-11-30T18:09")]
    public async Task A_delivered_text_was_sent_when_we_or_the_report_or_the_clock_say(string? sentAt, string? reportedAt, string expected)
    {
        await using var clinic = await TestClinic.StartAsync();
        await PatientAsync(clinic, clinic.Context);
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:09");
        var reminder = await ReminderAsync(clinic, sentAt is null ? ReminderStatus.Sending : ReminderStatus.Sent, sentAt is null ? null : SmallClinic.At(sentAt), null);
        var events = Events(clinic, clinic.Stores);

        for (var time = 0; time < 2; time++)
        {
            await events.RunAsync(Report(reminder, true, reportedAt is null ? null : SmallClinic.At(reportedAt)), default);
        }

        Assert.Equal(
            reminder with { Status = ReminderStatus.Delivered, SentAt = SmallClinic.At(expected), MessageId = "m1", SendingUntil = null, IsSettled = true }, await StoredAsync(clinic, reminder));
    }

    [Theory]
    [InlineData(ReminderStatus.Planned, "m1")]
    [InlineData(ReminderStatus.Delivered, "m1")]
    [InlineData(ReminderStatus.Failed, "m1")]
    [InlineData(ReminderStatus.Dropped, "m1")]
    [InlineData(ReminderStatus.Cancelled, "m1")]
    [InlineData(ReminderStatus.Sent, "m0")]
    [InlineData(ReminderStatus.Sending, "m0")]
    public async Task A_report_about_what_is_not_under_way_or_about_another_try_changes_nothing(ReminderStatus status, string messageId)
    {
        await using var clinic = await TestClinic.StartAsync();
        await PatientAsync(clinic, clinic.Context);
        var reminder = await ReminderAsync(clinic, status, clinic.Clock.Now, messageId);

        await Events(clinic, clinic.Stores).RunAsync(Report(reminder, false, null), default);

        Assert.Equal(reminder, await StoredAsync(clinic, reminder));
        Assert.Empty(await NotesAsync(clinic.Context));
    }

    private static SmsEvent.DeliveryReport Report(Reminder reminder, bool delivered, Instant? at) =>
        new("report1", "m1", Ours, Theirs, delivered, delivered ? 2000 : 4000, $"{reminder.PatientId}.{reminder.Id}", at);

    private static async Task<Reminder> ReminderAsync(TestClinic clinic, ReminderStatus status, Instant? sentAt, string? messageId)
    {
        var reminder = new Reminder(
            RowId.New(), RowId.New(), ReminderTemplate.DayBefore, null, 0, null, clinic.Clock.Now, clinic.Clock.Now + Duration.FromHours(9), "text", "why", status, 1,
            status == ReminderStatus.Sending ? clinic.Clock.Now : null, sentAt, messageId);
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Reminder(reminder.PatientId, reminder.Id), RecordJson.Write(reminder))], default);
        return reminder;
    }

    private static async Task<Reminder> StoredAsync(TestClinic clinic, Reminder reminder) =>
        RecordJson.Read<Reminder>((await clinic.Context.Records.FindAsync(Rows.Reminder(reminder.PatientId, reminder.Id), default))!);

    private static HandleSmsEvent Events(TestClinic clinic, IRecordStores stores) =>
        new(new ClinicDirectory(stores, clinic.Context.Protocol), stores, new PhoneBook(stores), new SiteAddress(), clinic.Clock);

    private static async Task<ClinicContext> SouthsideAsync(TestClinic clinic)
    {
        Assert.Empty((await clinic.Clinics.RunAsync(new NewClinic("southside", "Southside Care", "America/New_York", "+12125550188", true, Ours), default)).Faults);
        return (await clinic.Directory.FindAsync("southside", default))!;
    }

    private static async Task<string> PatientAsync(TestClinic clinic, ClinicContext context, string language = "en")
    {
        var patient = (TestClinic.Kim with { Language = language, SmsConsent = true }).ToPatient(RowId.New(), clinic.Clock.Now);
        var hash = await new PhoneBook(clinic.Stores).HashAsync(context, Theirs, default);
        await context.Records.CommitAsync(
            [new Change.Insert(Rows.Patient(patient.Id), RecordJson.Write(patient)), new Change.Insert(Rows.Phone(hash, patient.Id), RecordJson.Write(new PhonePatient(patient.Id)))], default);
        return patient.Id;
    }

    private static async Task<List<StaffNote>> NotesAsync(ClinicContext context)
    {
        var notes = new List<StaffNote>();
        await foreach (var row in context.Records.ListAsync(Rows.OpenNotes, default))
        {
            notes.Add(RecordJson.Read<StaffNote>(row));
        }

        return notes;
    }

    private static async Task<ConsentLedger> LedgerAsync(TestClinic clinic, ClinicContext context) =>
        (await PhoneBook.LedgerAsync(context, await new PhoneBook(clinic.Stores).HashAsync(context, Theirs, default), default)).Ledger;
}
