using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Problems;

public sealed class ProblemMiddlewareTests : IAsyncLifetime
{
    private readonly IntakeApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_outage_of_the_store_is_503_and_says_when_to_try_again()
    {
        app.Stores.Fault = () => new RecordStoreException("disk of Zebulon");
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        await AssertSilentAsync(answer, "urn:ketamine-intake:problem:unavailable");
    }

    [Fact]
    public async Task A_full_disk_is_507()
    {
        app.Stores.Fault = () => new RecordStoreException("no room for Zebulon", isFull: true);
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening());

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        await AssertSilentAsync(answer, "urn:ketamine-intake:problem:storage-full");
    }

    [Fact]
    public async Task A_bug_is_500_without_a_word_of_what_happened()
    {
        app.Stores.Fault = () => new InvalidOperationException("Zebulon Quattlebaum broke it");
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening());
        var traceId = answer.Headers.GetValues("Trace-Id").Single();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        await AssertSilentAsync(answer, "urn:ketamine-intake:problem:internal");
        Assert.Contains(app.Logged, line => line.Contains(traceId, StringComparison.Ordinal) && line.Contains("System.InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_an_outage_the_same_key_stores_the_screening_once()
    {
        app.Stores.Fault = () => new RecordStoreException("out");
        using (var failed = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening()))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        }

        app.Stores.Fault = null;
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Health_says_ok_or_503()
    {
        using var healthy = await app.GetAsync("/api/v1/health");
        app.Stores.Fault = () => new RecordStoreException("out");
        using var ill = await app.GetAsync("/api/v1/health");

        Assert.Equal("{\"status\":\"ok\"}", await healthy.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ill.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api/v1", 404)]
    [InlineData("DELETE", "/api/v1/health", 405)]
    [InlineData("PUT", "/api/v1/clinics/northside/screenings", 405)]
    [InlineData("GET", "/api/v1/clinics/nowhere/questionnaire", 404)]
    [InlineData("GET", "/api/v1/clinics/nowhere/referrals", 404)]
    public async Task Every_error_has_its_words_and_headers(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    private async Task AssertSilentAsync(HttpResponseMessage answer, string type)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(type, JsonNode.Parse(text)!["type"]!.GetValue<string>());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain(Bodies.Canaries, c => text.Contains(c, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logged, line => Bodies.Canaries.Any(c => line.Contains(c, StringComparison.Ordinal)));
    }
}
