using Azure.Data.Tables;
using Azure.Storage.Queues;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// Makes table and queues on the first use of a developer's storage. In Azure the infrastructure declares them, and the app has no right to make any: there this does nothing.
/// </summary>
internal sealed class StorageSetup
{
    private readonly Lock gate = new();
    private readonly Func<Task>? make;
    private Task? made;

    private StorageSetup(Func<Task>? make) => this.make = make;

    public static StorageSetup None { get; } = new(null);

    public static StorageSetup OnDemand(TableClient table, QueueServiceClient queues) => new(() => MakeAsync(table, queues));

    /// <exception cref="RecordStoreException">The storage does not answer.</exception>
    public Task ReadyAsync(CancellationToken cancellation)
    {
        if (make is null)
        {
            return Task.CompletedTask;
        }

        lock (gate)
        {
            // What failed once may work at the next request.
            made = made is null or { IsFaulted: true } ? make() : made;
            return made.WaitAsync(cancellation);
        }
    }

    private static async Task MakeAsync(TableClient table, QueueServiceClient queues)
    {
        try
        {
            await table.CreateIfNotExistsAsync();
            foreach (var queue in Queues.All)
            {
                await queues.GetQueueClient(queue).CreateIfNotExistsAsync();
                await queues.GetQueueClient(PoisonQueue.Of(queue)).CreateIfNotExistsAsync();
            }
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, CancellationToken.None))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }
}
