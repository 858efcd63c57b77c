using KetamineIntake.Core.Records;
using KetamineIntake.Local.Clock;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Local.Hosting;

/// <summary>Runs the dispatcher whenever a commit leaves messages behind and whenever one falls due; an outage is waited out.</summary>
internal sealed class DispatcherService(Dispatcher dispatcher, MessageSignal signal, HostClock clock, ILogger<DispatcherService> log) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The signal or the wait comes first everywhere else; at the start there may be messages that a crash left behind.
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await PassAsync(stoppingToken);
            await signal.WaitAsync(wait, stoppingToken);
        }
    }

    private async Task<TimeSpan> PassAsync(CancellationToken cancellation)
    {
        try
        {
            var next = await dispatcher.RunDueAsync(cancellation);

            // A standing clock does not reach the next due time by waiting.
            return next is null || clock.Stands ? LongestWait : Until(next.Value);
        }
        catch (RecordStoreException outage)
        {
            log.DispatchDelayed(outage.GetType().Name);
            return AfterOutage;
        }
#pragma warning disable CA1031 // One record that cannot be read, or a bug, must not end the program for every clinic.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.DispatchDelayed(failure.GetType().Name);
            return LongestWait;
        }
    }

    private TimeSpan Until(Instant due)
    {
        var wait = (due - clock.GetCurrentInstant()).ToTimeSpan();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }
}
