using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>What the timers do. Each run does whatever has fallen due, so a late one needs nothing but to be noticed.</summary>
public sealed class TimerRuns(ReleaseMessages release, FlagLabs labs, CountFailedMessages countFailed, KeepFailedMessages keepFailed, ILogger<TimerRuns> log)
{
    public async Task ReleaseMessagesAsync(bool isLate, CancellationToken cancellation)
    {
        NoticeLateness(nameof(ReleaseMessages), isLate);
        var released = await release.RunAsync(cancellation);
        foreach (var clinic in released)
        {
            log.Report(clinic);
        }

        foreach (var (queue, count) in await countFailed(cancellation))
        {
            log.FailedMessagesWait(queue, count);
        }

        await keepFailed(cancellation);
        log.TimerRan(nameof(ReleaseMessages), released.Count);
    }

    public async Task FlagLabsAsync(bool isLate, CancellationToken cancellation)
    {
        NoticeLateness(nameof(FlagLabs), isLate);
        var look = await labs.RunAsync(cancellation);
        foreach (var (clinic, failure) in look.Failed)
        {
            log.LabsNotLookedAt(clinic, failure);
        }

        log.TimerRan(nameof(FlagLabs), look.Clinics.Count);
    }

    private void NoticeLateness(string timer, bool isLate)
    {
        if (isLate)
        {
            log.TimerIsLate(timer);
        }
    }
}
