using System.Net;
using System.Text;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Dev;

/// <summary>What the reply box of the inbox takes, and what it refuses.</summary>
public sealed class DevInboxTests
{
    [Theory]
    [InlineData("{", "application/json", 400)]
    [InlineData("", "application/json", 400)]
    [InlineData("null", "application/json", 422)]
    [InlineData("[]", "application/json", 422)]
    [InlineData("\"STOP\"", "application/json", 422)]
    [InlineData("{\"from\":1,\"body\":[]}", "application/json", 422)]
    [InlineData("{\"from\":\"+12125550123\"}", "application/json", 422)]
    [InlineData("{\"from\":\"55555\",\"body\":\"STOP\"}", "application/json", 422)]
    [InlineData("{\"from\":\"+12125550123\",\"body\":\"\\ud800\"}", "application/json", 400)]
    [InlineData("STOP", "text/plain", 415)]
    [InlineData("from=x&body=y", "application/x-www-form-urlencoded", 422)]
    [InlineData("zzz", "multipart/form-data; boundary=x", 400)]
    [InlineData("{\"from\":\"+12125550123\",\"body\":\"hello\"}", "application/json; charset=utf8", 202)]
    [InlineData("{\"from\":\"+12125550123\",\"body\":\"hello\"}", "application/json; charset=nonsense", 415)]
    [InlineData("\uFEFF{\"from\":\"+12125550123\",\"body\":\"hello\"}", "application/json", 202)]
    [InlineData("from=%2B12125550123&body=hello", "application/x-www-form-urlencoded", 302)]
    public async Task A_malformed_reply_is_the_senders_mistake(string body, string type, int status)
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T14:00:00Z");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await app.Client.PostAsync("/dev/inbox/reply", content);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_clock_moves_no_further_than_records_are_kept_for()
    {
        await using var app = await LocalApp.StartAsync("2199-12-30T00:00:00Z");
        using var over = await app.Client.PostAsync("/dev/clock", new StringContent("{\"advance\":\"P3D\"}", Encoding.UTF8, "application/json"));
        using var within = await app.Client.PostAsync("/dev/clock", new StringContent("{\"advance\":\"P1D\"}", Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (over.StatusCode, within.StatusCode));
    }

    [Theory]
    [InlineData("ftp", 400)]
    [InlineData("javascript", 400)]
    [InlineData("https, gopher", 400)]
    [InlineData("HTTPS", 303)]
    [InlineData("ht tp", 303)]
    [InlineData("", 303)]
    public async Task A_proxy_that_names_another_scheme_is_refused_and_what_is_no_scheme_is_no_word(string scheme, int status)
    {
        await using var app = await LocalApp.StartAsync("2026-12-01T14:00:00Z");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/northside/review");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", scheme);
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
