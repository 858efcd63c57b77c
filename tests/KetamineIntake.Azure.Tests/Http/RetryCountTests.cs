using Azure;
using Azure.Data.Tables;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Azure.Http;
using KetamineIntake.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Tests.Http;

/// <summary>The SDK's clients against a server that is always unavailable: our transport's tries are all there are.</summary>
public sealed class RetryCountTests : IAsyncLifetime
{
    private static readonly OutboundPatience Quick = OutboundPatience.Default with { FirstWait = TimeSpan.FromMilliseconds(5), BreakerSample = 1000 };

    private readonly ServiceProvider services = Services();
    private WebApplication server = null!;
    private int requests;

    private static int Tries => OutboundPatience.Default.Retries + 1;

    private IHttpClientFactory Http => services.GetRequiredService<IHttpClientFactory>();

    private StorageClients Storage => new(
        new StorageOptions($"AccountName=example;AccountKey=AAAA;TableEndpoint={server.Urls.First()}/example;QueueEndpoint={server.Urls.First()}/example", null, null, null), Http);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Four_tries_are_made_to_read_a_row()
    {
        await Assert.ThrowsAsync<RequestFailedException>(() => Storage.Table(StorageClients.Retrying).GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal(Tries, requests);
    }

    [Fact]
    public async Task A_commit_is_sent_once_for_its_answer_may_have_been_lost_only()
    {
        await Assert.ThrowsAsync<RequestFailedException>(() => Storage.Table(StorageClients.OneTry).AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Four_tries_are_made_to_hand_over_a_message()
    {
        await Assert.ThrowsAsync<RequestFailedException>(() => Storage.Queues().GetQueueClient("purge").SendMessageAsync("text"));
        Assert.Equal(Tries, requests);
    }

    private static ServiceProvider Services()
    {
        var clients = new ServiceCollection();
        clients.AddOutboundClient(StorageClients.Retrying, Quick);
        clients.AddOutboundClient(StorageClients.OneTry, Quick with { Retries = OutboundPatience.OneTry.Retries });
        return clients.BuildServiceProvider();
    }
}
