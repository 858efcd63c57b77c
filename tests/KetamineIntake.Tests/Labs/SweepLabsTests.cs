using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class SweepLabsTests
{
    private static readonly string[] Everything = ["24323-8", "58410-2", "11524-6"];

    [Fact]
    public async Task A_flag_opens_in_the_morning_21_days_ahead_and_names_the_visit()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-01", Everything));
        foreach (var day in new[] { "2026-11-24", "2026-11-27", "2026-12-01" })
        {
            await clinic.BookAsync(patient, day);
        }

        var failing = await clinic.BookAsync(patient, "2026-12-04");
        await clinic.SweepAsync();
        Assert.Empty(await clinic.FlagsAsync(patient));

        clinic.GoTo("2026-11-12");
        await clinic.SweepAsync();
        Assert.Empty(await clinic.FlagsAsync(patient));

        clinic.GoTo("2026-11-13");
        await clinic.SweepAsync();
        Assert.All(await clinic.FlagsAsync(patient), f => Assert.Equal((LabStanding.ExpiresBeforeVisit, failing), (f.Kind, f.VisitId)));
        Assert.Equal(21, (await clinic.LedgerAsync(patient)).Notices.Single().DaysBefore);
    }

    [Fact]
    public async Task On_the_day_the_visit_is_held_and_a_result_of_the_day_releases_it()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-01", Everything));
        var visit = await clinic.BookAsync(patient, "2026-12-04");
        clinic.GoTo("2026-12-03");
        await clinic.SweepAsync();
        Assert.Empty((await clinic.LedgerAsync(patient)).HeldVisits);

        clinic.GoTo("2026-12-04");
        await clinic.SweepAsync();
        Assert.Equal([visit], (await clinic.LedgerAsync(patient)).HeldVisits);

        await clinic.AddAsync(patient, Coded("2026-12-04", Everything));
        Assert.Empty((await clinic.LedgerAsync(patient)).HeldVisits);
        Assert.False((await clinic.LedgerAsync(patient)).Notices[^1].Stands);
    }

    [Fact]
    public async Task After_days_of_silence_one_sweep_catches_up()
    {
        await using var daily = await LabClinic.StartAsync("2026-11-20");
        var patient = await daily.PatientAsync();
        await daily.AddAsync(patient, Coded("2026-09-01", Everything));
        await daily.BookAsync(patient, "2027-01-20");

        daily.GoTo("2027-01-15");
        await daily.SweepAsync();

        Assert.All(await daily.FlagsAsync(patient), f => Assert.Equal((LabStanding.Expired, Day("2027-01-20")), (f.Kind, f.VisitOn!.Value)));
        Assert.Equal([10], (await daily.LedgerAsync(patient)).Notices.Select(n => n.DaysBefore));
        Assert.Equal([Rows.Recheck(Day("2027-01-17"), patient)], await daily.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task Running_it_twice_does_it_once()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-10");
        clinic.GoTo("2026-11-30");
        await clinic.SweepAsync();
        var rows = (await clinic.RowsAsync(new RowRange("", "~"))).Select(r => (r.Key, r.ETag)).ToList();

        await clinic.SweepAsync();

        Assert.Equal(rows, (await clinic.RowsAsync(new RowRange("", "~"))).Select(r => (r.Key, r.ETag)));
    }

    [Fact]
    public async Task It_reads_only_patients_that_are_due()
    {
        var counting = new CountingStore();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", counting.Around);
        for (var i = 0; i < 30; i++)
        {
            await clinic.AddAsync(await clinic.PatientAsync(), Coded("2026-11-01", Everything));
        }

        await clinic.AddAsync(await clinic.PatientAsync(), Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        clinic.GoTo("2026-12-02");
        counting.Reset();

        await clinic.SweepAsync();

        Assert.InRange(counting.Calls, 1, 25);
        Assert.Equal(4, (await clinic.ListAsync()).Count);
    }

    [Fact]
    public async Task More_patients_than_one_batch_are_all_swept()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        for (var i = 0; i < 130; i++)
        {
            await clinic.AddAsync(await clinic.PatientAsync(), Coded("2026-09-01", Everything));
        }

        await clinic.SweepAsync();
        clinic.GoTo("2026-12-02");
        await clinic.SweepAsync();

        Assert.Equal(130 * 4, (await clinic.ListAsync()).Count);
        Assert.Empty(await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task A_row_of_the_index_that_leads_to_nobody_goes()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.WriteAsync(new Change.Upsert(Rows.Recheck(Day("2026-11-19"), RowId.New()), ReadOnlyMemory<byte>.Empty));

        await clinic.SweepAsync();

        Assert.Empty(await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task A_changed_requirement_judges_everybody_again()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-10-01", Everything));
        await clinic.SweepAsync();
        Assert.Empty(await clinic.FlagsAsync(patient));

        Monthly(clinic);
        await clinic.SweepAsync();

        Assert.Equal((LabTests.Cbc, LabStanding.Expired), Assert.Single(await clinic.FlagsAsync(patient)) is var flag ? (flag.Test, flag.Kind) : default);
    }

    [Fact]
    public async Task A_message_about_one_patient_judges_that_patient()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var (one, other) = (await clinic.PatientAsync(), await clinic.PatientAsync());

        await clinic.Sweep.RunAsync(new Message(Queues.Labs, "northside", one), default);
        await clinic.Sweep.RunAsync(new Message(Queues.Labs, "nowhere", other), default);

        Assert.Equal(4, (await clinic.FlagsAsync(one)).Count);
        Assert.Empty(await clinic.FlagsAsync(other));
    }

    [Fact]
    public async Task A_changed_notice_asks_for_a_new_plan_of_texts()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        await clinic.BookAsync(patient, "2026-12-10");

        var messages = (await clinic.RowsAsync(Rows.Outbox)).Select(Outbox.Read).ToList();
        Assert.Contains(messages, m => m == new Message(Queues.Plans, "northside", patient));
    }

    internal static void Monthly(LabClinic clinic) => clinic.Context = clinic.Context with
    {
        Clinic = clinic.Context.Clinic with { Overrides = clinic.Context.Clinic.Overrides with { Labs = [new LabSetting(LabTests.Cbc, LabPolicy.All, 1, null)] } },
    };
}
