using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

/// <summary>What every adapter must do. A new adapter is one subclass that opens its partitions and cleans up behind them.</summary>
public abstract partial class RecordStoreContract : IAsyncLifetime
{
    protected abstract IRecordStores Stores { get; }

    private IRecordStore Store => Stores.Open("northside");

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public abstract Task DisposeAsync();

    [Fact]
    public async Task A_row_that_was_never_written_is_not_found() => Assert.Null(await Store.FindAsync("patient|1", default));

    [Fact]
    public async Task An_inserted_row_is_found_with_its_body()
    {
        var row = await Store.InsertedAsync("patient|1", "hello");
        Assert.Equal("patient|1", row.Key);
        Assert.Equal("hello", row.Text());
        Assert.NotEmpty(row.ETag);
    }

    [Fact]
    public async Task An_empty_body_stays_empty() => Assert.True((await Store.InsertedAsync("a", string.Empty)).Body.IsEmpty);

    [Fact]
    public async Task A_slice_of_a_larger_array_is_stored_as_that_slice()
    {
        await Store.MustCommitAsync(new Change.Insert("a", Body("xhellox").Slice(1, 5)));
        Assert.Equal("hello", (await Store.FindAsync("a", default)).Text());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(64 * 1024)]
    [InlineData(1_000_000)]
    public async Task Large_bodies_come_back_byte_for_byte(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        await Store.MustCommitAsync(new Change.Insert("a", body));
        Assert.True((await Store.FindAsync("a", default))!.Body.Span.SequenceEqual(body));
        Assert.True((await Store.ToListAsync(RowRange.StartingWith("a"))).Single().Body.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task Inserting_an_existing_row_conflicts_and_leaves_it()
    {
        var first = await Store.InsertedAsync("a", "first");
        await Store.MustConflictAsync("a", Insert("a", "second"));
        Assert.Equal(first.ETag, (await Store.FindAsync("a", default))!.ETag);
        Assert.Equal("first", (await Store.FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task Replacing_with_the_current_etag_writes_the_body_and_renews_the_etag()
    {
        var first = await Store.InsertedAsync("a", "first");
        await Store.MustCommitAsync(new Change.Replace("a", Body("second"), first.ETag));
        var second = await Store.FindAsync("a", default);
        Assert.Equal("second", second.Text());
        Assert.NotEqual(first.ETag, second!.ETag);
    }

    [Fact]
    public async Task Replacing_with_a_stale_etag_conflicts()
    {
        var first = await Store.InsertedAsync("a", "first");
        await Store.MustCommitAsync(new Change.Replace("a", Body("second"), first.ETag));
        await Store.MustConflictAsync("a", new Change.Replace("a", Body("third"), first.ETag));
        Assert.Equal("second", (await Store.FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task Replacing_a_missing_row_conflicts_and_makes_none()
    {
        var gone = await Store.InsertedAsync("a");
        await Store.MustCommitAsync(new Change.Delete("a", gone.ETag));
        await Store.MustConflictAsync("a", new Change.Replace("a", Body("x"), gone.ETag));
        Assert.Null(await Store.FindAsync("a", default));
    }

    [Fact]
    public async Task The_etag_of_another_row_is_no_etag_of_this_one()
    {
        var a = await Store.InsertedAsync("a");
        await Store.InsertedAsync("b");
        await Store.MustConflictAsync("b", new Change.Replace("b", Body("x"), a.ETag));
        await Store.MustConflictAsync("b", new Change.Delete("b", a.ETag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("-1")]
    [InlineData("1 OR 1=1")]
    [InlineData("W/\"datetime'2026-01-01'\"")]
    [InlineData("99999999999999999999999999")]
    public async Task Text_that_was_never_an_etag_conflicts(string etag)
    {
        await Store.InsertedAsync("a");
        await Store.MustConflictAsync("a", new Change.Replace("a", Body("x"), etag));
        await Store.MustConflictAsync("a", new Change.Delete("a", etag));
    }

    [Fact]
    public async Task Upserting_writes_whatever_was_there()
    {
        await Store.MustCommitAsync(new Change.Upsert("a", Body("first")));
        var first = await Store.FindAsync("a", default);
        await Store.MustCommitAsync(new Change.Upsert("a", Body("second")));
        var second = await Store.FindAsync("a", default);
        Assert.Equal("first", first.Text());
        Assert.Equal("second", second.Text());
        Assert.NotEqual(first!.ETag, second!.ETag);
        Assert.Single(await Store.ToListAsync(RowRange.StartingWith("a")));
    }

    [Fact]
    public async Task Deleting_with_the_current_etag_removes_the_row()
    {
        var row = await Store.InsertedAsync("a");
        await Store.MustCommitAsync(new Change.Delete("a", row.ETag));
        Assert.Null(await Store.FindAsync("a", default));
        Assert.Empty(await Store.ToListAsync(RowRange.StartingWith("a")));
    }

    [Fact]
    public async Task Deleting_with_a_stale_etag_or_twice_conflicts()
    {
        var row = await Store.InsertedAsync("a");
        await Store.MustCommitAsync(new Change.Upsert("a", Body("second")));
        await Store.MustConflictAsync("a", new Change.Delete("a", row.ETag));
        var current = await Store.FindAsync("a", default);
        await Store.MustCommitAsync(new Change.Delete("a", current!.ETag));
        await Store.MustConflictAsync("a", new Change.Delete("a", current.ETag));
    }

    [Fact]
    public async Task An_etag_never_comes_back_even_after_the_row_was_deleted()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var row = await Store.InsertedAsync("a", "same");
            Assert.True(seen.Add(row.ETag));
            await Store.MustCommitAsync(new Change.Replace("a", Body("same"), row.ETag));
            var replaced = await Store.FindAsync("a", default);
            Assert.True(seen.Add(replaced!.ETag));
            await Store.MustCommitAsync(new Change.Delete("a", replaced.ETag));
        }
    }

    [Fact]
    public async Task A_commit_carries_every_kind_of_change()
    {
        var old = await Store.InsertedAsync("old");
        var doomed = await Store.InsertedAsync("doomed");
        await Store.MustCommitAsync(
            Insert("new"), new Change.Replace("old", Body("newer"), old.ETag), new Change.Upsert("either", Body("x")), new Change.Delete("doomed", doomed.ETag));
        Assert.Equal(["either", "new", "old"], await Store.KeysAsync(new RowRange(" ", "~")));
        Assert.Equal("newer", (await Store.FindAsync("old", default)).Text());
    }

    [Fact]
    public async Task One_conflict_undoes_the_whole_commit_and_names_its_row()
    {
        var old = await Store.InsertedAsync("old", "before");
        var doomed = await Store.InsertedAsync("doomed");
        await Store.InsertedAsync("taken");
        await Store.MustConflictAsync(
            "taken", Insert("new"), new Change.Replace("old", Body("after"), old.ETag), new Change.Delete("doomed", doomed.ETag), new Change.Upsert("up", Body("x")), Insert("taken"));
        Assert.Equal(["doomed", "old", "taken"], await Store.KeysAsync(new RowRange(" ", "~")));
        Assert.Equal(old.ETag, (await Store.FindAsync("old", default))!.ETag);
        Assert.Equal("before", (await Store.FindAsync("old", default)).Text());
    }

    [Fact]
    public async Task A_commit_takes_one_hundred_changes()
    {
        await Store.MustCommitAsync([.. Enumerable.Range(0, 100).Select(i => Insert($"a|{i:000}"))]);
        Assert.Equal(100, (await Store.ToListAsync(RowRange.StartingWith("a|"))).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task No_change_or_more_than_one_hundred_are_refused(int count)
    {
        var changes = Enumerable.Range(0, count).Select(i => Insert($"a|{i:000}")).ToArray();
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(changes, default));
        Assert.Empty(await Store.ToListAsync(RowRange.StartingWith("a|")));
    }

    [Fact]
    public async Task Two_changes_of_one_row_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync([Insert("a"), new Change.Upsert("a", Body("x"))], default));
        Assert.Null(await Store.FindAsync("a", default));
    }

    [Fact]
    public async Task Of_many_writers_with_one_etag_exactly_one_wins()
    {
        var row = await Store.InsertedAsync("a", "start");
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            Task.Run(() => Store.CommitAsync([new Change.Replace("a", Body($"{i}"), row.ETag), Insert($"b|{i}")], default))));
        var winner = Assert.Single(Enumerable.Range(0, 32), i => results[i] is CommitResult.Committed);
        Assert.Equal($"{winner}", (await Store.FindAsync("a", default)).Text());
        Assert.Equal([$"b|{winner}"], await Store.KeysAsync(RowRange.StartingWith("b|")));
    }

    [Fact]
    public async Task Counting_up_from_many_writers_loses_no_count()
    {
        await Store.InsertedAsync("count", "0");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(CountTwentyAsync)));
        Assert.Equal("160", (await Store.FindAsync("count", default)).Text());
    }

    [Fact]
    public async Task A_caller_who_has_already_left_gets_no_answer()
    {
        var gone = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync("a", gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync([Insert("a")], gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListAsync(RowRange.StartingWith("a"), gone).GetAsyncEnumerator().MoveNextAsync());
    }

    private async Task CountTwentyAsync()
    {
        for (var done = 0; done < 20;)
        {
            var row = await Store.FindAsync("count", default);
            var next = int.Parse(row.Text()) + 1;
            done += await Store.CommitAsync([new Change.Replace("count", Body($"{next}"), row!.ETag)], default) is CommitResult.Committed ? 1 : 0;
        }
    }
}
