using Azure.Storage.Queues;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Tests.Worker.Rpc;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>Hands queue messages to the worker as the host's queue extension does with our host.json: five tries, then the poison queue.</summary>
internal sealed class QueuePump(FunctionsTestHost host, QueueServiceClient queues)
{
    private const int MostTries = 5;

    /// <summary>Delivers all that is there now, each message until it is handled or poisoned. The wait between two tries is left out.</summary>
    public async Task DrainAsync()
    {
        foreach (var function in host.Functions.Where(f => f.Queue is not null))
        {
            await DrainAsync(function.Name, queues.GetQueueClient(function.Queue!), queues.GetQueueClient(PoisonQueue.Of(function.Queue!)));
        }
    }

    private async Task DrainAsync(string function, QueueClient queue, QueueClient poison)
    {
        while ((await queue.ReceiveMessageAsync(TimeSpan.FromSeconds(30))).Value is { } message)
        {
            var tries = 0;
            while (++tries <= MostTries && (await host.QueueAsync(function, message.Body.ToString())).Result.Status != StatusResult.Types.Status.Success)
            {
            }

            if (tries > MostTries)
            {
                await poison.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromDays(7));
            }

            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }
}
