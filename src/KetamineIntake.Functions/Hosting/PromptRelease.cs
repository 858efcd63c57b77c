using KetamineIntake.Core.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Sends what a commit left behind right after its acknowledgement. What it misses, because the instance stops or the queue does not answer, the timer sends.</summary>
internal sealed class PromptRelease(MessageSignal signal, IServiceProvider services, ILogger<PromptRelease> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ReleaseAsync(await signal.NextAsync(stoppingToken), stoppingToken);
        }
    }

    // Whatever goes wrong with one clinic's messages, even a mistake of ours: it must not stop the worker and with it everybody's forms.
    private async Task ReleaseAsync(string clinic, CancellationToken cancellation)
    {
        try
        {
            // Asked for here: it needs the protocol, and no hosted service may make the worker wait for that before it speaks to the host.
            var release = services.GetRequiredService<ReleaseMessages>();
            log.Report(await release.RunAsync(clinic, cancellation));
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.ReleaseDelayed(clinic, failure.GetType().Name);
        }
    }
}
