using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

/// <summary>What the SQLite adapter does when the disk misbehaves and when callers come, go and conflict at the same moment.</summary>
public sealed class SqliteFaultTests : IAsyncLifetime
{
    // A writer that died would hang its callers for ever: no wait here is longer than this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ShimDisk disk = new();
    private readonly RecordFile file;

    public SqliteFaultTests() => file = new RecordFile(disk.Hold);

    private IRecordStore Store => file.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        disk.Answer = static _ => ShimDisk.Ok;
        return file.DisposeAsync();
    }

    [Fact]
    public async Task Callers_who_wait_together_share_one_disk_sync_and_a_stale_etag_fails_only_its_own()
    {
        var row = await Store.InsertedAsync("row");
        await Store.MustCommitAsync(new Change.Upsert("row", Body("newer")));
        using var held = new HeldSync(disk);
        var first = Store.CommitAsync([Insert("first")], default);
        await held.ReachedAsync();
        var (transactions, syncs) = (file.Records.Transactions, disk.Syncs);

        var stale = Store.CommitAsync([Insert("lost"), new Change.Replace("row", Body("stale"), row.ETag)], default);
        var others = Enumerable.Range(0, 64).Select(i => Store.CommitAsync([Insert($"a|{i:00}")], default)).ToArray();
        held.Release();

        Assert.All(await Task.WhenAll(others).WaitAsync(Patience), result => Assert.IsType<CommitResult.Committed>(result));
        Assert.Equal("row", Assert.IsType<CommitResult.Conflict>(await stale.WaitAsync(Patience)).Key);
        Assert.IsType<CommitResult.Committed>(await first);
        Assert.Equal(2, file.Records.Transactions - transactions);
        Assert.Equal(1, disk.Syncs - syncs);
        Assert.Null(await Store.FindAsync("lost", default));
        Assert.Equal("newer", (await Store.FindAsync("row", default)).Text());
        Assert.Equal(64, (await Store.ToListAsync(RowRange.StartingWith("a|"))).Count);
    }

    [Fact]
    public async Task Within_a_group_the_first_of_two_rivals_wins()
    {
        var row = await Store.InsertedAsync("row");
        using var held = new HeldSync(disk);
        var blocker = Store.CommitAsync([Insert("blocker")], default);
        await held.ReachedAsync();
        var rivals = new[] { "one", "two" }.Select(text => Store.CommitAsync([new Change.Replace("row", Body(text), row.ETag)], default)).ToArray();
        held.Release();
        await blocker.WaitAsync(Patience);
        Assert.IsType<CommitResult.Committed>(await rivals[0].WaitAsync(Patience));
        Assert.IsType<CommitResult.Conflict>(await rivals[1].WaitAsync(Patience));
        Assert.Equal("one", (await Store.FindAsync("row", default)).Text());
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_sync()
    {
        using var held = new HeldSync(disk);
        var commit = Store.CommitAsync([Insert("a")], default);
        await held.ReachedAsync();
        await Task.Delay(50);
        Assert.False(commit.IsCompleted);
        Assert.Null(await Store.FindAsync("a", default));
        held.Release();
        Assert.IsType<CommitResult.Committed>(await commit.WaitAsync(Patience));
    }

    [Fact]
    public async Task On_a_full_disk_everybody_is_told_and_nothing_is_kept_and_when_room_returns_so_does_the_store()
    {
        await Store.InsertedAsync("before");
        disk.Answer = static call => call is DiskCall.Write ? ShimDisk.Full : ShimDisk.Ok;
        for (var round = 0; round < 3; round++)
        {
            var commits = Enumerable.Range(0, 20).Select(i => FailureAsync(Store.CommitAsync([Insert($"a|{i}")], default))).ToArray();
            Assert.All(await Task.WhenAll(commits), failure => Assert.True(failure.IsFull));
            Assert.Equal(["before"], await Store.KeysAsync(new RowRange(" ", "~")));
        }

        disk.Answer = static _ => ShimDisk.Ok;
        await Store.MustCommitAsync(Insert("after"));
        await file.ReopenAsync();
        Assert.Equal(["after", "before"], await Store.KeysAsync(new RowRange(" ", "~")));
    }

    // The larger body does not fit the cache either, so that it fails in the middle of its statement rather than at the end of the transaction.
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(24_000_000)]
    public async Task On_a_nearly_full_disk_only_the_caller_whose_rows_do_not_fit_fails(int bytes)
    {
        disk.Answer = static call => call is DiskCall.Write { Offset: > 400_000 } ? ShimDisk.Full : ShimDisk.Ok;
        var large = FailureAsync(Store.CommitAsync([Insert("blocker"), new Change.Insert("large", new byte[bytes])], default));
        var small = Enumerable.Range(0, 10).Select(i => Store.CommitAsync([Insert($"a|{i}")], default)).ToArray();
        Assert.True((await large).IsFull);
        Assert.All(await Task.WhenAll(small).WaitAsync(Patience), result => Assert.IsType<CommitResult.Committed>(result));
        Assert.Null(await Store.FindAsync("blocker", default));
    }

    [Fact]
    public async Task A_failed_sync_is_an_outage_for_all_who_waited_for_it_and_the_writer_goes_on()
    {
        await Store.InsertedAsync("before");
        using (var held = new HeldSync(disk))
        {
            var first = Store.CommitAsync([Insert("first")], default);
            await held.ReachedAsync();
            var group = Enumerable.Range(0, 20).Select(i => FailureAsync(Store.CommitAsync([Insert($"a|{i}")], default))).ToArray();
            held.Release(thenFail: ShimDisk.IoErrorSync);
            await first.WaitAsync(Patience);
            Assert.All(await Task.WhenAll(group), failure => Assert.False(failure.IsFull));
        }

        disk.Answer = static _ => ShimDisk.Ok;
        await Store.MustCommitAsync(Insert("after"));
        Assert.Equal(["after", "before", "first"], await Store.KeysAsync(new RowRange(" ", "~")));
    }

    [Theory]
    [InlineData(ShimDisk.IoErrorSync, true)]
    [InlineData(ShimDisk.IoErrorWrite, false)]
    [InlineData(ShimDisk.Full, false)]
    public async Task Whichever_disk_call_fails_what_was_acknowledged_is_there_and_what_was_refused_is_not(int code, bool syncs)
    {
        var refused = 0;
        for (var fault = 0; fault < 40; fault++)
        {
            var faulty = new ShimDisk();
            var tried = new RecordFile(path => faulty.Hold(path) with { CheckpointPages = 10 });
            var calls = 0;
            faulty.Answer = call => (call is DiskCall.Sync) == syncs && call is not DiskCall.Truncate && Interlocked.Increment(ref calls) == fault + 1 ? code : ShimDisk.Ok;
            var acknowledged = new List<string>();
            for (var i = 0; i < 25; i++)
            {
                acknowledged.AddRange(await AcknowledgedAsync(tried.Store, $"a|{i:00}"));
            }

            Assert.InRange(acknowledged.Count, 24, 25);
            refused += 25 - acknowledged.Count;
            Assert.Equal(acknowledged, await tried.Store.KeysAsync(RowRange.StartingWith("a|")));
            faulty.Answer = static _ => ShimDisk.Ok;
            await tried.ReopenAsync();
            Assert.Equal(acknowledged, await tried.Store.KeysAsync(RowRange.StartingWith("a|")));
            await tried.DisposeAsync();
        }

        Assert.InRange(refused, 15, 40);
    }

    [Fact]
    public async Task A_caller_who_leaves_before_his_turn_changes_nothing_and_harms_nobody()
    {
        using var held = new HeldSync(disk);
        using var leaving = new CancellationTokenSource();
        var blocker = Store.CommitAsync([Insert("blocker")], default);
        await held.ReachedAsync();
        var left = Store.CommitAsync([Insert("left")], leaving.Token);
        var stayed = Store.CommitAsync([Insert("stayed")], default);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(Patience));
        held.Release();
        await blocker.WaitAsync(Patience);
        Assert.IsType<CommitResult.Committed>(await stayed.WaitAsync(Patience));
        Assert.Equal(["blocker", "stayed"], await Store.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task A_caller_who_leaves_during_the_sync_may_find_his_commit_done()
    {
        using var held = new HeldSync(disk);
        using var leaving = new CancellationTokenSource();
        var left = Store.CommitAsync([Insert("left")], leaving.Token);
        await held.ReachedAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.WaitAsync(Patience));
        held.Release();
        await Store.MustCommitAsync(Insert("next"));
        Assert.Equal(["left", "next"], await Store.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task A_bug_in_one_callers_work_fails_only_that_caller()
    {
        using var held = new HeldSync(disk);
        var blocker = Store.CommitAsync([Insert("blocker")], default);
        await held.ReachedAsync();
        var bug = Store.CommitAsync([Insert("lost"), new Unheard("x")], default);
        var fine = Store.CommitAsync([Insert("fine")], default);
        held.Release();
        await blocker.WaitAsync(Patience);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bug.WaitAsync(Patience));
        Assert.IsType<CommitResult.Committed>(await fine.WaitAsync(Patience));
        Assert.Equal(["blocker", "fine"], await Store.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task Closing_answers_everybody_who_waits_and_refuses_whoever_comes_later()
    {
        using var held = new HeldSync(disk);
        var store = Store;
        var commits = Enumerable.Range(0, 10).Select(i => store.CommitAsync([Insert($"a|{i}")], default)).ToArray();
        await held.ReachedAsync();
        var closing = file.Records.DisposeAsync().AsTask();
        held.Release();
        Assert.All(await Task.WhenAll(commits).WaitAsync(Patience), result => Assert.IsType<CommitResult.Committed>(result));
        await closing.WaitAsync(Patience);
        await Assert.ThrowsAsync<RecordStoreException>(() => store.CommitAsync([Insert("late")], default));
        await Assert.ThrowsAsync<RecordStoreException>(() => store.FindAsync("a|1", default));
        await file.ReopenAsync();
        Assert.Equal(10, (await Store.ToListAsync(RowRange.StartingWith("a|"))).Count);
    }

    private static async Task<RecordStoreException> FailureAsync(Task commit) =>
        await Assert.ThrowsAsync<RecordStoreException>(() => commit.WaitAsync(Patience));

    private static async Task<string[]> AcknowledgedAsync(IRecordStore store, string key)
    {
        try
        {
            return await store.CommitAsync([new Change.Insert(key, new byte[2000])], default).WaitAsync(Patience) is CommitResult.Committed ? [key] : [];
        }
        catch (RecordStoreException)
        {
            return [];
        }
    }

    private sealed record Unheard(string Key) : Change(Key);
}
