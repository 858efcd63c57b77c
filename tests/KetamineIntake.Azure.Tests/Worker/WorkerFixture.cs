using Azure.Storage.Queues;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Tests.Support;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>Workers one after the other: they share an emulator.</summary>
[CollectionDefinition(nameof(WorkerFixture))]
public sealed class WorkerCollection : ICollectionFixture<WorkerFixture>;

/// <summary>One worker for a class of tests, with the settings of the sample and a record table and queues of the emulator.</summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    public const string ClinicianKey = "00000000000000000000000001.sampleOnlyNeverUseThisOneAnywhereElse00000";

    private static readonly Lazy<Task<Azurite>> Emulator = new(Azurite.StartAnotherAsync);

    internal QueueServiceClient Queues { get; private set; } = null!;

    internal QueuePump Pump { get; private set; } = null!;

    internal FunctionsTestHost Host { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (NeedsEmulatorAttribute.Missing is not null)
        {
            return;
        }

        var settings = await SettingsAsync();
        Queues = new QueueServiceClient(settings["Records"], new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        foreach (var queue in KetamineIntake.Core.Records.Queues.All)
        {
            await Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
            await Queues.GetQueueClient(PoisonQueue.Of(queue)).CreateIfNotExistsAsync();
        }

        Host = await FunctionsTestHost.StartAsync(settings);
        Pump = new QueuePump(Host, Queues);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Url };
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }

    /// <summary>The clinics of the settings are made a second after the start, beside the first requests.</summary>
    internal async Task ClinicsAreMadeAsync()
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(50))
        {
            using var page = await Client.GetAsync("/northside");
            if (page.IsSuccessStatusCode)
            {
                return;
            }
        }

        Assert.Fail($"The clinic was not made:{Environment.NewLine}{Host.Output}");
    }

    /// <summary>The sample's, on the emulator.</summary>
    internal static async Task<Dictionary<string, string>> SettingsAsync()
    {
        using var sample = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        var settings = sample.RootElement.GetProperty("Values").EnumerateObject()
            .Where(v => v.Value.GetString()!.Length > 0)
            .ToDictionary(v => v.Name, v => v.Value.GetString()!, StringComparer.Ordinal);
        settings["Records"] = settings["AzureWebJobsStorage"] = (await Emulator.Value).ConnectionString;
        return settings;
    }
}
