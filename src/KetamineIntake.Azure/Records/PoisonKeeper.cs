using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// See <see cref="KeepFailedMessages"/>. The host gives what it moves to a poison queue seven days, and a message's time to live cannot be changed: it is sent anew. Whatever its form: what somebody
/// put into a queue without base64 lies with the poison like everything else, and would be gone before anybody had looked.
/// </summary>
/// <param name="queues">Takes messages as they are, without decoding them.</param>
internal sealed class PoisonKeeper(QueueServiceClient queues, StorageSetup setup)
{
    public async Task KeepAsync(CancellationToken cancellation)
    {
        await setup.QueuesReadyAsync(cancellation);
        try
        {
            foreach (var queue in Queues.All)
            {
                var poison = queues.GetQueueClient(PoisonQueue.Of(queue));
                PeekedMessage[] first = await poison.PeekMessagesAsync(PoisonQueue.AtATime, cancellation);

                // What lies behind those that can be looked at is only seen by taking all.
                if (first.Length == PoisonQueue.AtATime || first.Any(static message => Expires(message.ExpiresOn)))
                {
                    await KeepAsync(poison, cancellation);
                }
            }
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }

    private static bool Expires(DateTimeOffset? expiry) => expiry is { Year: < 9999 };

    // At most what lies there at the start, as each batch stays out of sight while the next is taken.
    private static async Task KeepAsync(QueueClient poison, CancellationToken cancellation)
    {
        var passed = new List<QueueMessage>();
        try
        {
            while (await poison.ReceiveMessagesAsync(PoisonQueue.AtATime, PoisonQueue.Search, cancellation) is { Value: { Length: > 0 } batch })
            {
                passed.AddRange(batch);
            }
        }
        finally
        {
            foreach (var message in passed)
            {
                await (Expires(message.ExpiresOn) ? RenewAsync(poison, message) : PoisonQueue.ShowAgainAsync(poison, message));
            }
        }
    }

    // Sent before it is deleted, as everywhere here; both end once they are begun.
    private static async Task RenewAsync(QueueClient poison, QueueMessage message)
    {
        if (await PoisonQueue.AnsweredAsync(() => poison.SendMessageAsync(message.Body, timeToLive: StorageQueue.Forever, cancellationToken: CancellationToken.None)))
        {
            await PoisonQueue.AnsweredAsync(() => poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None));
        }
    }
}
