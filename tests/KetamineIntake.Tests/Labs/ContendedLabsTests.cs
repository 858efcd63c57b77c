using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Others who change the same patient at the same time.</summary>
public sealed class ContendedLabsTests
{
    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Results_are_stored_at_the_fifth_try_and_after_it_the_sender_is_told_that_they_are_not(int losses, bool refused)
    {
        var store = new ContendedStore();
        await using var clinic = await LabClinic.StartAsync("2026-12-01", store.Around);
        var patient = await clinic.PatientAsync();
        store.Losses = losses;

        var adding = clinic.AddAsync(patient, Coded("2026-11-25", "11524-6"));

        Assert.Equal(refused ? Told : null, (await Record.ExceptionAsync(() => adding))?.Message);
        Assert.Equal(refused ? 0 : 1, (await clinic.KeysAsync(Rows.PatientLabs(patient))).Count);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task A_patient_is_judged_at_the_fifth_try_and_after_it_the_message_comes_again(int losses, bool refused)
    {
        var store = new ContendedStore();
        await using var clinic = await LabClinic.StartAsync("2026-12-01", store.Around);
        var patient = await clinic.PatientAsync();
        store.Losses = losses;

        var judging = clinic.Review.RunAsync(clinic.Context, patient, default);

        Assert.Equal(refused ? Told : null, (await Record.ExceptionAsync(() => judging))?.Message);
        Assert.Equal(refused ? 0 : 4, (await clinic.FlagsAsync(patient)).Count);
    }

    [Fact]
    public async Task A_dry_run_answers_as_an_import_would_and_stores_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var typed = Typed(LabTests.Ecg, "2026-11-01");
        await clinic.Add.RunAsync(clinic.Context, patient, [typed, Typed(LabTests.Cbc, "2026-11-01")], Core.Labs.Import.ImportLabs.By, default);
        await clinic.AddAsync(patient, typed with { Status = LabResultStatus.Preliminary });

        // What stood in a file once is known for ever, though staff changed their minds since.
        var dry = Assert.IsType<AddLabResultsOutcome.Added>(await clinic.Add.TryAsync(clinic.Context, patient, [typed], default));
        var fresh = Assert.IsType<AddLabResultsOutcome.Added>(await clinic.Add.TryAsync(clinic.Context, patient, [Typed(LabTests.Liver, "2026-11-01")], default));

        Assert.Equal((0, 1), (dry.New, dry.Known));
        Assert.Equal((1, 0), (fresh.New, fresh.Known));
        Assert.Equal(2, (await clinic.KeysAsync(Rows.PatientLabs(patient))).Count);
        Assert.IsType<AddLabResultsOutcome.NotFound>(await clinic.Add.TryAsync(clinic.Context, RowId.New(), [typed], default));
        Assert.IsType<AddLabResultsOutcome.NothingToTakeBack>(await clinic.Add.TryAsync(clinic.Context, patient, [LabResultReader.TakeBack(RowId.New())], default));
    }

    [Fact]
    public async Task What_a_person_has_just_decided_on_a_waiting_result_stands()
    {
        var store = new ContendedStore();
        await using var clinic = await LabClinic.StartAsync("2026-12-01", store.Around);
        var patient = await clinic.PatientAsync();
        var local = Observation("GFRX", "a", 12, day: "2026-11-20").Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal);
        var waiting = Assert.Single(Read(local).Unplaced).What;
        await clinic.Add.RunAsync(clinic.Context, patient, [], "feed", default, [waiting]);
        store.BeforeLooking = () => new UnplacedLabs(clinic.Add, clinic.Inner.Clock).DismissAsync(clinic.Context, patient, waiting.Id, clinic.Inner.Ana, default);

        await clinic.Add.RunAsync(clinic.Context, patient, [.. Read(local.Replace("final", "entered-in-error", StringComparison.Ordinal)).Results], "feed", default);

        Assert.Null(store.BeforeLooking);
        Assert.Equal("dismiss", RecordJson.Read<UnplacedLab>((await clinic.Context.Records.FindAsync(Rows.PlacedLab(patient, waiting.Id), default))!).Decision);
    }

    private const string Told = "The laboratory tests of one patient were changed by others at the same time, again and again.";

    private sealed class ContendedStore : IRecordStore
    {
        private IRecordStore inner = null!;

        /// <summary>Commits that somebody else wins yet.</summary>
        public int Losses { get; set; }

        public IRecordStore Around(IRecordStore store)
        {
            inner = store;
            return this;
        }

        /// <summary>Once, right before somebody looks for a result that waits.</summary>
        public Func<Task>? BeforeLooking { get; set; }

        public async Task<Row?> FindAsync(string key, CancellationToken cancellation)
        {
            if (BeforeLooking is { } others && key.StartsWith("labunplaced|", StringComparison.Ordinal))
            {
                BeforeLooking = null;
                await others();
            }

            return await inner.FindAsync(key, cancellation);
        }

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) =>
            Losses-- > 0 ? new CommitResult.Conflict(changes[0].Key) : await inner.CommitAsync(changes, cancellation);
    }
}
