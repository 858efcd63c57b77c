using KetamineIntake.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace KetamineIntake.Functions;

/// <summary>One trigger for each timer; schedules come from settings, in UTC.</summary>
public sealed class TimerTriggers(TimerRuns runs)
{
    [Function(nameof(ReleaseMessages))]
    public Task ReleaseMessages([TimerTrigger("%ReleaseMessagesSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        runs.ReleaseMessagesAsync(timer.IsPastDue, cancellation);

    [Function(nameof(FlagLabs))]
    public Task FlagLabs([TimerTrigger("%FlagLabsSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        runs.FlagLabsAsync(timer.IsPastDue, cancellation);
}
