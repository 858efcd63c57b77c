using System.Runtime.CompilerServices;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class FlagLabsTests
{
    private static readonly string[] Everything = ["24323-8", "58410-2", "11524-6"];

    [Fact]
    public async Task A_clinic_is_told_from_six_in_its_own_morning_on()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.AddAsync(await clinic.PatientAsync(), Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        var queue = new SentMessages();
        var timer = new FlagLabs(clinic.Inner.Directory, queue, clinic.Inner.Clock);

        // 2 December, 05:59 and 06:00 in New York.
        clinic.Inner.Clock.Now = Instant.FromUtc(2026, 12, 2, 10, 59);
        var early = await timer.RunAsync(default);
        Assert.Empty(queue.Sent);
        Assert.Equal(Instant.FromUtc(2026, 12, 2, 11, 0), early.Clinics.Single().Due);

        clinic.Inner.Clock.Now = Instant.FromUtc(2026, 12, 2, 11, 0);
        await timer.RunAsync(default);
        Assert.Equal([new Message(Queues.Labs, "northside", "sweep")], queue.Sent);
    }

    [Fact]
    public async Task Nothing_due_tells_nobody()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.SweepAsync();
        var queue = new SentMessages();

        var look = await new FlagLabs(clinic.Inner.Directory, queue, clinic.Inner.Clock).RunAsync(default);

        Assert.Null(look.Clinics.Single().Due);
        Assert.Empty(queue.Sent);
    }

    [Fact]
    public async Task Late_and_twice_tells_again_and_the_sweep_does_it_once()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        var queue = new SentMessages();
        var timer = new FlagLabs(clinic.Inner.Directory, queue, clinic.Inner.Clock);
        clinic.GoTo("2026-12-20");

        await timer.RunAsync(default);
        await timer.RunAsync(default);
        foreach (var message in queue.Sent)
        {
            await clinic.Sweep.RunAsync(message, default);
        }

        Assert.Equal(2, queue.Sent.Count);
        Assert.All(await clinic.FlagsAsync(patient), f => Assert.Single(f.History));
        await timer.RunAsync(default);
        Assert.Equal(2, queue.Sent.Count);
    }

    [Fact]
    public async Task One_clinics_failure_does_not_stop_anothers()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.Inner.Clinics.RunAsync(new NewClinic("southside", "Southside Care", "America/Chicago", "+12125550188", true), default);
        var stores = new BrokenPartition(clinic.Inner.Stores, "northside");
        var directory = new ClinicDirectory(stores, clinic.Context.Protocol);
        var queue = new SentMessages();

        var look = await new FlagLabs(directory, queue, clinic.Inner.Clock).RunAsync(default);

        Assert.Equal([("northside", nameof(RecordStoreException))], look.Failed);
        Assert.Equal(["southside"], queue.Sent.Select(m => m.Clinic));
    }

    [Fact]
    public async Task A_clinic_that_cannot_be_told_holds_no_other_back()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.Inner.Clinics.RunAsync(new NewClinic("southside", "Southside Care", "America/Chicago", "+12125550188", true), default);
        var queue = new SentMessages { Refuses = "northside" };
        var flags = new FlagLabs(clinic.Inner.Directory, queue, clinic.Inner.Clock);

        var look = await flags.RunAsync(default);
        var local = await new LabTimer(flags, NullLogger<LabTimer>.Instance).RunDueAsync(clinic.Inner.Clock.Now, default);

        Assert.Equal([("northside", nameof(RecordStoreException))], look.Failed);
        Assert.Equal(1, local.Told);
        Assert.Equal(["southside", "southside"], queue.Sent.Select(m => m.Clinic));
    }

    [Fact]
    public async Task Changed_requirements_are_judged_without_waiting_for_the_morning()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");

        Assert.Empty(await clinic.Inner.Clinics.OverrideAsync("northside", ClinicOverrides.None with { Labs = [new LabSetting(LabTests.Cbc, LabPolicy.All, 1)] }, default));

        Assert.Contains(new Message(Queues.Labs, "northside", SweepLabs.Everyone), (await clinic.RowsAsync(Rows.Outbox)).Select(Outbox.Read));
    }

    [Fact]
    public async Task The_local_timer_tells_a_clinic_once_and_again_only_when_the_sweep_did_not_get_through()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.AddAsync(await clinic.PatientAsync(), Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        clinic.GoTo("2026-12-02");
        var now = clinic.Inner.Clock.Now;
        var queue = new SentMessages();
        var timer = new LabTimer(new FlagLabs(clinic.Inner.Directory, queue, clinic.Inner.Clock), NullLogger<LabTimer>.Instance);

        Assert.Equal((1, now + Duration.FromHours(1)), await timer.RunDueAsync(now, default));
        Assert.Equal(0, (await timer.RunDueAsync(now, default)).Told);
        Assert.Equal(0, (await timer.RunDueAsync(now + Duration.FromMinutes(59), default)).Told);
        Assert.Equal(1, (await timer.RunDueAsync(now + Duration.FromHours(1), default)).Told);

        await clinic.SweepAsync();
        Assert.Equal((0, null), await timer.RunDueAsync(now + Duration.FromHours(2), default));
    }

    [Fact]
    public async Task The_local_timer_says_when_it_wants_to_run_next()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.AddAsync(await clinic.PatientAsync(), Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        var timer = new LabTimer(new FlagLabs(clinic.Inner.Directory, new SentMessages(), clinic.Inner.Clock), NullLogger<LabTimer>.Instance);

        Assert.Equal((0, Instant.FromUtc(2026, 12, 2, 11, 0)), await timer.RunDueAsync(clinic.Inner.Clock.Now, default));
    }

    [Fact]
    public async Task A_row_of_the_index_that_cannot_be_read_is_due_on_its_day()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.SweepAsync();
        await clinic.WriteAsync(new Change.Upsert(Rows.Recheck(Day("2026-11-22"), RowId.New()), ReadOnlyMemory<byte>.Empty));
        var directory = new ClinicDirectory(new AlteredIndex(clinic.Inner.Stores), clinic.Context.Protocol);

        var look = await new FlagLabs(directory, new SentMessages(), clinic.Inner.Clock).LookAsync(default);

        Assert.Empty(look.Failed);
        Assert.Equal(Day("2026-11-22").At(FlagLabs.Morning).InZoneLeniently(clinic.Context.Zone).ToInstant(), Assert.Single(look.Clinics).Due);
    }

    // No row of the recheck index is what was written.
    private sealed class AlteredIndex(IRecordStores inner) : IRecordStores
    {
        public IRecordStore Open(string partition) => new Partition(inner.Open(partition));

        private sealed class Partition(IRecordStore inner) : IRecordStore
        {
            public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

            public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
            {
                await foreach (var row in inner.ListAsync(range, cancellation))
                {
                    yield return range == Rows.Rechecks ? throw new RecordIntegrityException(row.Key, "altered.") : row;
                }
            }

            public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) => inner.CommitAsync(changes, cancellation);
        }
    }

    private sealed class SentMessages : IMessageQueue
    {
        public List<Message> Sent { get; } = [];

        public string? Refuses { get; init; }

        public Task SendAsync(Message message, CancellationToken cancellation)
        {
            if (message.Clinic == Refuses)
            {
                throw new RecordStoreException("out");
            }

            Sent.Add(message);
            return Task.CompletedTask;
        }
    }

    private sealed class BrokenPartition(IRecordStores inner, string broken) : IRecordStores
    {
        public IRecordStore Open(string partition)
        {
            if (partition != broken)
            {
                return inner.Open(partition);
            }

            return new FaultyStores(inner) { Fault = () => new RecordStoreException("out") }.Open(partition);
        }
    }
}
