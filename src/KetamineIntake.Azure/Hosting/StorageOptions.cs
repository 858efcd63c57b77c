namespace KetamineIntake.Azure.Hosting;

/// <summary>
/// The storage account of records and messages, under the name that the queue triggers use as their connection: either one connection string, "Records", or the
/// addresses of its services and the app's managed identity.
/// </summary>
/// <param name="ConnectionString">"Records": for Azurite and experiments only. It wins when both are given.</param>
/// <param name="TableServiceUri">"Records__tableServiceUri", such as https://NAME.table.core.windows.net.</param>
/// <param name="QueueServiceUri">"Records__queueServiceUri", such as https://NAME.queue.core.windows.net.</param>
/// <param name="ClientId">"Records__clientId": the user-assigned identity. None: the app's system-assigned one.</param>
public sealed record StorageOptions(string? ConnectionString, Uri? TableServiceUri, Uri? QueueServiceUri, string? ClientId)
{
    public const string Section = "Records";

    /// <summary>A developer's own Azurite: table and queues are made on demand there, and nowhere else.</summary>
    public bool IsDevelopment => ConnectionString is { } text
        && (text.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase) || text.Contains("AccountName=devstoreaccount1;", StringComparison.OrdinalIgnoreCase));
}
