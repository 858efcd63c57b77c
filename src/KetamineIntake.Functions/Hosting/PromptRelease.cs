using KetamineIntake.Core.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Sends what a commit left behind right after its acknowledgement. What it misses, because the instance stops or the queue does not answer, the timer sends.</summary>
internal sealed class PromptRelease(MessageSignal signal, ReleaseMessages release, ILogger<PromptRelease> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            log.Report(await release.RunAsync(await signal.NextAsync(stoppingToken), stoppingToken));
        }
    }
}
