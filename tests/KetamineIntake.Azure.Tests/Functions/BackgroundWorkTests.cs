using System.Collections.Concurrent;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Functions;
using KetamineIntake.Functions.Hosting;
using KetamineIntake.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Tests.Functions;

/// <summary>What the Functions host does beside requests.</summary>
public sealed class BackgroundWorkTests
{
    private int kept;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_that_runs_late_says_so(bool isLate)
    {
        await using var clinic = await TestClinic.StartAsync();
        var log = new Lines<TimerRuns>();
        var triggers = new TimerTriggers(Runs(clinic, log));
        await triggers.ReleaseMessages(new TimerInfo { IsPastDue = isLate }, default);
        await triggers.FlagLabs(new TimerInfo { IsPastDue = isLate }, default);
        Assert.Equal(
            isLate ? ["The timer ReleaseMessages runs late", "The timer FlagLabs runs late"] : [],
            log.Written.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text.Split(';')[0]));
        Assert.Equal(2, log.Written.Count(line => line.Text.EndsWith(" ran for 1 clinics", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_waits_in_a_poison_queue_is_told_at_each_run()
    {
        await using var clinic = await TestClinic.StartAsync();
        var log = new Lines<TimerRuns>();
        await Runs(clinic, log).ReleaseMessagesAsync(isLate: false, default);
        Assert.Contains(log.Written, line => line is (LogLevel.Error, "Failed messages wait in the queue sms-events-poison: 3"));
    }

    [Fact]
    public async Task Each_run_keeps_failed_messages_from_running_out_of_time()
    {
        await using var clinic = await TestClinic.StartAsync();
        await Runs(clinic, new Lines<TimerRuns>()).ReleaseMessagesAsync(isLate: false, default);
        Assert.Equal(1, kept);
    }

    [Fact]
    public async Task A_mistake_while_messages_are_released_does_not_stop_the_worker()
    {
        await using var clinic = await TestClinic.StartAsync();
        await clinic.Context.Records.CommitAsync([Outbox.Row(new Message(Queues.Purge, clinic.Context.Clinic.Slug, "draft|1"), clinic.Clock.GetCurrentInstant())], default);
        var queue = new Recorder { Failure = new InvalidOperationException("A mistake of ours.") };
        var signal = new MessageSignal();
        var log = new Lines<PromptRelease>();
        using var worker = new PromptRelease(signal, new Lazy<ReleaseMessages>(new ReleaseMessages(clinic.Directory, clinic.Stores, queue, clinic.Clock)), log);
        await worker.StartAsync(default);

        signal.Raise(clinic.Context.Clinic.Slug);
        await UntilAsync(() => !log.Written.IsEmpty);
        queue.Failure = null;
        signal.Raise(clinic.Context.Clinic.Slug);
        await UntilAsync(() => !queue.Sent.IsEmpty);

        Assert.False(worker.ExecuteTask!.IsCompleted);
        Assert.Contains("InvalidOperationException", Assert.Single(log.Written).Text, StringComparison.Ordinal);
        await worker.StopAsync(default);
    }

    private TimerRuns Runs(TestClinic clinic, ILogger<TimerRuns> log)
    {
        var clinics = clinic.Directory;
        var queue = new Recorder();
        CountFailedMessages failed = static _ => Task.FromResult<IReadOnlyList<(string, int)>>([(Queues.SmsEvents, 3)]);
        return new TimerRuns(new ReleaseMessages(clinics, clinic.Stores, queue, clinic.Clock), new FlagLabs(clinics, queue, clinic.Clock), failed, _ => Task.FromResult(kept++), log);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 500 && !holds(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(holds());
    }

    private sealed class Recorder : IMessageQueue
    {
        public Exception? Failure { get; set; }

        public ConcurrentQueue<Message> Sent { get; } = [];

        public Task SendAsync(Message message, CancellationToken cancellation)
        {
            if (Failure is { } failure)
            {
                throw failure;
            }

            Sent.Enqueue(message);
            return Task.CompletedTask;
        }
    }

    private sealed class Lines<T> : ILogger<T>
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue((logLevel, formatter(state, exception)));
    }
}
