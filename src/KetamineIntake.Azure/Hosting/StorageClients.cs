using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using KetamineIntake.Azure.Http;
using KetamineIntake.Azure.Records;

namespace KetamineIntake.Azure.Hosting;

/// <summary>The SDK clients of the storage account, on our own transport. The SDK's retries are off: the transport has its own, and the two would multiply.</summary>
internal sealed class StorageClients(StorageOptions options, IHttpClientFactory http)
{
    public const string Retrying = "storage";
    public const string OneTry = "storage-commits";

    private readonly Lazy<TokenCredential> identity = new(() =>
        new ManagedIdentityCredential(options.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned));

    /// <param name="client"><see cref="Retrying"/> or <see cref="OneTry"/>.</param>
    public TableClient Table(string client) => TableService(client).GetTableClient(TableRecords.TableName);

    public TableServiceClient TableService(string client)
    {
        var settings = new TableClientOptions { Transport = Transport(client), Retry = { MaxRetries = 0 }, Diagnostics = { IsLoggingEnabled = false } };
        return options.ConnectionString is { } connection
            ? new TableServiceClient(connection, settings)
            : new TableServiceClient(options.TableServiceUri, identity.Value, settings);
    }

    /// <summary>Base64 is what Event Grid writes and what the Functions host expects unless told otherwise; host.json says the same.</summary>
    public QueueServiceClient Queues() => Queues(QueueMessageEncoding.Base64);

    /// <summary>Messages as they are.</summary>
    public QueueServiceClient UndecodedQueues() => Queues(QueueMessageEncoding.None);

    private QueueServiceClient Queues(QueueMessageEncoding encoding)
    {
        var settings = new QueueClientOptions
        {
            MessageEncoding = encoding,
            Transport = Transport(Retrying),
            Retry = { MaxRetries = 0 },
            Diagnostics = { IsLoggingEnabled = false },
        };

        // What somebody put into a queue without base64 is left out of what we are shown, instead of hiding everything else behind an exception.
        settings.MessageDecodingFailed += static _ => Task.CompletedTask;
        return options.ConnectionString is { } connection
            ? new QueueServiceClient(connection, settings)
            : new QueueServiceClient(options.QueueServiceUri, identity.Value, settings);
    }

    private HttpClientTransport Transport(string client) => new(http.CreateClient(client));
}
