using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Extensions.Http;
using Polly.Timeout;

namespace KetamineIntake.Azure.Http;

/// <summary>How patient a client is with the service it calls.</summary>
/// <param name="PerTry">One try may take this long until its answer begins.</param>
/// <param name="Retries">After the first try; 0 for requests that must not be repeated blindly.</param>
/// <param name="FirstWait">Before the first retry; doubled before each further one, and lengthened at random by up to the same again.</param>
/// <param name="LongestWait">No wait is longer. Where the service asks for more (Retry-After) its answer is passed on at once: asking again before that is what it forbids, and what failed comes again by the queue.</param>
/// <param name="BreakFor">After half of at least <paramref name="BreakerSample"/> tries within 30 s failed, calls fail at once for this long.</param>
internal sealed record OutboundPatience(TimeSpan PerTry, int Retries, TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan BreakFor, int BreakerSample)
{
    public static readonly OutboundPatience Default =
        new(TimeSpan.FromSeconds(8), 3, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), 20);

    public static readonly OutboundPatience OneTry = Default with { Retries = 0 };
}

/// <summary>Every client that calls out: time-out for each try, retries with growing random waits on transient faults and 429, circuit breaker. Whatever runs on top must not retry as well.</summary>
internal static class OutboundHttp
{
    private static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(30);

    public static IHttpClientBuilder AddOutboundClient(this IServiceCollection services, string name, OutboundPatience patience)
    {
        var client = services.AddHttpClient(name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                // The SDK clients on top live as long as the process: fresh addresses come through fresh connections.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                AllowAutoRedirect = false,
                UseCookies = false,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)

            // They would write addresses at every call.
            .RemoveAllLoggers();
        if (patience.Retries > 0)
        {
            client.AddPolicyHandler(Retry(patience));
        }

        return client.AddPolicyHandler(Breaker(patience)).AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(patience.PerTry));
    }

    private static IAsyncPolicy<HttpResponseMessage> Retry(OutboundPatience patience) => Policy<HttpResponseMessage>
        .Handle<HttpRequestException>()
        .Or<TimeoutRejectedException>()
        .OrResult(answer => MayPass(answer.StatusCode) && RetryAfter(answer) <= patience.LongestWait)
        .WaitAndRetryAsync(
            patience.Retries,
            (attempt, outcome, _) => Wait(patience, attempt, outcome.Result),
            static (_, _, _, _) => Task.CompletedTask);

    private static bool MayPass(HttpStatusCode status) => status is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    // 429 is no sign of illness: a service that asks for patience must not be cut off.
    private static IAsyncPolicy<HttpResponseMessage> Breaker(OutboundPatience patience) => HttpPolicyExtensions
        .HandleTransientHttpError()
        .Or<TimeoutRejectedException>()
        .AdvancedCircuitBreakerAsync(0.5, BreakerWindow, patience.BreakerSample, patience.BreakFor);

    private static TimeSpan Wait(OutboundPatience patience, int attempt, HttpResponseMessage? answer)
    {
        var grown = patience.FirstWait * (1 << (attempt - 1)) * (1 + RandomNumberGenerator.GetInt32(1000) / 1000.0);
        var asked = RetryAfter(answer);
        var wait = asked > grown ? asked : grown;
        return wait < patience.LongestWait ? wait : patience.LongestWait;
    }

    // A date is read against the server's own clock.
    private static TimeSpan RetryAfter(HttpResponseMessage? answer) =>
        answer?.Headers.RetryAfter is not { } after ? TimeSpan.Zero
        : after.Delta ?? (after.Date - answer.Headers.Date) ?? TimeSpan.Zero;
}
