using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Records;
using KetamineIntake.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace KetamineIntake.Functions;

/// <summary>One trigger for each queue, which calls one handler of Core. What a handler throws brings the message back, five times in all.</summary>
public sealed class QueueTriggers(Deliveries deliveries, PurgeExpired purge)
{
    [Function(nameof(Purge))]
    public Task Purge([QueueTrigger(Queues.Purge, Connection = StorageOptions.Section)] string text, CancellationToken cancellation) =>
        deliveries.HandleAsync(Queues.Purge, text, purge.RunAsync, cancellation);
}
