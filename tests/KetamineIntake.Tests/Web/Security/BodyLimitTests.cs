using System.Net;
using System.Net.Sockets;
using System.Text;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Security;

namespace KetamineIntake.Tests.Web.Security;

public sealed class BodyLimitTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    [Theory]
    [InlineData(BodyLimit.MaximumBytes, false, HttpStatusCode.BadRequest)]
    [InlineData(BodyLimit.MaximumBytes + 1, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(BodyLimit.MaximumBytes, true, HttpStatusCode.BadRequest)]
    [InlineData(BodyLimit.MaximumBytes + 1, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_may_have_256_KiB_and_not_a_byte_more(int bytes, bool isChunked, HttpStatusCode expected)
    {
        // All x: no JSON, so that a body which is let through is answered with 400.
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings")) { Content = new ByteArrayContent([.. Enumerable.Repeat((byte)'x', bytes)]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_declared_length_over_the_limit_is_refused_before_a_byte_arrives()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(app.Client.BaseAddress!.Host, app.Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {IntakeApp.Path("screenings")} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999999\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_client_that_hangs_up_halfway_leaves_nothing_and_the_next_is_served()
    {
        var before = await app.SnapshotAsync();
        for (var i = 0; i < 20; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(app.Client.BaseAddress!.Host, app.Client.BaseAddress.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {IntakeApp.Path("screenings")} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{\"patient\""));
        }

        using var answer = await app.GetAsync("/api/v1/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, await app.SnapshotAsync());
    }
}
