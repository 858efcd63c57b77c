using KetamineIntake.Core.Records;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions;

/// <summary>One trigger for each timer; schedules come from settings, in UTC. Each run does whatever has fallen due, so a late run needs nothing but to be noticed.</summary>
public sealed class TimerTriggers(ReleaseMessages release, ILogger<TimerTriggers> log)
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
    }

    private void NoticeLateness(string name, TimerInfo timer)
    {
        if (timer.IsPastDue)
        {
            log.TimerIsLate(name);
        }
    }
}
