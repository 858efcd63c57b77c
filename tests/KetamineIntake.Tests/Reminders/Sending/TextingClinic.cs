using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>A clinic on real SQLite whose messages a test delivers by hand: as often, as late and as badly as it likes.</summary>
internal sealed class TextingClinic : IAsyncDisposable
{
    private readonly TestClinic clinic;

    private TextingClinic(TestClinic clinic)
    {
        this.clinic = clinic;
        Crash = new CrashPoint();
        Stores = new CrashingStores(clinic.Stores, Crash);
        Sender = new RecordingSender(Crash, clinic.Clock);
        Phones = new PhoneBook(Stores);
        var directory = new ClinicDirectory(Stores, clinic.Context.Protocol);
        var site = new SiteAddress();
        Book = new BookAppointments(Stores, Phones, site, clinic.Clock);
        Change = new ChangeAppointment(Phones, site, clinic.Clock);
        Visits = new ListVisits(Phones, clinic.Clock);
        Notes = new StaffNotes(clinic.Clock);
        Events = new HandleSmsEvent(directory, Stores, Phones, site, clinic.Clock);
        var send = Send = new SendReminder(directory, Phones, site, Sender, clinic.Clock, WaitAsync);
        var answer = new SendAnswer(directory, Phones, Sender, clinic.Clock, WaitAsync);
        var replan = new ReplanReminders(directory, Phones, site, clinic.Clock);
        Decide = new DecideOptOut(directory, Stores, Phones, clinic.Clock);
        var settle = new SettleConsent(directory, Decide, Phones, clinic.Clock);
        var purge = new PurgeExpired(clinic.Clock);
        Handlers = new Dictionary<string, Func<Message, Task>>(StringComparer.Ordinal)
        {
            [Queues.Reminders] = m => send.RunAsync(m, default),
            [Queues.TextAnswers] = m => answer.RunAsync(m, default),
            [Queues.Consents] = m => settle.RunAsync(m, default),
            [Queues.Plans] = m => replan.RunAsync(m, default),

            // What tests are missing has tests of its own; here it would add texts to every count.
            [Queues.Labs] = _ => Task.CompletedTask,
            [Queues.Purge] = m => purge.RunAsync(clinic.Context.Records, m, default),
        };
    }

    /// <summary>The same records in a process that has just started.</summary>
    public TextingClinic Restarted() => new(clinic);

    public CrashPoint Crash { get; }

    public StaffKeys Staff => clinic.Staff;

    public AddClinic Clinics => clinic.Clinics;

    public IRecordStores Stores { get; }

    public RecordingSender Sender { get; }

    public PhoneBook Phones { get; }

    public SendReminder Send { get; }

    public BookAppointments Book { get; }

    public ChangeAppointment Change { get; }

    public ListVisits Visits { get; }

    public StaffNotes Notes { get; }

    public HandleSmsEvent Events { get; }

    public DecideOptOut Decide { get; }

    public Dictionary<string, Func<Message, Task>> Handlers { get; }

    public TestClock Clock => clinic.Clock;

    public ClinicContext Context => clinic.Context;

    public StaffMember Ana => clinic.Ana;

