using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Local.Records;
using NodaTime;

namespace KetamineIntake.Tests.Support;

/// <summary>A clinic on real SQLite with the embedded protocol and a clock that a test moves.</summary>
internal sealed class TestClinic : IAsyncDisposable
{
    public static readonly PatientDetails Kim = new("Kim", "Park", new LocalDate(1985, 4, 12), "+12125550123", null, null, "en", SmsConsent: false);

    private static readonly Lazy<Protocol> Embedded = new(() => EmbeddedProtocols.Load("iv-ketamine"));

    private readonly TemporaryFolder folder = new();
    private readonly SqliteRecords sqlite;

    private TestClinic()
    {
        sqlite = SqliteRecords.OpenFile(folder["records.db"]);
        Stores = new EncryptedRecordStores(sqlite, new RecordKeys(new RecordKey("test", new byte[RecordKey.Bytes])));
        Phones = new PhoneBook(Stores);
        Staff = new StaffKeys(Clock);
        Directory = new ClinicDirectory(Stores, Embedded.Value);
        Clinics = new AddClinic(Stores, Embedded.Value, Staff, Clock);
    }

    public TestClock Clock { get; } = new();

    public IRecordStores Stores { get; }

    public PhoneBook Phones { get; }

    public SqliteQueue Queue => sqlite.Queue;

    public StaffKeys Staff { get; }

    public ClinicDirectory Directory { get; }

    public AddClinic Clinics { get; }

    public ClinicContext Context { get; private set; } = null!;

    public StaffMember Ana { get; private set; } = null!;

    public StaffMember Ben { get; private set; } = null!;

    public static async Task<TestClinic> StartAsync(bool demonstration = true)
    {
        var clinic = new TestClinic();
        var (added, faults) = await clinic.Clinics.RunAsync(
            new NewClinic("northside", "Northside Care", "America/New_York", "+12125550199", demonstration), default);
        Assert.Empty(faults);
        clinic.Context = (await clinic.Directory.FindAsync("northside", default))!;
        clinic.Ana = (await clinic.Staff.AuthenticateAsync(clinic.Context, added!.ClinicianKey, default))!;
        clinic.Ben = (await clinic.Staff.AuthenticateAsync(clinic.Context, added.DirectorKey, default))!;
        return clinic;
    }

    /// <summary>What the call-first rules ask, answered with no: without these answers no text names fasting times.</summary>
    public static readonly AnswerSet NoInsulin = new(new Dictionary<string, Answer>(StringComparer.Ordinal)
    {
        ["endo.diabetes"] = new Answer.Choice("no"),
        ["med.classes"] = new Answer.Choices(["none"]),
        ["med.sglt2"] = new Answer.Choice("no"),
        ["med.glp1"] = new Answer.Choice("no"),
        ["sub.alcohol"] = new Answer.Choice("no"),
        ["sub.withdrawal"] = new Answer.Choice("no"),
    });

    /// <summary>The same with some answers given otherwise.</summary>
    public static AnswerSet NoInsulinBut(params (string LinkId, object Value)[] answers) =>
        Answers(answers).All.Aggregate(NoInsulin, (all, answer) => all.With(answer.Key, answer.Value));

    /// <summary>Answers by linkId: words are codes, numbers are numbers.</summary>
    public static AnswerSet Answers(params (string LinkId, object Value)[] answers) => new(answers.ToDictionary(
        a => a.LinkId,
        a => a.Value switch
        {
            "not-sure" => Answer.NotSure.Instance,
            string code => new Answer.Choice(code),
            int number => new Answer.Number(number),
            var answer => (Answer)answer,
        },
        StringComparer.Ordinal));

    public async Task<List<Row>> RowsAsync(RowRange range)
    {
        var rows = new List<Row>();
        await foreach (var row in Context.Records.ListAsync(range, default))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Sends what is due and hands it to the purge handler, as a host does.</summary>
    public async Task DeliverAsync()
    {
        await OutboxRelease.ReleaseAsync("northside", Context.Records, Queue, Clock.Now, default);
        var purge = new PurgeExpired(Clock);
        var handlers = new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal)
        {
            [Queues.Purge] = (message, cancellation) => purge.RunAsync(Stores.Open(message.Clinic), message, cancellation),
        };
        await new QueuePump(Queue, handlers, (_, failure) => throw new InvalidOperationException("A handler failed.", failure)).RunDueAsync(Clock.Now, default);
    }

    public async ValueTask DisposeAsync()
    {
        await sqlite.DisposeAsync();
        folder.Dispose();
    }
}
