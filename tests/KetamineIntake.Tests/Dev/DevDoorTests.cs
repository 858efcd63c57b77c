using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Dev;

/// <summary>Issue 14, point 3: what is for whoever started the program opens with the token from its folder and with nothing else.</summary>
public sealed partial class DevDoorTests
{
    private static readonly (string Method, string Address)[] Addresses =
    [
        ("GET", "/dev/inbox"), ("GET", "/dev/inbox.json"), ("GET", "/dev/inbox.css"), ("GET", "/dev/clock"), ("POST", "/dev/clock"), ("POST", "/dev/inbox/reply"),
        ("PUT", "/dev/clock"), ("DELETE", "/dev/inbox"), ("GET", "/DEV/inbox.json"), ("GET", "/dev/inbox.json/"), ("GET", "/dev//inbox.json"), ("GET", "/%64ev/inbox.json"), ("GET", "/dev"),
    ];

    [Fact]
    public async Task Without_the_token_or_with_a_wrong_one_every_address_is_like_any_that_is_missing()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-12-01T14:00:00Z");
        foreach (var accept in new[] { "application/json", "text/html" })
        {
            foreach (var (method, address) in Addresses)
            {
                var missing = await AskAsync(host, method, "/dev/nothing/here", accept);
                var token = await data.DevTokenAsync();
                foreach (var wrong in new[] { "", "x", token[..^1], token + "x", token.ToUpperInvariant() })
                {
                    Assert.Equal(missing, await AskAsync(host, method, address, accept, header: wrong));
                    Assert.Equal(missing, await AskAsync(host, method, address, accept, cookie: wrong));
                    Assert.Equal(missing, await AskAsync(host, method, $"{address}?token={wrong}", accept));
                }

                Assert.Equal(missing, await AskAsync(host, method, address, accept));
                Assert.StartsWith("404", missing, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_printed_link_becomes_a_cookie_and_an_address_without_the_token()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path);
        var link = PrintedLink().Match(host.Output).Value;
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var first = await browser.GetAsync(new Uri(link));
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));

        Assert.Equal((HttpStatusCode.SeeOther, "/dev/inbox"), (first.StatusCode, first.Headers.Location?.OriginalString));
        Assert.Matches("^dev-token=[0-9a-f]{64}; path=/dev; samesite=strict; httponly$", cookie);
        using var second = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Url, "/dev/inbox"));
        second.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var inbox = await browser.SendAsync(second);
        Assert.Contains("Texts on patients' phones", await inbox.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_send_the_token_which_is_the_owners_alone_and_stays_over_a_restart()
    {
        using var data = new TemporaryFolder();
        await using (var host = await HostProcess.StartLocalAsync(data.Path))
        {
            Assert.StartsWith("200", await AskAsync(host, "GET", "/dev/inbox.json", "*/*", header: await data.DevTokenAsync()), StringComparison.Ordinal);
        }

        var kept = await data.DevTokenAsync();
        await using var again = await HostProcess.StartLocalAsync(data.Path);
        Assert.Equal(kept, await data.DevTokenAsync());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data["dev-token.txt"]));
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://example.org:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task Beyond_loopback_nothing_of_it_exists_unless_it_is_asked_for(string urls)
    {
        using var data = new TemporaryFolder();
        await using (var host = await HostProcess.StartLocalAsync(data.Path, "--urls", urls, "--insecure", "--site", "https://v.example.org"))
        {
            await File.WriteAllTextAsync(data["dev-token.txt"], new string('0', 64));
            Assert.StartsWith("404", await AskAsync(host, "GET", "/dev/inbox.json", "*/*", header: new string('0', 64)), StringComparison.Ordinal);
            Assert.DoesNotContain("/dev/inbox", host.Output, StringComparison.Ordinal);
        }

        await using var asked = await HostProcess.StartLocalAsync(data.Path, "--urls", urls, "--insecure", "--site", "https://v.example.org", "--dev");
        Assert.StartsWith("200", await AskAsync(asked, "GET", "/dev/inbox.json", "*/*", header: await data.DevTokenAsync()), StringComparison.Ordinal);
        Assert.StartsWith("404", await AskAsync(asked, "GET", "/dev/inbox.json", "*/*"), StringComparison.Ordinal);
    }

    /// <summary>Status, headers and body without what differs from answer to answer.</summary>
    private static async Task<string> AskAsync(HostProcess host, string method, string address, string accept, string? header = null, string? cookie = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var at = new Uri($"http://127.0.0.1:{host.Url.Port}{address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), at);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Dev-Token", header);
        }

        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", "dev-token=" + cookie);
        }

        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent("{\"advance\":\"P1D\",\"from\":\"+12125550123\",\"body\":\"STOP\"}", Encoding.UTF8, "application/json");
        }

        using var answer = await http.SendAsync(request);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not "Date" and not "Trace-Id").Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
        var text = $"{(int)answer.StatusCode}\n{string.Join('\n', headers.Order(StringComparer.Ordinal))}\n{await answer.Content.ReadAsStringAsync()}";
        return TraceId().Replace(text, "TRACE");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex TraceId();

    [GeneratedRegex("http://[^ ]*/dev/inbox[^ ]*")]
    private static partial Regex PrintedLink();
}
