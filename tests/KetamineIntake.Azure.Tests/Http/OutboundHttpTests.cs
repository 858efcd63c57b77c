using System.Net;
using KetamineIntake.Azure.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace KetamineIntake.Azure.Tests.Http;

/// <summary>Our outbound clients against a local server that fails on purpose.</summary>
public sealed class OutboundHttpTests : IAsyncLifetime
{
    private static readonly OutboundPatience Quick = new(
        TimeSpan.FromMilliseconds(400), 3, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), 1000);

    private readonly List<long> calls = [];
    private WebApplication server = null!;
    private Func<int, HttpContext, Task> answer = static (_, _) => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(context =>
        {
            int call;
            lock (calls)
            {
                calls.Add(Environment.TickCount64);
                call = calls.Count;
            }

            return answer(call, context);
        });
        await server.StartAsync();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task A_passing_fault_is_tried_again(int status)
    {
        Answer(call => call < 3 ? status : 200);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Quick)).StatusCode);
        Assert.Equal(3, calls.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    public async Task An_answer_that_trying_again_would_not_change_is_passed_on(int status)
    {
        Answer(_ => status);
        Assert.Equal(status, (int)(await GetAsync(Quick)).StatusCode);
        Assert.Single(calls);
    }

    [Fact]
    public async Task After_the_last_try_the_last_answer_is_passed_on()
    {
        Answer(_ => 503);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(Quick)).StatusCode);
        Assert.Equal(4, calls.Count);
    }

    [Fact]
    public async Task Requests_that_must_not_be_repeated_are_sent_once()
    {
        Answer(_ => 503);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(Quick with { Retries = 0 })).StatusCode);
        Assert.Single(calls);
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        answer = static (call, context) =>
        {
            if (call == 1)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        };
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Quick)).StatusCode);
    }

    [Fact]
    public async Task A_try_that_takes_too_long_is_given_up_and_made_again()
    {
        answer = static (call, context) => call == 1 ? Task.Delay(5_000, context.RequestAborted) : Task.CompletedTask;
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Quick)).StatusCode);
        Assert.InRange(calls[1] - calls[0], 350, 2_000);
    }

    [Fact]
    public async Task A_service_that_never_answers_ends_in_a_time_out()
    {
        answer = static (_, context) => Task.Delay(5_000, context.RequestAborted);
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => GetAsync(Quick with { PerTry = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(4, calls.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_wait_that_the_service_asks_for_is_kept(int status)
    {
        Answer(call => call == 1 ? status : 200, retryAfterSeconds: 1);
        await GetAsync(Quick);
        Assert.InRange(calls[1] - calls[0], 990, 2_500);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_service_that_asks_for_a_longer_wait_than_ours_is_not_asked_again(int status)
    {
        Answer(_ => status, retryAfterSeconds: 60);
        Assert.Equal(status, (int)(await GetAsync(Quick)).StatusCode);
        Assert.Single(calls);
    }

    [Fact]
    public async Task Waits_grow_and_differ()
    {
        Answer(_ => 503);
        await GetAsync(Quick with { FirstWait = TimeSpan.FromMilliseconds(100) });
        Assert.InRange(calls[1] - calls[0], 95, 1_000);
        Assert.InRange(calls[2] - calls[1], 195, 1_500);
        Assert.InRange(calls[3] - calls[2], 395, 2_500);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_left_alone_for_a_while_and_then_tried_again()
    {
        using var services = Client(Quick with { Retries = 0, BreakerSample = 4, BreakFor = TimeSpan.FromMilliseconds(500) });
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("test");
        Answer(_ => 503);
        for (var i = 0; i < 4; i++)
        {
            await client.GetAsync(Address);
        }

        await Assert.ThrowsAsync<BrokenCircuitException<HttpResponseMessage>>(() => client.GetAsync(Address));
        Assert.Equal(4, calls.Count);
        Answer(_ => 200);
        await Task.Delay(700);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Address)).StatusCode);
    }

    [Fact]
    public async Task A_service_that_asks_for_patience_is_not_cut_off()
    {
        using var services = Client(Quick with { Retries = 0, BreakerSample = 2 });
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("test");
        Answer(_ => 429);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync(Address)).StatusCode);
        }
    }

    private Uri Address => new(server.Urls.First());

    private static ServiceProvider Client(OutboundPatience patience)
    {
        var services = new ServiceCollection();
        services.AddOutboundClient("test", patience);
        return services.BuildServiceProvider();
    }

    private async Task<HttpResponseMessage> GetAsync(OutboundPatience patience)
    {
        using var services = Client(patience);
        return await services.GetRequiredService<IHttpClientFactory>().CreateClient("test").GetAsync(Address);
    }

    private void Answer(Func<int, int> status, int? retryAfterSeconds = null) => answer = (call, context) =>
    {
        context.Response.StatusCode = status(call);
        if (retryAfterSeconds is { } seconds && context.Response.StatusCode != 200)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        return Task.CompletedTask;
    };
}
