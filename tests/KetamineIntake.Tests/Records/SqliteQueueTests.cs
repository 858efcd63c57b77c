using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using NodaTime;

namespace KetamineIntake.Tests.Records;

public sealed class SqliteQueueTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 9, 0);
    private static readonly Duration Hidden = Duration.FromMinutes(5);
    private static readonly Duration Tick = Duration.FromTicks(1);

    private readonly RecordFile file = new();

    private SqliteQueue Queue => file.Queue;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task An_empty_queue_hands_out_nothing_and_has_nothing_next()
    {
        Assert.Null(await ReceiveAsync(Now));
        Assert.Null(await Queue.NextDueAsync(default));
    }

    [Fact]
    public async Task Messages_come_in_the_order_they_were_sent()
    {
        await SendAsync("a", "b", "c");
        Assert.Equal(["a", "b", "c"], await SubjectsAsync(Now));
    }

    [Fact]
    public async Task A_message_comes_back_as_it_was_sent()
    {
        var message = new Message("sms", "northside", "patient|é|\"'");
        await Queue.SendAsync(message, default);
        Assert.Equal(message, (await ReceiveAsync(Now))!.Message);
    }

    [Fact]
    public async Task A_sent_message_survives_closing()
    {
        await SendAsync("a");
        await file.ReopenAsync();
        Assert.Equal(["a"], await SubjectsAsync(Now));
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_visibility_ends()
    {
        await SendAsync("a");
        var first = await ReceiveAsync(Now);
        Assert.Equal(1, first!.Tries);
        Assert.Null(await ReceiveAsync(Now + Hidden - Tick));
        Assert.Equal(Now + Hidden, await Queue.NextDueAsync(default));
        var second = await ReceiveAsync(Now + Hidden);
        Assert.Equal(2, second!.Tries);
        Assert.Equal("a", second.Message.Subject);
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        await SendAsync("a");
        Assert.True(await Queue.CompleteAsync((await ReceiveAsync(Now))!.Receipt, default));
        Assert.Null(await ReceiveAsync(Now + Duration.FromDays(1)));
        Assert.Null(await Queue.NextDueAsync(default));
    }

    [Fact]
    public async Task A_stale_receipt_does_nothing()
    {
        await SendAsync("a");
        var stale = (await ReceiveAsync(Now))!.Receipt;
        var current = (await ReceiveAsync(Now + Hidden))!.Receipt;
        Assert.False(await Queue.CompleteAsync(stale, default));
        Assert.False(await Queue.FailAsync(stale, "X", Now, Now, default));
        Assert.False(await Queue.ReturnAsync(stale, Now, default));
        Assert.Null(await ReceiveAsync(Now + Hidden));
        Assert.True(await Queue.CompleteAsync(current, default));
        Assert.False(await Queue.CompleteAsync(current, default));
    }

    [Fact]
    public async Task A_failed_message_comes_back_at_its_retry_time()
    {
        await SendAsync("a");
        await Queue.FailAsync((await ReceiveAsync(Now))!.Receipt, "X", Now, Now + Tick, default);
        Assert.Null(await ReceiveAsync(Now));
        Assert.Equal(2, (await ReceiveAsync(Now + Tick))!.Tries);
    }

    [Fact]
    public async Task A_message_that_failed_never_goes_before_one_that_has_not_been_tried()
    {
        await SendAsync("a");
        await Queue.FailAsync((await ReceiveAsync(Now))!.Receipt, "X", Now, Now, default);
        await SendAsync("b");
        Assert.Equal(["b", "a"], await SubjectsAsync(Now));
    }

    [Fact]
    public async Task A_returned_message_is_due_again_and_the_try_does_not_count()
    {
        await SendAsync("a");
        for (var i = 0; i < 10; i++)
        {
            var delivery = await ReceiveAsync(Now);
            Assert.Equal(1, delivery!.Tries);
            Assert.True(await Queue.ReturnAsync(delivery.Receipt, Now, default));
        }
    }

    [Fact]
    public async Task The_fifth_failure_turns_a_message_to_poison()
    {
        await SendAsync("a");
        await PoisonAsync("a");
        Assert.Null(await ReceiveAsync(Now + Duration.FromDays(365)));
        Assert.Null(await Queue.NextDueAsync(default));
        var poison = Assert.Single(await Queue.ListPoisonAsync("northside", default));
        Assert.Equal(new Message(Queues.Purge, "northside", "a"), poison.Message);
        Assert.Equal(("TimeoutException", 5, Now), (poison.Reason, poison.Tries, poison.PoisonedAt));
    }

    [Fact]
    public async Task A_message_that_five_times_took_the_process_down_turns_to_poison_and_lets_the_next_one_through()
    {
        await SendAsync("deadly");
        var now = Now;
        for (var i = 0; i < 5; i++, now += Hidden)
        {
            Assert.Equal(i + 1, (await ReceiveAsync(now))!.Tries);
            await file.ReopenAsync();
        }

        await SendAsync("b");
        Assert.Equal("b", (await ReceiveAsync(now))!.Message.Subject);
        Assert.Null(await ReceiveAsync(now));
        Assert.Equal(SqliteQueue.Abandoned, Assert.Single(await Queue.ListPoisonAsync("northside", default)).Reason);
    }

    [Fact]
    public async Task Staff_put_a_poison_message_back_with_five_new_tries()
    {
        await SendAsync("a");
        await PoisonAsync("a");
        var poison = Assert.Single(await Queue.ListPoisonAsync("northside", default));
        Assert.True(await Queue.PutBackAsync(poison.Id, "northside", default));
        Assert.Empty(await Queue.ListPoisonAsync("northside", default));
        Assert.False(await Queue.PutBackAsync(poison.Id, "northside", default));
        Assert.Equal(1, (await ReceiveAsync(Now))!.Tries);
    }

    [Fact]
    public async Task A_clinic_neither_sees_nor_puts_back_the_poison_of_another()
    {
        await SendAsync("a");
        await PoisonAsync("a");
        Assert.Empty(await Queue.ListPoisonAsync("southside", default));
        var id = Assert.Single(await Queue.ListPoisonAsync("northside", default)).Id;
        Assert.False(await Queue.PutBackAsync(id, "southside", default));
        Assert.False(await Queue.PutBackAsync(id + 1, "northside", default));
        Assert.Null(await ReceiveAsync(Now));
    }

    [Fact]
    public async Task One_queue_can_be_received_alone()
    {
        await Queue.SendAsync(new Message("one", "northside", "a"), default);
        await Queue.SendAsync(new Message("two", "northside", "b"), default);
        Assert.Equal("b", (await Queue.ReceiveAsync("two", Now, Hidden, default))!.Message.Subject);
        Assert.Null(await Queue.ReceiveAsync("two", Now, Hidden, default));
        Assert.Equal("a", (await ReceiveAsync(Now))!.Message.Subject);
    }

    [Fact]
    public async Task Of_many_receivers_each_message_goes_to_one()
    {
        await SendAsync([.. Enumerable.Range(0, 40).Select(i => $"{i}")]);
        var received = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => ReceiveAsync(Now))));
        var subjects = received.OfType<Delivery>().Select(delivery => delivery.Message.Subject).ToArray();
        Assert.Equal(40, subjects.Length);
        Assert.Equal(40, subjects.Distinct(StringComparer.Ordinal).Count());
    }

    private Task<Delivery?> ReceiveAsync(Instant now) => Queue.ReceiveAsync(null, now, Hidden, default);

    private async Task SendAsync(params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            await Queue.SendAsync(new Message(Queues.Purge, "northside", subject), default);
        }
    }

    private async Task<List<string>> SubjectsAsync(Instant now)
    {
        var subjects = new List<string>();
        while (await ReceiveAsync(now) is { } delivery)
        {
            subjects.Add(delivery.Message.Subject);
        }

        return subjects;
    }

    private async Task PoisonAsync(string subject)
    {
        for (var i = 1; i <= 5; i++)
        {
            var delivery = await ReceiveAsync(Now);
            Assert.Equal((subject, i), (delivery!.Message.Subject, delivery.Tries));
            Assert.Empty(await Queue.ListPoisonAsync("northside", default));
            await Queue.FailAsync(delivery.Receipt, nameof(TimeoutException), Now, Now, default);
        }
    }
}