    public static async Task<TextingClinic> StartAsync(string now = "2026-11-16T10:00", bool demonstration = true)
    {
        var started = await TestClinic.StartAsync(demonstration);
        started.Clock.Now = SmallClinic.At(now);
        return new TextingClinic(started);
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    public async Task<string> PatientAsync(PatientDetails? details = null, bool accepted = true, AnswerSet? answers = null)
    {
        var submitted = await new SubmitScreening(Phones, Clock).RunAsync(Context, details ?? TestClinic.Kim with { SmsConsent = true }, answers ?? TestClinic.NoInsulin, null, default);
        var id = Assert.IsType<SubmitResult.Created>(submitted).Receipt.ReferralId;
        if (accepted)
        {
            Assert.IsType<DecideResult.Decided>(await new DecideReferral(Clock).RunAsync(Context, id, DecisionKind.Override, "Seen in person", null, Ana, default));
        }

        var (_, view) = (await FindReferral.LoadAsync(Context.Records, id, default))!.Value;
        return view.Patient.Id;
    }

    public async Task<Appointment> VisitAsync(string patient, string start) =>
        Assert.IsType<BookingResult.Done>(await Book.RunAsync(Context, patient, new BookingRequest.Visit(SmallClinic.Local(start), AppointmentKind.Infusion), Ana, default)).Appointments[0];

    public async Task<IReadOnlyList<Reminder>> RemindersAsync(string patient) => (await Visits.RunAsync(Context, patient, Ana, default))!.Reminders;

    public async Task<Reminder> ReminderAsync(string patient, ReminderTemplate template) =>
        (await RemindersAsync(patient)).Last(r => r.Template == template);

    public Message MessageOf(Reminder reminder) => new(Queues.Reminders, "northside", Rows.Reminder(reminder.PatientId, reminder.Id));

    public Task ReceiveAsync(string words, string from = "+12125550123", string? id = null) =>
        Events.RunAsync(new SmsEvent.Received(id ?? RowId.New(), from, "+12125550199", words, Clock.Now), default);

    public Task ReportAsync(Reminder reminder, bool delivered, int? code = null, string? messageId = null, string? id = null) =>
        Events.RunAsync(
            new SmsEvent.DeliveryReport(id ?? RowId.New(), messageId ?? reminder.MessageId ?? "early", "+12125550199", "+12125550123", delivered, code, $"{reminder.PatientId}.{reminder.Id}", Clock.Now), default);

    public async Task<IReadOnlyList<StaffNote>> NotesAsync() => await Notes.ListAsync(Context, Ana, default);

    public async Task DecideAsync(string patient, DecisionKind kind)
    {
        await foreach (var row in Context.Records.ListAsync(Rows.PatientScreenings(patient), default))
        {
            Assert.IsType<DecideResult.Decided>(
                await new DecideReferral(Clock).RunAsync(Context, RecordJson.Read<StoredScreening>(row).ReferralId, kind, "Seen in person", null, Ana, default));
        }
    }

    /// <summary>As if it had been planned so.</summary>
    public async Task PutAsync(Reminder reminder) =>
        await Context.Records.CommitAsync([new Change.Upsert(Rows.Reminder(reminder.PatientId, reminder.Id), RecordJson.Write(reminder))], default);

    private Task WaitAsync(Duration duration)
    {
        Clock.Advance(duration);
        return Task.CompletedTask;
    }

    /// <summary>Delivers every message up to <paramref name="until"/> in the order of their times, each <paramref name="times"/> times; after a crash everything starts anew a while later.</summary>
    public async Task DeliverAsync(Instant until, int times = 1)
    {
        while (await NextAsync(until) is { } row)
        {
            Clock.Now = Instant.Max(Clock.Now, Rows.OutboxDue(row.Key));
            var message = Outbox.Read(row);
            for (var time = 0; time < times; time++)
            {
                await DeliverAsync(message);
            }

            // Tolerates that a handler has rewritten the row.
            await Context.Records.CommitAsync([new Change.Delete(row.Key, row.ETag)], default);
        }

        Clock.Now = Instant.Max(Clock.Now, until);
    }

    public async Task DeliverAsync(Message message)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Handlers[message.Queue](message);
                return;
            }
            catch (Exception failure) when (failure is Killed or RecordStoreException or HttpRequestException or TimeoutException && tries < 5)
            {
                // The process is back, and the queue gives out again what nobody completed.
                Crash.Restart();
                Clock.Advance(failure is Killed ? Duration.FromMinutes(5) : Duration.FromSeconds(30));
            }
        }
    }

    private async Task<Row?> NextAsync(Instant until)
    {
        await foreach (var row in Context.Records.ListAsync(Rows.OutboxDueBy(until), default))
        {
            return row;
        }

        return null;
    }
}
