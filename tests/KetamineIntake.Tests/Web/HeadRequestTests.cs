using System.Net;
using KetamineIntake.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Tests.Web;

/// <summary>HEAD answers as GET would, without a body, wherever the endpoint table has a GET.</summary>
public sealed class HeadRequestTests
{
    [Fact]
    public async Task At_every_address_it_has_the_status_and_kind_of_GET_and_no_body()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T17:00:00Z");
        var gets = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => Address(e.RoutePattern.RawText!)).ToList();

        Assert.True(gets.Count > 30, $"{gets.Count} addresses");
        foreach (var address in gets.SelectMany(a => new[] { (a, (string?)null), (a, app.Key) }).Append(("/nothing", null)).Append(("/", null)).Append(("/api/v1/clinics/northside/screenings", null)))
        {
            await SameAsync(app, address.Item1, address.Item2);
        }
    }

    [Fact]
    public async Task An_address_that_takes_GET_says_that_it_takes_HEAD()
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T17:00:00Z");
        using var deleted = await app.Client.DeleteAsync("/api/v1/health");
        using var got = await app.Client.GetAsync("/api/v1/clinics/northside/screenings");

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (deleted.StatusCode, string.Join(", ", deleted.Content.Headers.Allow)));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (got.StatusCode, string.Join(", ", got.Content.Headers.Allow)));
    }

    private static async Task SameAsync(LocalApp app, string address, string? key)
    {
        using var got = await SendAsync(app, HttpMethod.Get, address, key);
        using var head = await SendAsync(app, HttpMethod.Head, address, key);

        Assert.True(got.StatusCode == head.StatusCode, $"{address}: GET {got.StatusCode}, HEAD {head.StatusCode}");
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(got.Headers.Location, head.Headers.Location);
        Assert.Equal("", await head.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> SendAsync(LocalApp app, HttpMethod method, string address, string? key)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return await app.Client.SendAsync(request);
    }

    private static string Address(string pattern) => System.Text.RegularExpressions.Regex.Replace(
        "/" + pattern.TrimStart('/'), "{(?<name>[a-z]+)[^}]*}", m => m.Groups["name"].Value == "clinic" ? "northside" : "01kx0000000000000000000000",
        System.Text.RegularExpressions.RegexOptions.NonBacktracking);
}
