using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Preparation;

/// <summary>The lock, the ticks and the new link of a preparation page.</summary>
public class PreparationPagesTests
{
    private static readonly LocalDate Wrong = new(1985, 4, 13);

    [Fact]
    public async Task However_many_guesses_come_at_once_ten_lock_the_page()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var visit = await clinic.VisitAsync(await clinic.PatientAsync(), "2026-12-01T14:00");
        var pages = Pages(clinic, clinic.Stores);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => GuessAsync(pages, clinic, visit))));

        Assert.InRange(results.Count(r => r == UnlockResult.Wrong), 1, 9);
        Assert.Equal(UnlockResult.Locked, await pages.UnlockAsync(clinic.Context, visit.LinkToken, TestClinic.Kim.BirthDate, default));
        Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
    }

    [Fact]
    public async Task A_right_date_that_meets_wrong_ones_is_told_only_once_it_is_committed()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var visit = await clinic.VisitAsync(await clinic.PatientAsync(), "2026-12-01T14:00");
        var stores = new ConflictingStores(clinic.Stores) { Conflicts = 1 };
        var unlocked = await Pages(clinic, stores).UnlockAsync(stores.Bound(clinic.Context), visit.LinkToken, TestClinic.Kim.BirthDate, default);

        Assert.Equal(UnlockResult.Opened, unlocked);
        Assert.Equal(2, stores.Tried);
    }

    [Theory]
    [InlineData(19, TickResult.Saved)]
    [InlineData(20, TickResult.NotSaved)]
    public async Task Ticks_that_meet_other_changes_are_tried_twenty_times_and_never_said_to_be_saved_when_they_are_not(int conflicts, TickResult expected)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var visit = await clinic.VisitAsync(await clinic.PatientAsync(), "2026-12-01T14:00");
        var stores = new ConflictingStores(clinic.Stores) { Conflicts = conflicts };
        var pages = Pages(clinic, stores);

        Assert.Equal(expected, await pages.TickAsync(stores.Bound(clinic.Context), visit.LinkToken, ["ride"], default));
        Assert.Equal(expected == TickResult.Saved, (await pages.ViewAsync(clinic.Context, visit.LinkToken, default))!.Ticks.Contains("ride"));
    }

    [Fact]
    public async Task A_new_link_unlocks_the_page_keeps_the_ticks_kills_the_old_link_and_rides_in_the_next_text()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var pages = Pages(clinic, clinic.Stores);
        await pages.TickAsync(clinic.Context, visit.LinkToken, ["ride"], default);
        for (var i = 0; i < 10; i++)
        {
            await GuessAsync(pages, clinic, visit);
        }

        var renew = new RenewPreparationLink(clinic.Stores, clinic.Phones, new SiteAddress(), clinic.Clock);
        Assert.Equal(RenewResult.Renewed, await renew.RunAsync(clinic.Context, patient, visit.Id, clinic.Ana, default));
        Assert.Equal(RenewResult.NotFound, await renew.RunAsync(clinic.Context, patient, RowId.New(), clinic.Ana, default));

        var renewed = Assert.Single((await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments);
        Assert.NotEqual(visit.LinkToken, renewed.LinkToken);
        Assert.Equal("northside", await pages.OwnerAsync(renewed.LinkToken, default));
        Assert.Equal(UnlockResult.Expired, await pages.UnlockAsync(clinic.Context, visit.LinkToken, TestClinic.Kim.BirthDate, default));
        Assert.Equal(UnlockResult.Opened, await pages.UnlockAsync(clinic.Context, renewed.LinkToken, TestClinic.Kim.BirthDate, default));
        Assert.Contains("ride", (await pages.ViewAsync(clinic.Context, renewed.LinkToken, default))!.Ticks);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        Assert.EndsWith(renewed.LinkToken, clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
        Assert.Contains("preparation.renew", await AuditAsync(clinic));
    }

    private static PreparationPages Pages(TextingClinic clinic, IRecordStores stores) => new(stores, clinic.Phones, new SiteAddress(), clinic.Clock);

    private static Task<UnlockResult> GuessAsync(PreparationPages pages, TextingClinic clinic, Appointment visit) =>
        pages.UnlockAsync(clinic.Context, visit.LinkToken, Wrong, default);

    private static async Task<IReadOnlyList<string>> AuditAsync(TextingClinic clinic)
    {
        var actions = new List<string>();
        await foreach (var row in clinic.Context.Records.ListAsync(Rows.Audit, default))
        {
            actions.Add(RecordJson.Read<AuditEntry>(row).Action);
        }

        return actions;
    }

    /// <summary>The first commits meet somebody else's change.</summary>
    private sealed class ConflictingStores(IRecordStores inner) : IRecordStores
    {
        public int Conflicts { get; set; }

        public int Tried { get; private set; }

        public IRecordStore Open(string partition) => new Store(this, inner.Open(partition));

        public Core.Clinics.ClinicContext Bound(Core.Clinics.ClinicContext clinic) => clinic with { Records = Open(clinic.Clinic.Slug) };

        private sealed class Store(ConflictingStores owner, IRecordStore inner) : IRecordStore
        {
            public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

            public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

            public Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation) => ++owner.Tried <= owner.Conflicts
                ? Task.FromResult<CommitResult>(new CommitResult.Conflict(changes[0].Key))
                : inner.CommitAsync(changes, cancellation);
        }
    }
}
