using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Preparation;

/// <summary>One patient of a clinic on real SQLite who has the link of a preparation page; the visits behind it are whatever a test writes.</summary>
internal sealed class PreparedClinic : IAsyncDisposable
{
    public const string Token = "AAAAAAAAAAAAAAAAAAAAA7";

    public static readonly LocalDate BirthDate = TestClinic.Kim.BirthDate;

    private readonly TestClinic clinic;

    private PreparedClinic(TestClinic clinic, string patient)
    {
        this.clinic = clinic;
        Patient = patient;
        Pages = new PreparationPages(clinic.Stores, new PhoneBook(clinic.Stores), new SiteAddress(), clinic.Clock);
    }

    public string Patient { get; }

    public PreparationPages Pages { get; }

    public ClinicContext Context => clinic.Context;

    public TestClinic Clinic => clinic;

    public static async Task<PreparedClinic> StartAsync(string now = "2026-11-25T10:00", PatientDetails? details = null, AnswerSet? answers = null)
    {
        var started = await TestClinic.StartAsync();
        started.Clock.Now = SmallClinic.At(now);
        var submitted = await new SubmitScreening(new PhoneBook(started.Stores), started.Clock).RunAsync(started.Context, details ?? TestClinic.Kim, answers ?? TestClinic.NoInsulin, null, default);
        var referral = Assert.IsType<SubmitResult.Created>(submitted).Receipt.ReferralId;
        var (_, view) = (await FindReferral.LoadAsync(started.Context.Records, referral, default))!.Value;
        var prepared = new PreparedClinic(started, view.Patient.Id);
        await prepared.LinkAsync(Token, prepared.Patient);
        return prepared;
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    public void At(string now) => clinic.Clock.Now = SmallClinic.At(now);

    public async Task LinkAsync(string token, string patient)
    {
        await WriteAsync(Context.Records, Rows.Link(token), new PreparationLink(patient, 0, new Dictionary<string, IReadOnlyList<string>>()));
        await WriteAsync(clinic.Stores.Open(Rows.Global), Rows.Link(token), new LinkOwner("northside"));
    }

    public async Task<Appointment> VisitAsync(
        string start, AppointmentKind kind = AppointmentKind.Infusion, AppointmentStatus status = AppointmentStatus.Booked, string token = Token, string? id = null, DateTimeZone? zone = null)
    {
        var visit = SmallClinic.Visit(start, id ?? RowId.New(), kind: kind, status: status, zone: zone) with { PatientId = Patient, LinkToken = token };
        await WriteAsync(Context.Records, Rows.Appointment(Patient, visit.Id), visit);
        return visit;
    }

    public Task OrderAsync(bool benzodiazepine = false, bool lamotrigine = false, bool fastingPlan = false) =>
        WriteAsync(Context.Records, Rows.Orders(Patient), new PreparationOrders(benzodiazepine, lamotrigine, fastingPlan, "x", clinic.Clock.Now));

    public Task<UnlockResult> UnlockAsync(LocalDate? birthDate, string token = Token) => Pages.UnlockAsync(Context, token, birthDate, default);

    public async Task<PreparationView> ViewAsync() => (await Pages.ViewAsync(Context, Token, default))!;

    public async Task<bool> TickAsync(params string[] ticks) => await Pages.TickAsync(Context, Token, ticks, default) == TickResult.Saved;

    public async Task<PreparationLink> StoredLinkAsync() => RecordJson.Read<PreparationLink>((await Context.Records.FindAsync(Rows.Link(Token), default))!);

    public async Task<List<AuditEntry>> OpeningsAsync() =>
        [.. (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).Where(e => e.Action == "preparation.open")];

    public async Task<List<StaffNote>> NotesAsync() => [.. (await clinic.RowsAsync(Rows.OpenNotes)).Select(RecordJson.Read<StaffNote>)];

    /// <summary>The same clinic, in which something else happens right before each of the next commits.</summary>
    public ClinicContext Meddled(Func<Task> meddle, int times = 1) => Context with { Records = new Meddling(Context.Records, meddle, times) };

    private static async Task WriteAsync<T>(IRecordStore records, string key, T body) => await records.CommitAsync([new Change.Upsert(key, RecordJson.Write(body))], default);

    private sealed class Meddling(IRecordStore inner, Func<Task> meddle, int times) : IRecordStore
    {
        private int left = times;

        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            if (left-- > 0)
            {
                await meddle();
            }

            return await inner.CommitAsync(changes, cancellation);
        }
    }
}
