using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions;

/// <summary>One trigger for each timer; schedules come from settings, in UTC. Each run does whatever has fallen due, so a late run needs nothing but to be noticed.</summary>
public sealed class TimerTriggers(ReleaseMessages release, FlagLabs labs, CountFailedMessages countFailed, ILogger<TimerTriggers> log)
{
    [Function(nameof(ReleaseMessages))]
    public async Task ReleaseMessages([TimerTrigger("%ReleaseMessagesSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        NoticeLateness(nameof(ReleaseMessages), timer);
        var released = await release.RunAsync(cancellation);
        foreach (var clinic in released)
        {
            log.Report(clinic);
        }

        foreach (var (queue, count) in await countFailed(cancellation))
        {
            log.FailedMessagesWait(queue, count);
        }

        log.TimerRan(nameof(ReleaseMessages), released.Count);
    }

    [Function(nameof(FlagLabs))]
    public async Task FlagLabs([TimerTrigger("%FlagLabsSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        NoticeLateness(nameof(FlagLabs), timer);
        var look = await labs.RunAsync(cancellation);
        foreach (var (clinic, failure) in look.Failed)
        {
            log.LabsNotLookedAt(clinic, failure);
        }

        log.TimerRan(nameof(FlagLabs), look.Clinics.Count);
    }

    private void NoticeLateness(string name, TimerInfo timer)
    {
        if (timer.IsPastDue)
        {
            log.TimerIsLate(name);
        }
    }
}
