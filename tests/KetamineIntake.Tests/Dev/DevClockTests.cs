using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace KetamineIntake.Tests.Dev;

/// <summary>The whole local host, with a clock that stands.</summary>
public sealed class DevClockTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        app = LocalHost.Build(new LocalOptions("http://127.0.0.1:0", folder["data"], Instant.FromUtc(2026, 12, 1, 14, 0)));
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Dev-Token", (await File.ReadAllTextAsync(folder["data/dev-token.txt"])).Trim());
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task The_clock_says_its_time_and_moves_when_told()
    {
        Assert.Equal("2026-12-01T14:00:00Z", await NowAsync(await client.GetAsync("/dev/clock")));
        Assert.Equal("2026-12-02T15:30:00Z", await NowAsync(await AdvanceAsync("{\"advance\":\"P1DT90M\"}")));
        Assert.Equal("2026-12-02T15:30:00Z", await NowAsync(await client.GetAsync("/dev/clock")));
    }

    [Theory]
    [InlineData("{\"advance\":\"P1M\"}", 422)]
    [InlineData("{\"advance\":\"-P1D\"}", 422)]
    [InlineData("{\"advance\":\"PT0S\"}", 422)]
    [InlineData("{\"advance\":\"P401D\"}", 422)]
    [InlineData("{}", 422)]
    [InlineData("{\"advance\":1}", 422)]
    [InlineData("{\"advance\":null}", 422)]
    [InlineData("{\"advance\":\"PT9223372036854775807H\"}", 422)]
    [InlineData("{\"advance\":\"P1DT9223372036854775807S\"}", 422)]
    [InlineData("{\"advance\":\"P9223372036854775807W\"}", 422)]
    [InlineData("[]", 422)]
    [InlineData("null", 422)]
    [InlineData("{", 400)]
    [InlineData("\u0000", 400)]
    public async Task Anything_but_a_fixed_duration_is_refused_with_a_problem(string body, int status)
    {
        using var answer = await AdvanceAsync(body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("2026-12-01T14:00:00Z", await NowAsync(await client.GetAsync("/dev/clock")));
    }

    [Theory]
    [InlineData("Host", "clinic.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Whoever_comes_by_another_name_or_through_a_proxy_finds_nothing(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dev/clock");
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Its_answers_carry_the_headers_of_all_others()
    {
        using var answer = await client.GetAsync("/dev/clock");
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Cookies_are_for_tls_only_when_the_proxy_says_that_the_browser_came_over_it(string scheme, bool secure)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + FirstStart.Slug + "/staff/sign-in");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        await app.Services.GetService<FirstStart>()!.RunAsync(default);
        using var answer = await client.SendAsync(request);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), c => Assert.Equal(secure, c.Contains("secure", StringComparison.Ordinal)));
        Assert.Equal(secure, answer.Headers.Contains("Strict-Transport-Security"));
    }

    private Task<HttpResponseMessage> AdvanceAsync(string body) => client.PostAsync("/dev/clock", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<string> NowAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["now"]!.GetValue<string>();
}
