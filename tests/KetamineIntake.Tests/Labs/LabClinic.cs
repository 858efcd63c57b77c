using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Labs;

/// <summary>A clinic whose patients and visits are written as the use cases of their own areas would, so that tests of laboratory flags stand alone.</summary>
internal sealed class LabClinic : IAsyncDisposable
{
    private LabClinic(TestClinic inner, Func<IRecordStore, IRecordStore> decorate)
    {
        Inner = inner;
        Context = inner.Context with { Records = decorate(inner.Context.Records) };
        Review = new ReviewLabs(inner.Clock);
        Sweep = new SweepLabs(inner.Directory, Review, inner.Clock);
        Add = new AddLabResults(inner.Clock);
    }

    public TestClinic Inner { get; }

    public ClinicContext Context { get; set; }

    public ReviewLabs Review { get; }

    public SweepLabs Sweep { get; }

    public AddLabResults Add { get; }

    public LocalDate Today => Context.DayAt(Inner.Clock.Now);

    public static async Task<LabClinic> StartAsync(string today, Func<IRecordStore, IRecordStore>? decorate = null)
    {
        var clinic = new LabClinic(await TestClinic.StartAsync(), decorate ?? (store => store));
        clinic.GoTo(today);
        return clinic;
    }

    /// <summary>Seven in the clinic's morning.</summary>
    public void GoTo(string day) => Inner.Clock.Now = LabSamples.Day(day).At(new LocalTime(7, 0)).InZoneLeniently(Context.Zone).ToInstant();

    public async Task<string> PatientAsync(ReferralStatus status = ReferralStatus.Accepted, IReadOnlyList<Finding>? findings = null, IReadOnlyList<string>? missing = null)
    {
        var patient = RowId.New();
        await WriteAsync(Insert(
            Rows.Patient(patient), new Patient(patient, "Kim", "Park", new LocalDate(1985, 4, 12), "+12125550123", null, null, "en", true, Inner.Clock.Now)));
        await ScreenAsync(patient, status, findings, missing);
        return patient;
    }

    /// <summary>One more screening of the patient, and its referral.</summary>
    public async Task ScreenAsync(string patient, ReferralStatus status, IReadOnlyList<Finding>? findings = null, IReadOnlyList<string>? missing = null)
    {
        var (referral, screening, now) = (RowId.New(), RowId.New(), Inner.Clock.Now);
        await WriteAsync(
            Insert(Rows.Screening(patient, screening), new StoredScreening(
                screening, patient, referral, true, now, Today, new LocalDate(1985, 4, 12), "q|1", "1", "h", "1", "h", AnswerSet.Empty,
                new ScreeningResult(Outcome.Eligible, Urgency.None, findings ?? [], missing ?? [], []))),
            Insert(Rows.Referral(referral), new Referral(referral, patient, screening, status, Outcome.Eligible, Urgency.None, true, now, [])));
    }

    /// <summary>Books an infusion at nine, or moves or cancels it, and judges as the message that rides along would.</summary>
    /// <param name="isJudged">False while that message is still under way.</param>
    public async Task<string> BookAsync(string patient, string day, string? id = null, AppointmentStatus status = AppointmentStatus.Booked, AppointmentKind kind = AppointmentKind.Infusion, bool isJudged = true)
    {
        var visit = id ?? RowId.New();
        var start = LabSamples.Day(day).At(new LocalTime(9, 0));
        var appointment = new Appointment(
            visit, patient, kind, start, Context.Clinic.TimeZone, start.InZoneLeniently(Context.Zone).ToInstant(), status, 1, 1, null, "t", null, Inner.Clock.Now);
        await WriteAsync(new Change.Upsert(Rows.Appointment(patient, visit), RecordJson.Write(appointment)));
        if (isJudged)
        {
            await Review.RunAsync(Context, patient, default);
        }

        return visit;
    }

    public async Task<AddLabResultsOutcome.Added> AddAsync(string patient, params LabResult[] results) =>
        Assert.IsType<AddLabResultsOutcome.Added>(await Add.RunAsync(Context, patient, results, "ana", default));

    /// <summary>The sweep, and then the messages about single patients that it left in the outbox, as the dispatcher would bring them.</summary>
    public async Task SweepAsync()
    {
        await Sweep.RunAsync(Context, SweepLabs.Everyone, default);
        foreach (var row in await RequestsAsync())
        {
            await Sweep.RunAsync(Context, Outbox.Read(row).Subject, default);
            await WriteAsync(new Change.Delete(row.Key, row.ETag));
        }
    }

    /// <summary>Messages that ask for one patient to be judged again and have not gone out.</summary>
    public async Task<IReadOnlyList<Row>> RequestsAsync() =>
        [.. (await RowsAsync(Rows.Outbox)).Where(r => Outbox.Read(r) is { Queue: Queues.Labs, Subject: not SweepLabs.Everyone })];

    public async Task<IReadOnlyList<LabFlag>> FlagsAsync(string patient) => await ReadAsync<LabFlag>(Rows.PatientLabFlags(patient));

    public async Task<IReadOnlyList<LabFlagSummary>> ListAsync() => await ReadAsync<LabFlagSummary>(Rows.LabFlags);

    public async Task<LabLedger> LedgerAsync(string patient) => (await ReadAsync<LabLedger>(RowRange.StartingWith(Rows.LabLedger(patient)))).Single();

    public async Task<IReadOnlyList<string>> KeysAsync(RowRange range) => [.. (await RowsAsync(range)).Select(r => r.Key)];

    public async Task<List<Row>> RowsAsync(RowRange range) => await Inner.RowsAsync(range);

    /// <summary>All that a sweep may have written, as text: two runs that end alike have the same.</summary>
    public async Task<string> EndStateAsync()
    {
        var text = new List<string>();
        foreach (var range in new[] { RowRange.StartingWith("labflag|"), Rows.LabFlags, Rows.Rechecks, RowRange.StartingWith("labs|"), Rows.LabAlerts })
        {
            text.AddRange((await RowsAsync(range)).Select(r => r.Key + " " + System.Text.Encoding.UTF8.GetString(r.Body.Span)));
        }

        return string.Join('\n', text);
    }

    public Task WriteAsync(params Change[] changes) => Inner.Context.Records.CommitAsync(changes, default);

    public ValueTask DisposeAsync() => Inner.DisposeAsync();

    private static Change.Insert Insert<T>(string key, T value) => new(key, RecordJson.Write(value));

    private async Task<IReadOnlyList<T>> ReadAsync<T>(RowRange range) => [.. (await RowsAsync(range)).Select(RecordJson.Read<T>)];
}
