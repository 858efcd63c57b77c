using Azure.Data.Tables;
using Azure.Storage.Queues;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// Makes table and queues on the first use of a developer's storage. In Azure the infrastructure declares them and this does nothing: the app's roles reach what was declared, and no other queue or table.
/// </summary>
internal sealed class StorageSetup
{
    private readonly Once? table;
    private readonly Once? queues;

    private StorageSetup(Once? table, Once? queues) => (this.table, this.queues) = (table, queues);

    public static StorageSetup None { get; } = new(null, null);

    public static StorageSetup OnDemand(TableClient table, QueueServiceClient queues) => new(new Once(() => MakeAsync(table)), new Once(() => MakeAsync(queues)));

    /// <exception cref="RecordStoreException">The storage does not answer.</exception>
    public Task TableReadyAsync(CancellationToken cancellation) => table?.RunAsync(cancellation) ?? Task.CompletedTask;

    /// <exception cref="RecordStoreException">The storage does not answer.</exception>
    public Task QueuesReadyAsync(CancellationToken cancellation) => queues?.RunAsync(cancellation) ?? Task.CompletedTask;

    private static Task MakeAsync(TableClient table) => AskedAsync(() => table.CreateIfNotExistsAsync());

    private static Task MakeAsync(QueueServiceClient queues) => AskedAsync(() => Task.WhenAll(
        Queues.All.SelectMany(q => new[] { q, PoisonQueue.Of(q) }).Select(q => queues.GetQueueClient(q).CreateIfNotExistsAsync())));

    private static async Task AskedAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, CancellationToken.None))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }

    private sealed class Once(Func<Task> make)
    {
        private readonly Lock gate = new();
        private Task? made;

        public Task RunAsync(CancellationToken cancellation)
        {
            lock (gate)
            {
                // What failed once may work at the next request.
                made = made is null or { IsFaulted: true } ? make() : made;
                return made.WaitAsync(cancellation);
            }
        }
    }
}
