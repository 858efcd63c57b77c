using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using NodaTime;

namespace KetamineIntake.Tests.Records;

public sealed class QueuePumpTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 9, 0);

    private readonly RecordFile file = new();
    private readonly List<string> handled = [];
    private readonly List<string> failures = [];
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task Every_due_message_reaches_its_handler_once()
    {
        await SendAsync("a", "b");
        Assert.Equal(2, await RunAsync(Now));
        Assert.Equal(["a", "b"], handled);
        Assert.Equal(0, await RunAsync(Now + Duration.FromDays(1)));
        Assert.Null(await Pump().NextDueAsync(default));
    }

    [Fact]
    public async Task A_failing_message_is_tried_five_times_a_fixed_delay_apart_and_then_shown_to_staff()
    {
        broken.Add("bad");
        await SendAsync("bad");
        var now = Now;
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(1, await RunAsync(now));
            Assert.Equal(0, await RunAsync(now + QueuePump.RetryDelay - Duration.FromTicks(1)));
            now += QueuePump.RetryDelay;
            Assert.Equal(i < 5 ? now : null, await Pump().NextDueAsync(default));
        }

        Assert.Equal(0, await RunAsync(now + Duration.FromDays(365)));
        Assert.Equal(["bad 1", "bad 2", "bad 3", "bad 4", "bad 5"], failures);
        Assert.Equal("InvalidDataException", Assert.Single(await file.Queue.ListPoisonAsync("northside", default)).Reason);
    }

    [Fact]
    public async Task What_a_handler_said_when_it_failed_is_not_kept()
    {
        broken.Add("bad");
        await SendAsync("bad");
        await RunAsync(Now);
        Assert.True(file.AllBytes().AsSpan().IndexOf("Marigold"u8) < 0);
    }

    [Fact]
    public async Task Forty_bad_messages_hold_back_no_good_one()
    {
        foreach (var i in Enumerable.Range(0, 40))
        {
            broken.Add($"bad{i}");
            await SendAsync($"bad{i}", $"good{i}");
        }

        Assert.Equal(80, await RunAsync(Now));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"good{i}"), handled);
    }

    [Fact]
    public async Task A_put_back_message_whose_cause_is_mended_is_handled()
    {
        broken.Add("bad");
        await SendAsync("bad");
        for (var i = 0; i < 5; i++)
        {
            await RunAsync(Now + (i * QueuePump.RetryDelay));
        }

        broken.Clear();
        var poison = Assert.Single(await file.Queue.ListPoisonAsync("northside", default));
        await file.Queue.PutBackAsync(poison.Id, "northside", default);
        await RunAsync(Now);
        Assert.Equal(["bad"], handled);
    }

    [Fact]
    public async Task A_message_without_a_handler_ends_where_staff_see_it()
    {
        await file.Queue.SendAsync(new Message("retired", "northside", "a"), default);
        await SendAsync("b");
        for (var i = 0; i < 5; i++)
        {
            await RunAsync(Now + (i * QueuePump.RetryDelay));
        }

        Assert.Equal(["b"], handled);
        Assert.Equal("retired", Assert.Single(await file.Queue.ListPoisonAsync("northside", default)).Message.Queue);
    }

    [Fact]
    public async Task What_a_handler_sends_is_handled_in_the_same_run()
    {
        await SendAsync("parent");
        Assert.Equal(2, await RunAsync(Now));
        Assert.Equal(["parent", "child"], handled);
    }

    [Fact]
    public async Task A_stopping_host_gives_its_message_back_uncounted()
    {
        await SendAsync("a");
        using var stop = new CancellationTokenSource();
        var pump = Pump(async (_, cancellation) =>
        {
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pump.RunDueAsync(Now, stop.Token));
        Assert.Empty(failures);
        Assert.Equal(1, (await file.Queue.ReceiveAsync(null, Now, QueuePump.Visibility, default))!.Tries);
    }

    [Fact]
    public async Task A_handler_that_outlives_its_visibility_does_not_complete_the_next_delivery()
    {
        await SendAsync("slow");
        var later = Now + QueuePump.Visibility;
        var pump = Pump(async (_, _) => Assert.NotNull(await file.Queue.ReceiveAsync(null, later, QueuePump.Visibility, default)));
        await pump.RunDueAsync(Now, default);
        Assert.Equal(later + QueuePump.Visibility, await pump.NextDueAsync(default));
    }

    private Task<int> RunAsync(Instant now) => Pump().RunDueAsync(now, default);

    private QueuePump Pump() => Pump(HandleAsync);

    private QueuePump Pump(Func<Message, CancellationToken, Task> handler) => new(
        file.Queue,
        new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal) { [Queues.Purge] = handler },
        (delivery, _) => failures.Add($"{delivery.Message.Subject} {delivery.Tries}"));

    private async Task HandleAsync(Message message, CancellationToken cancellation)
    {
        if (broken.Contains(message.Subject))
        {
            throw new InvalidDataException("Marigold cannot be handled.");
        }

        handled.Add(message.Subject);
        if (message.Subject == "parent")
        {
            await SendAsync("child");
        }
    }

    private async Task SendAsync(params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            await file.Queue.SendAsync(new Message(Queues.Purge, "northside", subject), default);
        }
    }
}
