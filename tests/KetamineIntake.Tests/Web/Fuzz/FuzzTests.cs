using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using KetamineIntake.Tests.Support;
using Xunit.Abstractions;

namespace KetamineIntake.Tests.Web.Fuzz;

/// <summary>
/// Requests over all addresses, with a fixed seed: none is answered with a server's error. A small share runs with the other tests; FUZZ_REQUESTS=100000 runs all of them, and FUZZ_SEED others.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Share = 2000;
    private const int AtOnce = 4;

    [Fact]
    public async Task However_a_request_is_made_the_answer_is_no_servers_error()
    {
        var count = Times.Of("FUZZ_REQUESTS", Share);
        var seed = Times.Of("FUZZ_SEED", 20261201);
        await using var world = await FuzzWorld.StartAsync();
        var requests = new FuzzRequests(world);
        using var client = NewClient();
        var answers = new ConcurrentDictionary<int, int>();
        var faults = new ConcurrentQueue<string>();
        var since = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(seed, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, cancellation) =>
        {
            using var request = requests.Make(one);
            var (status, told) = await SendAsync(client, request, cancellation);
            answers.AddOrUpdate(status, 1, static (_, n) => n + 1);
            if (status is 0 or >= 500)
            {
                faults.Enqueue($"{one}: {status} {request.Method} {request.RequestUri!.PathAndQuery} {told}");
            }
        });

        Tell(count, world.Routes.Count, since.Elapsed, answers);
        Assert.True(faults.IsEmpty, string.Join(Environment.NewLine, faults.Take(40)));
        Assert.Equal(count, answers.Values.Sum());

        // Refusals alone would prove little.
        Assert.True(answers.Where(a => a.Key < 400).Sum(a => a.Value) > count / 10, "Hardly a request got past the door.");
    }

    private void Tell(int count, int routes, TimeSpan took, ConcurrentDictionary<int, int> answers)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} requests over {routes} routes in {took.TotalSeconds:F0} s, {answers.Where(a => a.Key >= 500).Sum(a => a.Value)} of them answered with 5xx"));
        foreach (var (status, times) in answers.OrderBy(a => a.Key))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {status}: {times}"));
        }
    }

    /// <summary>The status; 0 when the connection was cut, which is how a server dies in the middle of an answer.</summary>
    private static async Task<(int Status, string Told)> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return ((int)answer.StatusCode, text.Length > 300 ? text[..300] : text);
        }
        catch (HttpRequestException cut)
        {
            return (0, cut.ToString());
        }
    }

    private static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8,
    });
}
