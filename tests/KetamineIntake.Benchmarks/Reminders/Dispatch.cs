using System.Diagnostics;
using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Local.Records;
using KetamineIntake.Local.Reminders;
using NodaTime;

namespace KetamineIntake.Benchmarks.Reminders;

/// <summary>
/// Ten thousand due reminders from outbox to the local phone, alone and with many more stored that are not due yet; beside it a plain loop over the same sender, which is what
/// sending costs without any promise. The last columns are the window in which a crash makes a text go twice. Everything encrypted and synchronous=FULL. Look at the ratios, disks differ.
/// </summary>
internal static class Dispatch
{
    private const string Slug = "northside";
    private const int CommitsAtOnce = 32;

    // Seven rows each.
    private const int PatientsInCommit = 14;
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 17, 0);

    public static async Task RunAsync(int due, int waiting)
    {
        Console.WriteLine($"SQLite {SqliteLibrary.Version}\n");
        Console.WriteLine("| reminders due | stored, not due | seconds | reminders/s | of the plain loop | of none stored | sent to recorded, ms: p50 | p99 | max |\n|---|---|---|---|---|---|---|---|---|");
        await MeasureAsync(Math.Min(due, 1000), 0, null, print: false);
        var alone = await MeasureAsync(due, 0, null, print: true);
        await MeasureAsync(due, waiting, alone, print: true);
    }

    private static async Task<TimeSpan> MeasureAsync(int due, int waiting, TimeSpan? alone, bool print)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch");
        TimeSpan took;
        await using (var records = SqliteRecords.OpenFile(Path.Combine(directory.FullName, "records.db")))
        {
            var clock = new StandingClock();
            var stores = new EncryptedRecordStores(records, new RecordKeys(RecordKey.New()));
            var protocol = EmbeddedProtocols.Load("iv-ketamine");
            await new AddClinic(stores, protocol, new StaffKeys(clock), clock).RunAsync(
                new NewClinic(Slug, "Northside Care", "America/New_York", "+12125550199", IsDemonstration: true), default);
            await StoreAsync(stores.Open(Slug), due, Now - Duration.FromMinutes(1));
            await StoreAsync(stores.Open(Slug), waiting, Now + Duration.FromDays(30));
            var inbox = new LocalInbox(stores, clock);
            var window = new RecordingWindow(stores, inbox);
            took = await DispatchAsync(records, window, protocol, clock);
            var sent = (await inbox.ListAsync(default)).Count;
            if (sent != due || window.Count != due)
            {
                throw new InvalidOperationException($"{due} reminders were due, {sent} were sent, {window.Count} recorded.");
            }

            if (print)
            {
                var loop = await LoopAsync(inbox, due);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {due} | {waiting} | {took.TotalSeconds:0.0} | {due / took.TotalSeconds:0} | {loop / took:0.00} | {(alone is { } a ? $"{took / a:0.00}" : "1")} | {window.Milliseconds(0.5):0.00} | {window.Milliseconds(0.99):0.00} | {window.Milliseconds(1):0.00} |"));
            }
        }

        directory.Delete(recursive: true);
        return took;
    }

    private static async Task<TimeSpan> DispatchAsync(SqliteRecords records, RecordingWindow window, Protocol protocol, StandingClock clock)
    {
        var send = new SendReminder(new ClinicDirectory(window, protocol), new PhoneBook(window), new SiteAddress(), window, clock);
        var handlers = new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal) { [Queues.Reminders] = send.RunAsync };
        var pump = new QueuePump(records.Queue, handlers, (_, failure) => throw new InvalidOperationException("A reminder failed.", failure));
        var started = Stopwatch.GetTimestamp();
        await OutboxRelease.ReleaseAsync(Slug, window.Open(Slug), records.Queue, Now, default);
        await pump.RunDueAsync(Now, default);
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<TimeSpan> LoopAsync(LocalInbox inbox, int texts)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < texts; i++)
        {
            await inbox.SendAsync(new OutgoingText("+12125550199", "+12125550123", Text, "plain"), default);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task StoreAsync(IRecordStore store, int count, Instant sendAt)
    {
        var commits = Enumerable.Range(0, (count + PatientsInCommit - 1) / PatientsInCommit)
            .Select(c => Enumerable.Range(c * PatientsInCommit, Math.Min(PatientsInCommit, count - (c * PatientsInCommit)))).Chunk(CommitsAtOnce);
        foreach (var group in commits)
        {
            await Task.WhenAll(group.Select(numbers => store.CommitAsync([.. numbers.SelectMany(_ => Rows(sendAt))], default)));
        }
    }

    // One patient with an accepted referral, visit, reminder and message each: as many rows as a clinic has.
    private static IEnumerable<Change> Rows(Instant sendAt)
    {
        var patient = new Patient(RowId.New(), "Kim", "Park", new LocalDate(1990, 3, 4), "+12125550123", null, null, "en", true, sendAt);
        var start = (sendAt + Duration.FromHours(20)).InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime;
        var visit = new Appointment(
            RowId.New(), patient.Id, AppointmentKind.Infusion, start, "America/New_York", sendAt + Duration.FromHours(20), AppointmentStatus.Booked, 1, 1, null, Tokens.New(), null, sendAt);
        var reminder = new Reminder(
            RowId.New(), patient.Id, ReminderTemplate.DayBefore, visit.Id, 1, null, sendAt, sendAt + Duration.FromHours(14), Text, "18:00 clinic time, the day before the visit", ReminderStatus.Planned);
        var key = Core.Records.Rows.Reminder(patient.Id, reminder.Id);
        var screening = new StoredScreening(
            RowId.New(), patient.Id, RowId.New(), true, sendAt, start.Date, patient.BirthDate, "questionnaire|1", "1", "0", "1", "0", NoInsulin,
            new ScreeningResult(Outcome.Eligible, Urgency.None, [], [], []));
        var referral = new Referral(screening.ReferralId, patient.Id, screening.Id, ReferralStatus.Accepted, Outcome.Eligible, Urgency.None, true, sendAt, []);
        yield return new Change.Insert(Core.Records.Rows.Screening(patient.Id, screening.Id), RecordJson.Write(screening));
        yield return new Change.Insert(Core.Records.Rows.Referral(referral.Id), RecordJson.Write(referral));
        yield return new Change.Insert(Core.Records.Rows.Patient(patient.Id), RecordJson.Write(patient));
        yield return new Change.Insert(Core.Records.Rows.Appointment(patient.Id, visit.Id), RecordJson.Write(visit));
        yield return new Change.Insert(Core.Records.Rows.Plan(patient.Id), RecordJson.Write(new PlanStamp(sendAt)));
        yield return new Change.Insert(key, RecordJson.Write(reminder));
        yield return Outbox.Row(new Message(Queues.Reminders, Slug, key), sendAt);
    }

    // Without these the text would be changed on its way, because it names fasting times.
    private static readonly AnswerSet NoInsulin = new(new Dictionary<string, Answer>(StringComparer.Ordinal)
    {
        ["endo.diabetes"] = new Answer.Choice("no"),
        ["med.classes"] = new Answer.Choices(["none"]),
        ["med.sglt2"] = new Answer.Choice("no"),
        ["med.glp1"] = new Answer.Choice("no"),
        ["sub.alcohol"] = new Answer.Choice("no"),
        ["sub.withdrawal"] = new Answer.Choice("no"),
    });

    private const string Text = "Northside Care: Tue 2:00 PM. Stop food 8:00 AM, stop water noon. Ride home? Reply C or R. https://visits.example.org/p/0123456789012345678901";

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => Now;
    }
}
