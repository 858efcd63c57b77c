using Azure;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Azure.Http;
using KetamineIntake.Azure.Sms;
using KetamineIntake.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Sms.Tests;

/// <summary>The SDK's client against a server that is always unavailable: our transport's tries are all there are.</summary>
public sealed class RetryCountTests : IAsyncLifetime
{
    private static readonly OutboundPatience Quick = OutboundPatience.Default with { FirstWait = TimeSpan.FromMilliseconds(5), BreakerSample = 1000 };

    private readonly ServiceProvider services = Services();
    private WebApplication server = null!;
    private int requests;

    private static int Tries => OutboundPatience.Default.Retries + 1;

    private IHttpClientFactory Http => services.GetRequiredService<IHttpClientFactory>();

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
    public async Task Four_tries_are_made_of_a_text()
    {
        var sms = SmsClients.Open(new SmsOptions($"endpoint={server.Urls.First()}/;accesskey=AAAA", null, null), Http);
        await Assert.ThrowsAsync<RequestFailedException>(() => sms.SendAsync("+18005550100", "+12125550123", "Hello"));
        Assert.Equal(Tries, requests);
    }

    private static ServiceProvider Services()
    {
        var clients = new ServiceCollection();
        clients.AddOutboundClient(SmsClients.Name, Quick);
        return clients.BuildServiceProvider();
    }
}
