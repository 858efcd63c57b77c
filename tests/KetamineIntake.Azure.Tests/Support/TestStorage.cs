using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Azure.Http;
using KetamineIntake.Azure.Records;
using KetamineIntake.Core.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Azure.Tests.Support;

/// <summary>The adapters on the emulator, as the host builds them.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly StorageClients clients;
    private readonly TableClient table;
    private readonly string connection;

    private TestStorage(string connection)
    {
        this.connection = connection;
        services = new ServiceCollection().AddOutbound().BuildServiceProvider();
        clients = new StorageClients(new StorageOptions(connection, null, null, null), services.GetRequiredService<IHttpClientFactory>());
        table = new TableServiceClient(connection).GetTableClient("t" + RowId.New());
    }

    public QueueServiceClient Queues => clients.Queues();

    public QueueServiceClient UndecodedQueues => clients.UndecodedQueues();

    public StorageSetup Setup => StorageSetup.OnDemand(table, Queues);

    /// <summary>Records in a table of this test's own.</summary>
    public TableRecords Records => new(Own(StorageClients.Retrying), Own(StorageClients.OneTry), Setup);

    public static async Task<TestStorage> StartAsync() => new((await Azurite.StartAsync()).ConnectionString);

    /// <summary>The same records through a transport that goes wrong.</summary>
    public TableRecords RecordsOver(HttpMessageHandler transport)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(transport)), Retry = { MaxRetries = 0 } };
        return new TableRecords(Own(StorageClients.Retrying), new TableServiceClient(connection, options).GetTableClient(table.Name), Setup);
    }

    /// <summary>The same queues through a transport that goes wrong.</summary>
    public QueueServiceClient QueuesOver(HttpMessageHandler transport) => new(
        connection,
        new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Transport = new HttpClientTransport(new HttpClient(transport)), Retry = { MaxRetries = 0 } });

    /// <summary>Empty queues: they are the same for all tests.</summary>
    public async Task ClearQueuesAsync()
    {
        await Setup.QueuesReadyAsync(default);
        foreach (var queue in KetamineIntake.Core.Records.Queues.All)
        {
            await Queues.GetQueueClient(queue).ClearMessagesAsync();
            await Queues.GetQueueClient(PoisonQueue.Of(queue)).ClearMessagesAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await table.DeleteAsync();
        await services.DisposeAsync();
    }

    private TableClient Own(string client) => clients.TableService(client).GetTableClient(table.Name);
}

internal static class Outbound
{
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddOutboundClient(StorageClients.Retrying, OutboundPatience.Default);
        services.AddOutboundClient(StorageClients.OneTry, OutboundPatience.OneTry);
        return services;
    }
}
