using System.Runtime.CompilerServices;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>One patient never stops the others, and a store that is away is nobody's fault.</summary>
public sealed class SweepLabsFaultsTests
{
    private static readonly string[] Everything = ["24323-8", "58410-2", "11524-6"];

    [Fact]
    public async Task A_patient_whose_records_cannot_be_read_comes_again_tomorrow_and_is_told_of_once()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var (broken, fine) = await DueAsync(clinic);
        await clinic.WriteAsync(new Change.Upsert(Rows.Lab(broken, RowId.New()), new byte[] { 1, 2, 3 }));
        clinic.GoTo("2026-12-02");

        await RunAsync(clinic);
        await RunAsync(clinic);

        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Equal([Rows.Recheck(Day("2026-12-03"), broken)], await clinic.KeysAsync(Rows.Rechecks));
        var message = Outbox.Read(Assert.Single(await clinic.RequestsAsync()));
        Assert.Equal(new Message(Queues.Labs, "northside", broken), message);
        await Assert.ThrowsAnyAsync<Exception>(() => clinic.Sweep.RunAsync(message, default));
    }

    [Fact]
    public async Task Who_was_set_aside_and_is_mended_is_judged_by_the_message_or_the_next_morning_and_leaves_the_index()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var (broken, _) = await DueAsync(clinic);
        var key = Rows.Lab(broken, RowId.New());
        await clinic.WriteAsync(new Change.Upsert(key, new byte[] { 1, 2, 3 }));
        clinic.GoTo("2026-12-02");
        await RunAsync(clinic);
        var row = (await clinic.RowsAsync(Rows.PatientLabs(broken))).Single(r => r.Key == key);
        await clinic.WriteAsync(new Change.Delete(key, row.ETag));

        clinic.GoTo("2026-12-03");
        await clinic.SweepAsync();

        Assert.All(await clinic.FlagsAsync(broken), f => Assert.Single(f.History));
        Assert.Equal(4, (await clinic.FlagsAsync(broken)).Count);
        Assert.Empty(await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task When_what_everybody_was_judged_by_cannot_be_read_everybody_is_asked_for_and_it_is_written_anew()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        await DueAsync(clinic);
        faults.Altered = key => key == Rows.LabBasis;

        await RunAsync(clinic);
        Assert.Equal(2, (await clinic.RequestsAsync()).Count);

        await RunAsync(clinic);
        Assert.Equal(2, (await clinic.RequestsAsync()).Count);
    }

    [Fact]
    public async Task While_the_store_is_away_rows_stay_where_they_are_and_the_sweep_comes_again()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var (stuck, fine) = await DueAsync(clinic);
        clinic.GoTo("2026-12-02");
        faults.Away = key => key == Rows.Patient(stuck);

        await Assert.ThrowsAsync<AggregateException>(() => RunAsync(clinic));
        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Equal([Rows.Recheck(Day("2026-12-02"), stuck)], await clinic.KeysAsync(Rows.Rechecks));
        Assert.Empty(await clinic.RequestsAsync());

        faults.Away = _ => false;
        await RunAsync(clinic);
        Assert.Equal(4, (await clinic.FlagsAsync(stuck)).Count);
    }

    [Fact]
    public async Task A_patient_who_can_be_neither_judged_nor_set_aside_fails_the_sweep_and_holds_nobody_back()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var (broken, fine) = await DueAsync(clinic);
        await clinic.WriteAsync(new Change.Upsert(Rows.Lab(broken, RowId.New()), new byte[] { 1, 2, 3 }));
        clinic.GoTo("2026-12-02");
        faults.Away = key => key == Rows.Recheck(Day("2026-12-03"), broken);

        await Assert.ThrowsAsync<AggregateException>(() => RunAsync(clinic));

        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Equal([Rows.Recheck(Day("2026-12-02"), broken)], await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task With_new_requirements_who_is_due_is_judged_before_everybody_is_asked_for()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-01", Everything));
        clinic.GoTo("2026-12-02");
        faults.Away = key => key == Rows.Patients.From;

        await Assert.ThrowsAsync<RecordStoreException>(() => RunAsync(clinic));

        Assert.Equal(4, (await clinic.FlagsAsync(patient)).Count);
        Assert.Empty(await clinic.KeysAsync(RowRange.StartingWith(Rows.LabBasis)));
    }

    [Fact]
    public async Task With_new_requirements_everybody_is_asked_for_once_whoever_cannot_be_read()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var patients = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            patients.Add(await clinic.PatientAsync());
        }

        faults.Altered = key => key == Rows.Patient(patients[7]) || key == Rows.Patient(patients[70]);
        await clinic.WriteAsync(new Change.Upsert(Rows.Referral(RowId.New()), new byte[] { 1, 2, 3 }));

        await RunAsync(clinic);
        await RunAsync(clinic);

        Assert.Equal(patients.Order(StringComparer.Ordinal), (await clinic.RequestsAsync()).Select(r => Outbox.Read(r).Subject).Order(StringComparer.Ordinal));
        Assert.Single(await clinic.KeysAsync(RowRange.StartingWith(Rows.LabBasis)));
    }

    [Fact]
    public async Task A_row_of_the_index_that_cannot_be_read_stops_nobody_and_its_patient_is_judged()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var (broken, fine) = await DueAsync(clinic);
        clinic.GoTo("2026-12-02");
        faults.Altered = key => key == Rows.Recheck(Day("2026-12-02"), broken);

        await RunAsync(clinic);

        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Equal(4, (await clinic.FlagsAsync(broken)).Count);
        Assert.Empty(await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task More_rows_than_a_batch_that_cannot_be_read_are_all_worked_off()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        await clinic.SweepAsync();
        for (var i = 0; i < 103; i++)
        {
            await clinic.WriteAsync(new Change.Upsert(Rows.Recheck(Day("2026-11-19"), RowId.New()), ReadOnlyMemory<byte>.Empty));
        }

        faults.Altered = key => key.StartsWith(Rows.Rechecks.From, StringComparison.Ordinal);

        await RunAsync(clinic);

        Assert.Empty(await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task Who_can_be_neither_found_in_the_index_nor_judged_is_set_aside_like_anybody()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var (broken, fine) = await DueAsync(clinic);
        clinic.GoTo("2026-12-02");
        faults.Altered = key => key == Rows.Recheck(Day("2026-12-02"), broken) || key == Rows.Patient(broken);

        await RunAsync(clinic);

        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Equal([Rows.Recheck(Day("2026-12-03"), broken)], await clinic.KeysAsync(Rows.Rechecks));
        Assert.Single(await clinic.RequestsAsync());
    }

    [Fact]
    public async Task News_of_a_patient_whose_row_of_the_index_cannot_be_read_is_stored()
    {
        var faults = new Faults();
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new FaultyStore(store, faults));
        var (broken, fine) = await DueAsync(clinic);
        faults.Altered = key => key == Rows.Recheck(Day("2026-12-02"), broken);

        await clinic.AddAsync(broken, Coded("2026-11-19", Everything));

        Assert.Equal([Rows.Recheck(Day("2026-12-02"), fine), Rows.Recheck(Day("2027-02-20"), broken)], await clinic.KeysAsync(Rows.Rechecks));
    }

    private static async Task<(string Broken, string Fine)> DueAsync(LabClinic clinic)
    {
        var (broken, fine) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        await clinic.AddAsync(broken, Coded("2026-09-01", Everything));
        await clinic.AddAsync(fine, Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        return (broken, fine);
    }

    private static Task RunAsync(LabClinic clinic) => clinic.Sweep.RunAsync(clinic.Context, SweepLabs.Everyone, default);

    private sealed class Faults
    {
        /// <summary>Keys, or beginnings of ranges, about which the store cannot answer.</summary>
        public Func<string, bool> Away { get; set; } = _ => false;

        /// <summary>Rows whose bodies are not what was written, until they are written again.</summary>
        public Func<string, bool> Altered { get; set; } = _ => false;

        public HashSet<string> Rewritten { get; } = new(StringComparer.Ordinal);

        public Row? Read(Row? row) => row is not null && Altered(row.Key) && !Rewritten.Contains(row.Key) ? throw new RecordIntegrityException(row.Key, "altered.") : row;
    }

    private sealed class FaultyStore(IRecordStore inner, Faults faults) : IRecordStore
    {
        public async Task<Row?> FindAsync(string key, CancellationToken cancellation) => faults.Read(await Answer(key).FindAsync(key, cancellation));

        public async IAsyncEnumerable<Row> ListAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var row in Answer(range.From).ListAsync(range, cancellation))
            {
                yield return faults.Read(row)!;
            }
        }

        public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            faults.Rewritten.UnionWith(changes.OfType<Change.Upsert>().Select(c => c.Key).Where(faults.Altered));
            return Answer(changes.Select(c => c.Key).FirstOrDefault(faults.Away) ?? "").CommitAsync(changes, cancellation);
        }

        private IRecordStore Answer(string key) => faults.Away(key) ? throw new RecordStoreException("away") : inner;
    }
}
