using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// The messages that the Functions host moved to "{queue}-poison" after five failed tries. The service shows 32 of each queue at a time, oldest first, of all clinics together:
/// a clinic whose message lies behind 32 others sees it once those are gone. Why a try failed is in the host's telemetry only.
/// </summary>
internal sealed class PoisonQueue(QueueServiceClient queues, StorageSetup setup) : IFailedMessages
{
    private const int AtATime = 32;
    private const int Tries = 5;
    private const string UnknownReason = "see telemetry";

    // Others do not see the messages meanwhile; they come back by themselves should we die.
    private static readonly TimeSpan Search = TimeSpan.FromSeconds(30);

    public static string Of(string queue) => queue + "-poison";

    public async Task<IReadOnlyList<FailedMessage>> ListAsync(string clinic, CancellationToken cancellation)
    {
        var failed = new List<FailedMessage>();
        await AskedAsync(
            async () =>
            {
                foreach (var queue in Queues.All)
                {
                    PeekedMessage[] seen = await queues.GetQueueClient(Of(queue)).PeekMessagesAsync(AtATime, cancellation);
                    failed.AddRange(seen.Select(message => Shown(queue, clinic, message)).OfType<FailedMessage>());
                }
            },
            cancellation);
        return [.. failed.OrderBy(static message => message.FailedAt)];
    }

    public async Task<bool> PutBackAsync(string clinic, string id, CancellationToken cancellation)
    {
        if (Queues.All.FirstOrDefault(queue => id.StartsWith(queue + ".", StringComparison.Ordinal)) is not { } name)
        {
            return false;
        }

        var found = false;
        await AskedAsync(async () => found = await PutBackAsync(name, clinic, id[(name.Length + 1)..], cancellation), cancellation);
        return found;
    }

    /// <summary>See <see cref="CountFailedMessages"/>.</summary>
    public async Task<IReadOnlyList<(string Queue, int Count)>> CountAsync(CancellationToken cancellation)
    {
        var counts = new List<(string, int)>();
        await AskedAsync(
            async () =>
            {
                foreach (var queue in Queues.All)
                {
                    QueueProperties properties = await queues.GetQueueClient(Of(queue)).GetPropertiesAsync(cancellation);
                    if (properties.ApproximateMessagesCount > 0)
                    {
                        counts.Add((queue, properties.ApproximateMessagesCount));
                    }
                }
            },
            cancellation);
        return counts;
    }

    private async Task<bool> PutBackAsync(string queue, string clinic, string messageId, CancellationToken cancellation)
    {
        var poison = queues.GetQueueClient(Of(queue));
        var passed = new List<QueueMessage>();
        try
        {
            while (true)
            {
                QueueMessage[] batch = await poison.ReceiveMessagesAsync(AtATime, Search, cancellation);
                passed.AddRange(batch.Where(message => message.MessageId != messageId));
                if (batch.FirstOrDefault(message => message.MessageId == messageId) is { } wanted)
                {
                    return await MoveAsync(queue, clinic, poison, wanted, passed, cancellation);
                }

                if (batch.Length == 0)
                {
                    return false;
                }
            }
        }
        finally
        {
            foreach (var message in passed)
            {
                await poison.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, CancellationToken.None);
            }
        }
    }

    // Sent before it is deleted: a stop in between delivers it twice, never not at all.
    private async Task<bool> MoveAsync(string queue, string clinic, QueueClient poison, QueueMessage wanted, List<QueueMessage> passed, CancellationToken cancellation)
    {
        if (MessageText.TryRead(queue, wanted.Body.ToString())?.Clinic != clinic)
        {
            passed.Add(wanted);
            return false;
        }

        await queues.GetQueueClient(queue).SendMessageAsync(wanted.Body, timeToLive: StorageQueue.Forever, cancellationToken: cancellation);
        await poison.DeleteMessageAsync(wanted.MessageId, wanted.PopReceipt, CancellationToken.None);
        return true;
    }

    private static FailedMessage? Shown(string queue, string clinic, PeekedMessage message) =>
        MessageText.TryRead(queue, message.Body.ToString()) is { } read && read.Clinic == clinic
            ? new FailedMessage($"{queue}.{message.MessageId}", queue, read.Subject, UnknownReason, Instant.FromDateTimeOffset(message.InsertedOn ?? default), Tries)
            : null;

    private async Task AskedAsync(Func<Task> ask, CancellationToken cancellation)
    {
        await setup.ReadyAsync(cancellation);
        try
        {
            await ask();
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }
}
