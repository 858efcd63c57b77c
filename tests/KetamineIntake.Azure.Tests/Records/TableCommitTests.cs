using KetamineIntake.Azure.Tests.Support;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Azure.Tests.Records;

/// <summary>Answers that leave open whether a commit was carried out.</summary>
[NeedsEmulator]
public sealed class TableCommitTests : IAsyncLifetime
{
    private TestStorage storage = null!;

    private IRecordStore Calm => storage.Records.Open("northside");

    public async Task InitializeAsync() => storage = await TestStorage.StartAsync();

    public Task DisposeAsync() => storage is null ? Task.CompletedTask : storage.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.FalseError)]
    public async Task A_commit_whose_answer_was_lost_is_found_by_its_id_and_not_made_twice(Fault fault)
    {
        var transport = new FaultyTransport(fault);
        var result = await Over(transport).CommitAsync([Insert("a"), Insert("b")], default);
        Assert.IsType<CommitResult.Committed>(result);
        Assert.Equal(1, transport.Requests);
        Assert.Equal(["a", "b"], await Calm.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_sent_again()
    {
        var transport = new FaultyTransport(Fault.LostRequest, Fault.LostRequest);
        Assert.IsType<CommitResult.Committed>(await Over(transport).CommitAsync([Insert("a")], default));
        Assert.Equal(3, transport.Requests);
    }

    [Fact]
    public async Task A_replacement_whose_answer_was_lost_is_no_conflict_with_itself()
    {
        var row = await Calm.InsertedAsync("a", "first");
        var transport = new FaultyTransport(Fault.LostAnswer);
        Assert.IsType<CommitResult.Committed>(await Over(transport).CommitAsync([new Change.Replace("a", Body("second"), row.ETag)], default));
        Assert.Equal("second", (await Calm.FindAsync("a", default)).Text());
    }

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.FalseError)]
    public async Task A_deletion_whose_answer_was_lost_is_known_by_the_rows_that_are_gone(Fault fault)
    {
        Change[] deletions = [Delete(await Calm.InsertedAsync("a")), Delete(await Calm.InsertedAsync("b"))];
        var transport = new FaultyTransport(fault);
        Assert.IsType<CommitResult.Committed>(await Over(transport).CommitAsync(deletions, default));
        Assert.Equal(1, transport.Requests);
        Assert.Empty(await Calm.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task A_deletion_that_never_arrived_is_sent_again()
    {
        var row = await Calm.InsertedAsync("a");
        var transport = new FaultyTransport(Fault.LostRequest);
        Assert.IsType<CommitResult.Committed>(await Over(transport).CommitAsync([Delete(row)], default));
        Assert.Equal(2, transport.Requests);
        Assert.Null(await Calm.FindAsync("a", default));
    }

    [Fact]
    public async Task A_deleted_row_that_somebody_made_anew_leaves_open_what_became_of_the_deletion()
    {
        var row = await Calm.InsertedAsync("a");
        var transport = new FaultyTransport(Fault.LostAnswer) { Meanwhile = () => Calm.MustCommitAsync(Insert("a")) };
        await Assert.ThrowsAsync<RecordStoreException>(() => Over(transport).CommitAsync([Delete(row)], default));
        Assert.NotNull(await Calm.FindAsync("a", default));
    }

    [Fact]
    public async Task A_deletion_of_what_was_never_there_is_a_conflict()
    {
        var row = await Calm.InsertedAsync("a");
        await Calm.MustCommitAsync(Delete(row));
        Assert.IsType<CommitResult.Conflict>(await Over(new FaultyTransport()).CommitAsync([Delete(row)], default));
    }

    [Fact]
    public async Task One_untouched_row_is_enough_to_know_the_commit()
    {
        var transport = new FaultyTransport(Fault.LostAnswer) { Meanwhile = () => Calm.MustCommitAsync(new Change.Upsert("a", Body("another's"))) };
        Assert.IsType<CommitResult.Committed>(await Over(transport).CommitAsync([Insert("a"), Insert("b")], default));
        Assert.Equal("another's", (await Calm.FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task When_others_changed_every_row_since_nothing_is_claimed()
    {
        var transport = new FaultyTransport(Fault.LostAnswer) { Meanwhile = () => Calm.MustCommitAsync(new Change.Upsert("a", Body("another's"))) };
        await Assert.ThrowsAsync<RecordStoreException>(() => Over(transport).CommitAsync([Insert("a")], default));
        Assert.Equal("another's", (await Calm.FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task A_service_that_does_not_come_back_is_an_outage()
    {
        var transport = new FaultyTransport([.. Enumerable.Repeat(Fault.LostRequest, 10)]);
        await Assert.ThrowsAsync<RecordStoreException>(() => Over(transport).CommitAsync([Insert("a")], default));
        Assert.Equal(3, transport.Requests);
        Assert.Null(await Calm.FindAsync("a", default));
    }

    [Fact]
    public async Task A_plain_conflict_is_told_at_once()
    {
        await Calm.InsertedAsync("a");
        var transport = new FaultyTransport();
        Assert.IsType<CommitResult.Conflict>(await Over(transport).CommitAsync([Insert("a")], default));
        Assert.Equal(1, transport.Requests);
    }

    [Fact]
    public async Task Two_hundred_spoiled_commits_end_as_they_were_reported()
    {
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var key = $"k{i:000}";
            var transport = new FaultyTransport([.. Enumerable.Range(0, 3).Select(_ => (Fault)random.Next(4))]);
            var committed = await TriedAsync(Over(transport), key);
            var found = await Calm.FindAsync(key, default);
            Assert.True(!committed || found is not null, $"{key} was acknowledged and is not there.");
        }
    }

    [Fact]
    public async Task A_row_or_a_commit_that_the_service_would_refuse_is_refused_by_name()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Calm.CommitAsync([new Change.Insert("a", new byte[1024 * 1024])], default));
        await Assert.ThrowsAsync<ArgumentException>(() => Calm.CommitAsync([.. Enumerable.Range(0, 8).Select(i => new Change.Insert($"a{i}", new byte[500_000]))], default));
        Assert.Empty(await Calm.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task The_largest_row_that_is_not_refused_is_taken()
    {
        const int largest = 1_048_000;
        await Calm.MustCommitAsync(new Change.Insert("a", new byte[largest]));
        Assert.Equal(largest, (await Calm.FindAsync("a", default))!.Body.Length);
    }

    private static Change.Delete Delete(Row row) => new(row.Key, row.ETag);

    private static async Task<bool> TriedAsync(IRecordStore store, string key)
    {
        try
        {
            return await store.CommitAsync([Insert(key)], default) is CommitResult.Committed;
        }
        catch (RecordStoreException)
        {
            return false;
        }
    }

    private IRecordStore Over(FaultyTransport transport) => storage.RecordsOver(transport).Open("northside");
}
