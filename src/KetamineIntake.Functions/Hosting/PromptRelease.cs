using KetamineIntake.Core.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Sends what a commit left behind right after its acknowledgement. What it misses, because the instance stops or the queue does not answer, the timer sends.</summary>
internal sealed class PromptRelease(MessageSignal signal, Lazy<ReleaseMessages> release, ILogger<PromptRelease> log) : BackgroundService
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
            log.Report(await release.Value.RunAsync(clinic, cancellation));
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.ReleaseDelayed(clinic, failure.GetType().Name);
        }
    }
}
