using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>Lives through a history with the real handlers, and keeps beside them what a careful person would write down.</summary>
internal sealed class HistoryRun
{
    private const int MostMessages = 4000;
    private static readonly Duration Rest = Duration.FromDays(60);

    private readonly History history;
    private readonly List<Appointment> visits = [];
    private readonly List<Message> messages = [];
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> lastWord = new(StringComparer.Ordinal);
    private readonly HashSet<string> silenced = new(StringComparer.Ordinal);

    private HistoryRun(History history) => this.history = history;

    public MemoryClinic Clinic { get; private set; } = null!;

    public WatchingProvider Provider { get; private set; } = null!;

    public List<string> Patients { get; } = [];

    /// <summary>Every booked infusion as it is in the end, cancelled ones too.</summary>
    public IReadOnlyList<Appointment> Visits => visits;

    /// <summary>Ids of reminders that were ever promised to the clinic, by patient.</summary>
    public HashSet<(string Patient, string Reminder)> Promised { get; } = [];

    /// <summary>How often a reminder may go again because it was not delivered.</summary>
    public Dictionary<string, int> Again { get; } = new(StringComparer.Ordinal);

    /// <summary>Message ids of texts that a report said never arrived.</summary>
    public HashSet<string> Undelivered { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts of patients that have to be answered.</summary>
    public List<(string Number, Instant At, Wish Wish)> Asked { get; } = [];

    /// <summary>Neither the provider nor the queue ever failed.</summary>
    public bool IsCalm => !history.Steps.Any(s => s is Step.Refuse or Step.Pass { IsOutage: true });

    /// <summary>Every text that the provider was asked to send was taken and, as far as anybody said, arrived.</summary>
    public bool NothingFailed => !history.Steps.Select(s => s is Step.Meanwhile m ? m.What : s).Any(s => s is Step.Refuse or Step.Report { Code: not 2000 });

    public static async Task<HistoryRun> OfAsync(History history)
    {
        var run = new HistoryRun(history);
        run.Clinic = await MemoryClinic.StartAsync(history.Clinic, history.Begin, run.Provide);
        for (var i = 0; i < history.Patients.Count; i++)
        {
            run.Patients.Add(await run.Clinic.PatientAsync(history.Patients[i], run.NumberOf(i)));
        }

        foreach (var step in history.Steps)
        {
            await run.StepAsync(step);
        }

        await run.PassAsync(Duration.Zero, 1, isOutage: false);
        run.Provider.Refusals.Clear();
        await run.PassAsync(Rest, 1, isOutage: false);
        return run;
    }

    public PatientSetting SettingOf(string patient) => history.Patients[Patients.IndexOf(patient)];

    public DateTimeZone ZoneOf(string patient) => DateTimeZoneProviders.Tzdb[SettingOf(patient).Zone ?? history.Clinic.Zone];

    public bool NeverRefused(string patient) => !silenced.Contains(Number(SettingOf(patient).Number));

    private string NumberOf(int patient) => Number(history.Patients[patient].Number);

    private static string Number(int number) => $"+1212555010{number}";

    private WatchingProvider Provide(IClock clock) => Provider = new WatchingProvider(clock, LookAsync)
    {
        Refused = (text, code) =>
        {
            if (code == 4007 && DeliveryTag.KeyOf(text.Tag) is not null)
            {
                Hear(text.To, false);
            }
        },
    };

    private async Task<Sent> LookAsync(OutgoingText text, string messageId)
    {
        if (DeliveryTag.KeyOf(text.Tag) is not { } key)
        {
            return new Sent(default, text, messageId, null, null, true, true);
        }

        var reminder = RecordJson.Read<Reminder>((await Clinic.Context.Records.FindAsync(key, default))!);
        var isBooked = visits.Exists(v => v.PatientId == reminder.PatientId && v.Status == AppointmentStatus.Booked);
        var may = lastWord.TryGetValue(text.To, out var word) ? word : SettingOf(reminder.PatientId).Consents;
        return new Sent(default, text, messageId, reminder, visits.Find(v => v.Id == reminder.AppointmentId), may, isBooked);
    }

    private Task StepAsync(Step step) => step switch
    {
        Step.Book book => BookAsync(book),
        Step.Move move when visits.Count > 0 => ChangeAsync(visits[move.Visit % visits.Count], v => Clinic.Change.MoveAsync(
            Clinic.Context, v.PatientId, v.Id, Today().PlusDays(move.Days).At(LocalTime.Midnight.PlusMinutes(move.Minute)), Clinic.Ana, default)),
        Step.Cancel cancel when visits.Count > 0 => ChangeAsync(
            visits[cancel.Visit % visits.Count], v => Clinic.Change.CancelAsync(Clinic.Context, v.PatientId, v.Id, Clinic.Ana, default)),
        Step.Pass pass => PassAsync(Duration.FromMinutes(pass.Minutes), pass.Times, pass.IsOutage),
        Step.Say say => SayAsync(say),
        Step.Report report => ReportAsync(report),
        Step.Refuse refuse => Does(() => Provider.Refusals.Enqueue(refuse.Code)),
        Step.Redeliver again when messages.Count > 0 => Clinic.HandleAsync(messages[^((again.Back % messages.Count) + 1)]),
        Step.Meanwhile meanwhile => Does(() => Provider.Meanwhile.Enqueue(() => StepAsync(meanwhile.What))),
        _ => Task.CompletedTask,
    };

    private void Hear(string number, bool wantsTexts)
    {
        lastWord[number] = wantsTexts;
        if (!wantsTexts)
        {
            silenced.Add(number);
        }
    }

    private static Task Does(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private LocalDate Today() => Clinic.Context.DayAt(Clinic.Clock.Now);

    private async Task BookAsync(Step.Book book)
    {
        var start = Today().PlusDays(book.Days).At(LocalTime.Midnight.PlusMinutes(book.Minute));
        BookingRequest request = book.Sessions > 0 ? new BookingRequest.Series(start, book.Sessions, book.PerWeek) : new BookingRequest.Visit(start, book.Kind);
        if (await Clinic.Book.RunAsync(Clinic.Context, Patients[book.Patient % Patients.Count], request, Clinic.Ana, default) is BookingResult.Done done)
        {
            visits.AddRange(done.Appointments);
            Promise(done);
        }
    }

    private async Task ChangeAsync(Appointment visit, Func<Appointment, Task<BookingResult>> change)
    {
        if (await change(visit) is BookingResult.Done done)
        {
            visits[visits.FindIndex(v => v.Id == visit.Id)] = done.Appointments[0];
            Promise(done);
        }
    }

    private void Promise(BookingResult.Done done) => Promised.UnionWith(done.Reminders.Select(r => (r.PatientId, r.Id)));

    private async Task PassAsync(Duration time, int times, bool isOutage)
    {
        var until = Clinic.Clock.Now + time;
        Clinic.Clock.Now = isOutage ? until : Clinic.Clock.Now;
        while (await Clinic.NextMessageAsync(until) is { } row)
        {
            Assert.True(messages.Count < MostMessages, "Messages without end.");
            Clinic.Clock.Now = Instant.Max(Clinic.Clock.Now, Rows.OutboxDue(row.Key));
            messages.Add(Outbox.Read(row));
            for (var i = 0; i < times; i++)
            {
                await Clinic.HandleAsync(messages[^1]);
            }

            await Clinic.Context.Records.CommitAsync([new Change.Delete(row.Key, row.ETag)], default);
        }

        Clinic.Clock.Now = Instant.Max(Clinic.Clock.Now, until);
    }

    private async Task SayAsync(Step.Say say)
    {
        var number = Number(say.Number);
        if (say.Wish != Wish.Nothing)
        {
            Asked.Add((number, Clinic.Clock.Now, say.Wish));
        }

        await TellTwiceAsync(new SmsEvent.Received(RowId.New(), number, history.Clinic.Phone, say.Words, Clinic.Clock.Now));
        if (say.Wish is Wish.NoTexts or Wish.Texts)
        {
            Hear(number, say.Wish == Wish.Texts);
        }
    }

    private async Task ReportAsync(Step.Report report)
    {
        var texts = Provider.Texts.Where(t => t.Reminder is not null).ToList();
        if (texts.Count == 0)
        {
            return;
        }

        var about = texts[^((report.Back % texts.Count) + 1)];
        var isNew = reported.Add(about.MessageId);
        var isFirst = isNew && texts.Last(t => t.Text.Tag == about.Text.Tag) == about;
        await TellTwiceAsync(new SmsEvent.DeliveryReport(
            RowId.New(), about.MessageId, about.Text.From, about.Text.To, report.Code == 2000, report.Code, about.Text.Tag, Clinic.Clock.Now));
        if (isFirst && report.Code == 4007)
        {
            Hear(about.Text.To, false);
        }

        if (isFirst && report.Code != 2000)
        {
            Undelivered.Add(about.MessageId);
        }

        // Codes below 4006 and the opt-out are final.
        Again[about.Text.Tag] = Again.GetValueOrDefault(about.Text.Tag) + (isFirst && report.Code is 4010 or >= 5000 ? 1 : 0);
    }

    private async Task TellTwiceAsync(SmsEvent told)
    {
        await Clinic.RepeatAsync(() => Clinic.Events.RunAsync(told, default));
        await Clinic.RepeatAsync(() => Clinic.Events.RunAsync(told, default));
    }
}
