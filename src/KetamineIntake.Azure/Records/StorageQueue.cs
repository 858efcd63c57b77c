using Azure.Storage.Queues;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>Hands messages to the storage queues, from where the Functions host delivers them.</summary>
internal sealed class StorageQueue(QueueServiceClient queues, StorageSetup setup) : IMessageQueue
{
    // Without this the service drops a message after seven days, handled or not.
    internal static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <exception cref="RecordStoreException">The queue did not take it, or did not say so.</exception>
    public async Task SendAsync(Message message, CancellationToken cancellation)
    {
        await setup.QueuesReadyAsync(cancellation);
        try
        {
            await queues.GetQueueClient(message.Queue).SendMessageAsync(MessageText.Write(message), timeToLive: Forever, cancellationToken: cancellation);
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }
}
