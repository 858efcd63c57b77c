using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>A patient with a visit, and a process that is ended once at a chosen step and started again a while later.</summary>
internal sealed class KilledClinic
{
    private const string Number = "+12125550123";

    private static readonly ClinicSetting Setting = new("America/New_York", "Northside Care", "+12125550199", TextWindow.Widest, 6, 2, 48, new TextCaps(2, 6));
    private static readonly Instant Later = SmallClinic.At("2026-12-10T00:00");

    private readonly CrashPoint crash = new();
    private readonly Duration away;
    private readonly int times;
    private readonly string? wordsBetween;
    private RecordingSender sender = null!;
    private MemoryClinic clinic = null!;
    private int stepsBefore;
    private int textsBefore = int.MaxValue;

    private KilledClinic(int seconds, int times, string? wordsBetween)
    {
        away = Duration.FromSeconds(seconds);
        this.times = times;
        this.wordsBetween = wordsBetween;
    }

    /// <summary>Of the whole run, without those that set it up.</summary>
    public int Steps { get; private set; }

    /// <summary>Of handling the patient's text, before anything is sent.</summary>
    public int StepsOfEvent { get; private set; }

    public IReadOnlyList<Reminder> Reminders { get; private set; } = [];

    /// <summary>How often each reminder went.</summary>
    public Dictionary<string, int> Counts => sender.Texts.Where(t => IsReminder(t.Text)).GroupBy(t => t.Text.Tag).ToDictionary(g => g.Key, g => g.Count());

    public int Answers => sender.Texts.Count(t => !IsReminder(t.Text));

    /// <summary>What went after the patient wrote between kill and restart.</summary>
    public IEnumerable<(bool IsReminder, string Body)> AfterWords => sender.Texts.Skip(textsBefore).Select(t => (IsReminder(t.Text), t.Text.Body));

    /// <summary>Every reminder of one visit, killed at a step; 0: never.</summary>
    public static async Task<KilledClinic> RunAsync(int at, int seconds, int times, string? wordsBetween = null)
    {
        var run = new KilledClinic(seconds, times, wordsBetween);
        var patient = await run.StartAsync(at);
        await run.DeliverAsync(Later);
        return await run.EndAsync(patient);
    }

    /// <summary>A patient's text and its answer, killed at a step.</summary>
    public static async Task<KilledClinic> AnswerAsync(int at, int seconds, int times, string words, string? wordsBetween = null)
    {
        var run = new KilledClinic(seconds, times, wordsBetween);
        var patient = await run.StartAsync(0);
        await run.DeliverAsync(run.clinic.Clock.Now + Duration.FromHours(1));
        run.stepsBefore = run.crash.Steps;
        run.crash.DiesAt = at == 0 ? 0 : run.stepsBefore + at;
        var received = new SmsEvent.Received(RowId.New(), Number, Setting.Phone, words, run.clinic.Clock.Now);
        await run.TwiceAsync(() => run.clinic.Events.RunAsync(received, default));
        run.StepsOfEvent = run.crash.Steps - run.stepsBefore;
        await run.DeliverAsync(run.clinic.Clock.Now + Duration.FromHours(1));
        return await run.EndAsync(patient);
    }

    /// <summary>Whether it died right behind an accepted text, at most so many steps.</summary>
    public bool IsIn(int window) => sender.AcceptedAt.Any(a => crash.DiesAt > a && crash.DiesAt <= a + window);

    public async Task<bool> AllowsAsync() =>
        (await PhoneBook.LedgerAsync(clinic.Context, await clinic.Phones.HashAsync(clinic.Context, Number, default), default)).Ledger.Allows(true);

    private static bool IsReminder(OutgoingText text) => DeliveryTag.KeyOf(text.Tag) is not null;

    private async Task<string> StartAsync(int at)
    {
        clinic = await MemoryClinic.StartAsync(
            Setting, SmallClinic.Local("2026-11-16T10:00"), clock => sender = new RecordingSender(crash, clock), stores => new CrashingStores(stores, crash));
        var patient = await clinic.PatientAsync(new PatientSetting(null, 0, "en", true, true), Number);
        var visit = new BookingRequest.Visit(SmallClinic.Local("2026-12-01T14:00"), AppointmentKind.Infusion);
        Assert.IsType<BookingResult.Done>(await clinic.Book.RunAsync(clinic.Context, patient, visit, clinic.Ana, default));
        stepsBefore = crash.Steps;
        crash.DiesAt = at == 0 ? 0 : stepsBefore + at;
        return patient;
    }

    private async Task<KilledClinic> EndAsync(string patient)
    {
        Steps = crash.Steps - stepsBefore;
        Reminders = await clinic.RemindersAsync(patient);
        return this;
    }

    private async Task DeliverAsync(Instant until)
    {
        while (await clinic.NextMessageAsync(until) is { } row)
        {
            clinic.Clock.Now = Instant.Max(clinic.Clock.Now, Rows.OutboxDue(row.Key));
            var message = Outbox.Read(row);
            await TwiceAsync(() => clinic.HandleAsync(message));
            await clinic.Context.Records.CommitAsync([new Change.Delete(row.Key, row.ETag)], default);
        }

        clinic.Clock.Now = Instant.Max(clinic.Clock.Now, until);
    }

    private async Task TwiceAsync(Func<Task> act)
    {
        for (var time = 0; time < times; time++)
        {
            await SurviveAsync(act);
        }
    }

    // The queue gives out again what nobody completed.
    private async Task SurviveAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Killed)
        {
            crash.Restart();
            clinic.Clock.Advance(away);
            if (wordsBetween is not null)
            {
                textsBefore = sender.Texts.Count;
                await clinic.RepeatAsync(() => clinic.Events.RunAsync(new SmsEvent.Received(RowId.New(), Number, Setting.Phone, wordsBetween, clinic.Clock.Now), default));
            }

            await act();
        }
    }
}
