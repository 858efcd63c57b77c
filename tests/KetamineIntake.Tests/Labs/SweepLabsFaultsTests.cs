using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>One patient never stops the others.</summary>
public sealed class SweepLabsFaultsTests
{
    private static readonly string[] Everything = ["24323-8", "58410-2", "11524-6"];

    [Fact]
    public async Task A_patient_whose_records_cannot_be_read_holds_nobody_back()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var (broken, fine) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        await clinic.AddAsync(broken, Coded("2026-09-01", Everything));
        await clinic.AddAsync(fine, Coded("2026-09-01", Everything));
        await clinic.SweepAsync();
        await clinic.WriteAsync(new Change.Upsert(Rows.Lab(broken, RowId.New()), new byte[] { 1, 2, 3 }));
        clinic.GoTo("2026-12-02");

        await Assert.ThrowsAsync<AggregateException>(clinic.SweepAsync);

        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Equal([Rows.Recheck(Day("2026-12-02"), broken)], await clinic.KeysAsync(Rows.Rechecks));
    }

    [Fact]
    public async Task Whatever_one_patient_does_to_the_sweep_all_others_are_judged_and_it_comes_again()
    {
        var stuck = "";
        await using var clinic = await LabClinic.StartAsync("2026-11-20", store => new StuckStore(store, key => stuck.Length > 0 && key == stuck));
        var (broken, fine) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        await clinic.AddAsync(broken, Coded("2026-09-01", Everything));
        await clinic.AddAsync(fine, Coded("2026-09-01", Everything));
        await clinic.WriteAsync(new Change.Upsert(Rows.Referral(RowId.New()), new byte[] { 1, 2, 3 }));
        clinic.GoTo("2026-12-02");
        stuck = Rows.Patient(broken);

        // The requirements are new here, so everybody is judged first, and then those who are due.
        await Assert.ThrowsAsync<AggregateException>(clinic.SweepAsync);
        Assert.Equal(4, (await clinic.FlagsAsync(fine)).Count);
        Assert.Empty(await clinic.FlagsAsync(broken));
        Assert.Empty(await clinic.RowsAsync(RowRange.StartingWith(Rows.LabBasis)));

        stuck = "";
        await Assert.ThrowsAsync<AggregateException>(clinic.SweepAsync);
        Assert.Equal(4, (await clinic.FlagsAsync(broken)).Count);
    }

    [Fact]
    public async Task Who_is_due_is_judged_although_not_everybody_could_be()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.WriteAsync(new Change.Upsert(Rows.Referral(RowId.New()), new byte[] { 1, 2, 3 }), new Change.Upsert(Rows.Recheck(Day("2026-11-19"), RowId.New()), ReadOnlyMemory<byte>.Empty));

        await Assert.ThrowsAsync<AggregateException>(clinic.SweepAsync);

        Assert.Empty(await clinic.KeysAsync(Rows.Rechecks));
    }

    private sealed class StuckStore(IRecordStore inner, Func<string, bool> isStuck) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => isStuck(key) ? throw new RecordStoreException("busy") : inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) => inner.CommitAsync(changes, cancellation);
    }
}
