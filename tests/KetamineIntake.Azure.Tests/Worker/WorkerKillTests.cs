using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KetamineIntake.Azure.Tests.Support;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>kill -9 of the worker while sixteen clients send: what was acknowledged is there, once.</summary>
[Collection(nameof(WorkerFixture))]
[NeedsEmulator]
public sealed class WorkerKillTests(WorkerFixture worker)
{
    private const int Clients = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentBag<string> acknowledged = [];

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled()
    {
        await worker.ClinicsAreMadeAsync();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(n => SendAsync(n, stop.Token)).ToList();
        for (var kill = 0; kill < 2; kill++)
        {
            await MoreAreAcknowledgedAsync();
            await worker.Host.KillAndRestartAsync();
        }

        await MoreAreAcknowledgedAsync();
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        var stored = await NamesAsync();

        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct(StringComparer.Ordinal).Count());
    }

    // Time alone says nothing on a busy machine: a kill counts only while clients get their answers.
    private async Task MoreAreAcknowledgedAsync()
    {
        var enough = acknowledged.Count + Clients;
        for (var since = Stopwatch.StartNew(); acknowledged.Count < enough; await Task.Delay(20))
        {
            Assert.True(since.Elapsed < Patience, $"Only {acknowledged.Count} of {enough} were acknowledged.");
        }
    }

    /// <summary>As a program should: the same key again until there is an answer.</summary>
    private async Task SendAsync(int client, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var name = $"Kill{(char)('a' + client)}{string.Concat(n.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('a' + (d - '0'))))}";
            var key = Guid.NewGuid().ToString();
            while (!await PostAsync(name, key) && !stop.IsCancellationRequested)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task<bool> PostAsync(string name, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/clinics/northside/screenings");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(new { patient = new { givenName = "Kim", familyName = name, birthDate = "1985-04-12", phone = "(212) 555-0123" }, answers = new Dictionary<string, object> { ["psy.schiz"] = "yes" } });
        try
        {
            using var answer = await worker.Client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                return false;
            }

            acknowledged.Add(name);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        string? after = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/clinics/northside/referrals?limit=100{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WorkerFixture.ClinicianKey);
            using var answer = await worker.Client.SendAsync(request);
            using var page = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            names.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("patient").GetProperty("name").GetString()!.Split(' ')[^1]));
            after = page.RootElement.GetProperty("next").GetString();
        }
        while (after is not null);
        return [.. names.Where(n => n.StartsWith("Kill", StringComparison.Ordinal))];
    }
}
