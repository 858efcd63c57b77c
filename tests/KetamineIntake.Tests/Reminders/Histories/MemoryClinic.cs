using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>The real handlers over records in memory, and a provider of the test's own.</summary>
internal sealed class MemoryClinic
{
    public const string Slug = "northside";
    private const int Tries = 6;

    private readonly Dictionary<string, Func<Message, Task>> handlers;

    private MemoryClinic(TestClock clock, IRecordStores plain, IRecordStores seen, ISmsSender sender, Protocol protocol)
    {
        Clock = clock;
        Phones = new PhoneBook(seen);
        Directory = new ClinicDirectory(plain, protocol);
        var site = new SiteAddress { LinkBase = "https://visits.example.org".PadRight(28, 'x') };
        var directory = new ClinicDirectory(seen, protocol);
        Book = new BookAppointments(plain, Phones, site, clock);
        Change = new ChangeAppointment(Phones, site, clock);
        Events = new HandleSmsEvent(directory, seen, Phones, site, clock);
        var send = new SendReminder(directory, Phones, site, sender, clock, WaitAsync);
        var answer = new SendAnswer(directory, Phones, sender, clock, WaitAsync);
        var replan = new ReplanReminders(directory, Phones, site, clock);
        var settle = new SettleConsent(directory, new DecideOptOut(directory, seen, Phones, clock), Phones, clock);
        var labs = new SweepLabs(directory, new ReviewLabs(clock), clock);
        handlers = new Dictionary<string, Func<Message, Task>>(StringComparer.Ordinal)
        {
            [Queues.Reminders] = m => send.RunAsync(m, default),
            [Queues.TextAnswers] = m => answer.RunAsync(m, default),
            [Queues.Consents] = m => settle.RunAsync(m, default),
            [Queues.Plans] = m => replan.RunAsync(m, default),
            [Queues.Labs] = m => labs.RunAsync(m, default),
            [Queues.Purge] = m => new PurgeExpired(clock).RunAsync(Context.Records, m, default),
        };
    }

    public TestClock Clock { get; }

    public ClinicDirectory Directory { get; }

    public PhoneBook Phones { get; }

    public BookAppointments Book { get; }

    public ChangeAppointment Change { get; }

    public HandleSmsEvent Events { get; }

    public ClinicContext Context { get; private set; } = null!;

    public StaffMember Ana { get; } = new(RowId.New(), "Ana", StaffRole.Clinician);

    /// <param name="decorate">What the queue's and events' handlers see of the records.</param>
    public static async Task<MemoryClinic> StartAsync(
        ClinicSetting setting, LocalDateTime begin, Func<TestClock, ISmsSender> sender, Func<IRecordStores, IRecordStores>? decorate = null)
    {
        var content = EmbeddedProtocol.Protocol.Reminders!;
        var rules = content.Rules with { SolidsHours = setting.SolidsHours, ClearLiquidsHours = setting.WaterHours, AlcoholBeforeHours = setting.AlcoholHours, Caps = setting.Caps };
        var protocol = EmbeddedProtocol.Protocol with { Reminders = content with { Rules = rules } };
        var clock = new TestClock(begin.InZoneLeniently(DateTimeZoneProviders.Tzdb[setting.Zone]).ToInstant());
        var stores = new MemoryStores();
        var admin = new AddClinic(stores, protocol, new StaffKeys(clock), clock);
        Assert.Empty((await admin.RunAsync(new NewClinic(Slug, "Northside Care", setting.Zone, setting.Phone, IsDemonstration: true), default)).Faults);
        Assert.Empty(await admin.SetVisitsAsync(Slug, new ClinicVisits(null, setting.Alias, null, setting.Window), default));
        var clinic = new MemoryClinic(clock, stores, decorate?.Invoke(stores) ?? stores, sender(clock), protocol);
        clinic.Context = (await clinic.Directory.FindAsync(Slug, default))!;
        return clinic;
    }

    /// <summary>An accepted patient who has said no to diabetes and to its medicines, as fasting texts require.</summary>
    public async Task<string> PatientAsync(PatientSetting setting, string phone)
    {
        var details = new PatientDetails("Kim", "Park", HealthyPatient.Born, phone, null, setting.Zone, setting.Language, setting.Consents);
        var submitted = await new SubmitScreening(Phones, Clock).RunAsync(Context, details, HealthyPatient.Man, null, default);
        var id = Assert.IsType<SubmitResult.Created>(submitted).Receipt.ReferralId;
        Assert.IsType<DecideResult.Decided>(await new DecideReferral(Clock).RunAsync(Context, id, DecisionKind.Accept, "Seen in person", null, Ana, default));
        var (_, view) = (await FindReferral.LoadAsync(Context.Records, id, default))!.Value;
        if (setting.HasTests)
        {
            var today = Context.DayAt(Clock.Now);
            var results = LabTests.All.Select(t => new LabResult(RowId.New(), today, LabResultStatus.Final, [t], [], null, false));
            Assert.IsType<AddLabResultsOutcome.Added>(await new AddLabResults(Clock).RunAsync(Context, view.Patient.Id, [.. results], Ana.Id, default));
        }

        return view.Patient.Id;
    }

    private Task WaitAsync(Duration time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    public Task HandleAsync(Message message) => RepeatAsync(() => handlers[message.Queue](message));

    /// <summary>As a queue does it: what was not completed comes again half a minute later, a few times.</summary>
    public async Task RepeatAsync(Func<Task> act)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception failure) when (failure is RecordStoreException or HttpRequestException && tries < Tries)
            {
                Clock.Advance(Duration.FromSeconds(30));
            }
        }
    }

    /// <summary>The message that is due first. Ids are random; of several at one instant the queue's name decides, so that a run can be repeated step by step.</summary>
    public async Task<Row?> NextMessageAsync(Instant until)
    {
        var due = await ListAsync(Rows.OutboxDueBy(until));
        return due.TakeWhile(r => Rows.OutboxDue(r.Key) == Rows.OutboxDue(due[0].Key)).MinBy(r => Outbox.Read(r).Queue, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<Reminder>> RemindersAsync(string patient) =>
        [.. (await ListAsync(Rows.PatientReminders(patient))).Select(RecordJson.Read<Reminder>)];

    /// <summary>What staff were asked to look at.</summary>
    public async Task<IReadOnlyList<StaffNote>> NotesAsync() => [.. (await ListAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];

    private async Task<List<Row>> ListAsync(RowRange range)
    {
        var rows = new List<Row>();
        await foreach (var row in Context.Records.ListAsync(range, default))
        {
            rows.Add(row);
        }

        return rows;
    }
}
