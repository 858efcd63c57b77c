using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using NodaTime;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 9, 0);
    private static readonly Duration Tick = Duration.FromTicks(1);

    private readonly RecordFile file = new();
    private readonly RecordKeys keys = new(RecordKey.New());
    private readonly Recorder queue = new();

    private IRecordStore Store => new EncryptedRecordStores(file.Records, keys).Open("northside");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task Due_messages_go_out_earliest_first_and_their_rows_go_away()
    {
        await PutAsync(("second", Now - Tick), ("third", Now), ("first", Now - Duration.FromDays(3)));
        var released = await ReleaseAsync(Now);
        Assert.Equal(3, released.Sent);
        Assert.Null(released.NextDue);
        Assert.Equal(["first", "second", "third"], queue.Subjects);
        Assert.Empty(await Store.ToListAsync(Rows.Outbox));
    }

    [Fact]
    public async Task Nothing_goes_out_before_its_time()
    {
        await PutAsync(("due", Now), ("later", Now + Tick), ("much later", Now + Duration.FromDays(90)));
        var released = await ReleaseAsync(Now);
        Assert.Equal(1, released.Sent);
        Assert.Equal(Now + Tick, released.NextDue);
        Assert.Equal(["due"], queue.Subjects);
        Assert.Equal(1, (await ReleaseAsync(Now + Tick)).Sent);
        Assert.Equal(["due", "later"], queue.Subjects);
    }

    [Fact]
    public async Task An_empty_outbox_has_nothing_to_send_and_nothing_next() =>
        Assert.Equal((0, null, 0), await ReleaseAsync(Now) is var r ? (r.Sent, r.NextDue, r.Unreadable.Count) : default);

    [Fact]
    public async Task A_message_comes_with_the_commit_or_not_at_all()
    {
        await Store.InsertedAsync("taken");
        await Store.MustConflictAsync("taken", Outbox.Row(Message("m"), Now), Insert("taken"));
        Assert.Equal(0, (await ReleaseAsync(Now)).Sent);
    }

    [Fact]
    public async Task A_failed_send_leaves_its_message_and_all_behind_it_but_repeats_none_before_it()
    {
        await PutAsync(("first", Now - Tick), ("second", Now), ("third", Now));
        queue.FailAt = 2;
        await Assert.ThrowsAsync<IOException>(() => ReleaseAsync(Now));
        Assert.Equal(2, (await Store.ToListAsync(Rows.Outbox)).Count);
        queue.FailAt = null;
        Assert.Equal(2, (await ReleaseAsync(Now)).Sent);
        Assert.Equal("first", queue.Subjects[0]);
        Assert.Equal(["first", "second", "third"], queue.Subjects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stop_between_send_and_delete_sends_twice_not_never()
    {
        await PutAsync(("only", Now));
        await Assert.ThrowsAsync<RecordStoreException>(() => OutboxRelease.ReleaseAsync("northside", new DiesOnCommit(Store), queue, Now, default));
        await file.ReopenAsync();
        Assert.Equal(1, (await ReleaseAsync(Now)).Sent);
        Assert.Equal(["only", "only"], queue.Subjects);
        Assert.Equal(0, (await ReleaseAsync(Now)).Sent);
    }

    [Fact]
    public async Task A_stop_between_commit_and_release_loses_nothing()
    {
        await PutAsync(("only", Now));
        await file.ReopenAsync();
        Assert.Equal(1, (await ReleaseAsync(Now)).Sent);
        Assert.Equal(["only"], queue.Subjects);
    }

    [Fact]
    public async Task A_row_that_another_release_deleted_first_is_no_failure()
    {
        await PutAsync(("first", Now - Tick), ("second", Now));
        queue.OnSend = async () =>
        {
            queue.OnSend = null;
            await ReleaseAsync(Now);
        };
        await ReleaseAsync(Now);
        Assert.Empty(await Store.ToListAsync(Rows.Outbox));
        Assert.Equal(["first", "second"], queue.Subjects.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_another_release_got_to_one_row_first_the_rest_is_deleted_all_the_same()
    {
        await PutAsync(("first", Now - Tick), ("second", Now), ("third", Now));
        var taken = (await Store.ToListAsync(Rows.Outbox))[1];
        queue.OnSend = async () =>
        {
            queue.OnSend = null;
            await Store.MustCommitAsync(new Change.Delete(taken.Key, taken.ETag));
        };
        await ReleaseAsync(Now);
        Assert.Empty(await Store.ToListAsync(Rows.Outbox));
    }

    [Fact]
    public async Task Releases_at_the_same_time_leave_no_row_and_lose_no_message()
    {
        await PutAsync([.. Enumerable.Range(0, 90).Select(i => ($"m{i:00}", Now))]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReleaseAsync(Now))));
        Assert.Empty(await Store.ToListAsync(Rows.Outbox));
        Assert.Equal(90, queue.Subjects.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task More_messages_than_a_batch_holds_all_go_out_once_and_in_order()
    {
        var subjects = Enumerable.Range(0, 175).Select(i => $"m{i:000}").ToArray();
        foreach (var chunk in subjects.Chunk(100))
        {
            await PutAsync([.. chunk.Select(subject => (subject, Now - Duration.FromMinutes(1000) + Duration.FromMinutes(int.Parse(subject[1..]))))]);
        }

        Assert.Equal(175, (await ReleaseAsync(Now)).Sent);
        Assert.Equal(subjects, queue.Subjects);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_stays_is_named_and_holds_nobody_back()
    {
        await PutAsync(("first", Now - Tick), ("last", Now + Tick));
        var broken = Rows.OutboxEntry(Now, RowId.New());
        await file.Store.InsertedAsync(broken, "neither encrypted nor a message");
        var released = await ReleaseAsync(Now + Tick);
        Assert.Equal(2, released.Sent);
        Assert.Equal([broken], released.Unreadable);
        Assert.Equal(["first", "last"], queue.Subjects);
    }

    [Fact]
    public async Task Only_what_is_due_is_read()
    {
        await PutAsync([.. Enumerable.Range(0, 100).Select(i => ($"later{i}", Now + Duration.FromDays(1 + i)))]);
        var counting = new Counting(Store);
        await OutboxRelease.ReleaseAsync("northside", counting, queue, Now, default);
        Assert.Equal(1, counting.Read);
    }

    [Fact]
    public async Task A_message_never_leaves_its_clinic()
    {
        await Store.MustCommitAsync(Outbox.Row(Message("m") with { Clinic = "southside" }, Now));
        await ReleaseAsync(Now);
        Assert.Equal("northside", Assert.Single(queue.Sent).Clinic);
    }

    [Fact]
    public async Task From_the_commit_through_the_durable_queue_a_message_reaches_its_handler_across_restarts()
    {
        await PutAsync(("only", Now));
        await file.ReopenAsync();
        Assert.Equal(1, (await OutboxRelease.ReleaseAsync("northside", Store, file.Queue, Now, default)).Sent);
        await file.ReopenAsync();
        var handled = new List<Message>();
        var handlers = new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal)
        {
            [Queues.Purge] = (message, _) =>
            {
                handled.Add(message);
                return Task.CompletedTask;
            },
        };
        Assert.Equal(1, await new QueuePump(file.Queue, handlers, static (_, _) => { }).RunDueAsync(Now, default));
        Assert.Equal([Message("only")], handled);
    }

    [Fact]
    public async Task A_host_hears_of_new_messages_once_they_are_durable_and_of_nothing_else()
    {
        var heard = new List<string>();
        var stores = new OutboxSignallingStores(file.Records, heard.Add);
        var store = stores.Open("northside");
        await store.InsertedAsync("taken");
        await store.MustConflictAsync("taken", Outbox.Row(Message("m"), Now), Insert("taken"));
        Assert.Empty(heard);
        await stores.Open("southside").MustCommitAsync(Outbox.Row(Message("m"), Now + Duration.FromDays(1)), Insert("x"));
        Assert.Equal(["southside"], heard);
        var row = (await stores.Open("southside").ToListAsync(Rows.Outbox)).Single();
        await stores.Open("southside").MustCommitAsync(new Change.Delete(row.Key, row.ETag));
        Assert.Single(heard);
    }

    private static Message Message(string subject) => new(Queues.Purge, "northside", subject);

    private Task PutAsync(params (string Subject, Instant Due)[] messages) =>
        Store.MustCommitAsync([.. messages.Select(m => Outbox.Row(Message(m.Subject), m.Due))]);

    private Task<OutboxReleased> ReleaseAsync(Instant now) => OutboxRelease.ReleaseAsync("northside", Store, queue, now, default);

    private sealed class Recorder : IMessageQueue
    {
        private readonly Lock gate = new();
        private readonly List<Message> sent = [];

        public IReadOnlyList<Message> Sent => sent;

        public string[] Subjects => [.. sent.Select(message => message.Subject)];

        public int? FailAt { get; set; }

        public Func<Task>? OnSend { get; set; }

        public async Task SendAsync(Message message, CancellationToken cancellation)
        {
            if (sent.Count + 1 == FailAt)
            {
                throw new IOException("The queue is away.");
            }

            if (OnSend is { } onSend)
            {
                await onSend();
            }

            lock (gate)
            {
                sent.Add(message);
            }
        }
    }
}
