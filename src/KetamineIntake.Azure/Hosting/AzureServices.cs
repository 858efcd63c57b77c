using KetamineIntake.Azure.Http;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Reminders;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Sending;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace KetamineIntake.Azure.Hosting;

public static class AzureServices
{
    /// <summary>Records, queues and failed messages on the storage account. The host adds IClock, Protocol and what it does when a commit leaves messages behind.</summary>
    /// <param name="onMessages">Called with the partition after each commit that carries messages; must return at once and not throw.</param>
    public static IServiceCollection AddKetamineAzure(this IServiceCollection services, AzureSettings settings, Action<string> onMessages)
    {
        services.AddOutboundClient(StorageClients.Retrying, OutboundPatience.Default);
        services.AddOutboundClient(StorageClients.OneTry, OutboundPatience.OneTry);
        return services
            .AddSingleton(settings)
            .AddSingleton(settings.Storage)
            .AddSingleton<StorageClients>()
            .AddSingleton(static s => s.GetRequiredService<StorageClients>().Queues())
            .AddSingleton(Setup)
            .AddSingleton<TableRecords>(static s => new TableRecords(
                s.GetRequiredService<StorageClients>().Table(StorageClients.Retrying),
                s.GetRequiredService<StorageClients>().Table(StorageClients.OneTry),
                s.GetRequiredService<StorageSetup>()))
            .AddSingleton<IRecordStores>(s => new OutboxSignallingStores(
                new EncryptedRecordStores(s.GetRequiredService<TableRecords>(), settings.RecordKeys), onMessages))
            .AddSingleton<IMessageQueue, StorageQueue>()
            .AddSingleton<PoisonQueue>()
            .AddSingleton<IFailedMessages>(static s => s.GetRequiredService<PoisonQueue>())
            .AddSingleton<CountFailedMessages>(static s => s.GetRequiredService<PoisonQueue>().CountAsync)
            .AddSingleton<KeepFailedMessages>(static s => new PoisonKeeper(s.GetRequiredService<StorageClients>().UndecodedQueues(), s.GetRequiredService<StorageSetup>()).KeepAsync);
    }

    /// <summary>For settings that ask for no provider: no text goes out, and staff see each one that did not.</summary>
    public static IServiceCollection AddNoSender(this IServiceCollection services) => services.AddSingleton<ISmsSender, NoSender>();

    private static StorageSetup Setup(IServiceProvider services) =>
        services.GetRequiredService<StorageOptions>().IsDevelopment
            ? StorageSetup.OnDemand(services.GetRequiredService<StorageClients>().Table(StorageClients.Retrying), services.GetRequiredService<global::Azure.Storage.Queues.QueueServiceClient>())
            : StorageSetup.None;
}
