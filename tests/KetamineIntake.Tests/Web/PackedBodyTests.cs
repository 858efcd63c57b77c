using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Security;

namespace KetamineIntake.Tests.Web;

/// <summary>Bodies that come packed, marked or declared in the ways that programs do.</summary>
public sealed class PackedBodyTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    private static byte[] Screening => Encoding.UTF8.GetBytes(Bodies.Screening().ToJsonString());

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("")]
    public async Task A_body_is_unpacked(string coding)
    {
        var (status, _) = await SendAsync(Pack(Screening, coding), coding);

        Assert.Equal(HttpStatusCode.Created, status);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, br")]
    [InlineData("gzip, gzip")]
    [InlineData("nonsense;q=1")]
    public async Task Another_coding_is_refused_and_told_which_are_read(string coding)
    {
        using var answer = await PostAsync(Screening, coding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("gzip, br", string.Join(", ", answer.Headers.GetValues("Accept-Encoding")));
        Assert.Equal("urn:ketamine-intake:problem:unsupported-content-encoding", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_plain_or_a_cut_body_under_such_a_header_is_a_bad_request(string coding)
    {
        var plain = await SendAsync(Screening, coding);
        var cut = await SendAsync(Pack(Screening, coding)[..^9], coding);
        var torn = Pack(Screening, coding);
        torn.AsSpan(torn.Length / 2).Fill(0xA5);
        var spoilt = await SendAsync(torn, coding);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (plain.Status, cut.Status, spoilt.Status));
        Assert.Contains("broken-content-encoding", plain.Text, StringComparison.Ordinal);
        Assert.Contains("broken-content-encoding", cut.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", BodyLimit.MaximumBytes, HttpStatusCode.BadRequest)]
    [InlineData("gzip", BodyLimit.MaximumBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("br", BodyLimit.MaximumBytes, HttpStatusCode.BadRequest)]
    [InlineData("br", BodyLimit.MaximumBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("br", 100_000_000, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("gzip", 100_000_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_limit_counts_what_was_unpacked(string coding, int bytes, HttpStatusCode expected)
    {
        // All x: no JSON, so that a body which is let through is answered with 400.
        var packed = Pack([.. Enumerable.Repeat((byte)'x', bytes)], coding);
        Assert.True(packed.Length < BodyLimit.MaximumBytes);
        var before = GC.GetTotalAllocatedBytes();

        var (status, text) = await SendAsync(packed, coding);

        Assert.Equal(expected, status);
        Assert.DoesNotContain("broken-content-encoding", text, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 30_000_000, "A bomb is put away before it goes off.");
    }

    [Fact]
    public async Task An_empty_body_is_empty_whatever_it_is_said_to_be_packed_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/health") { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "zstd");
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=UTF8")]
    [InlineData("application/json; charset=\"utf8\"")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json;charset=utf-8")]
    public async Task UTF_8_is_taken_by_any_of_its_names_and_behind_a_byte_order_mark(string contentType)
    {
        var plain = await SendAsync(Screening, null, contentType);
        var marked = await SendAsync([0xEF, 0xBB, 0xBF, .. Screening], null, contentType);
        var packed = await SendAsync(Pack([0xEF, 0xBB, 0xBF, .. Screening], "gzip"), "gzip", contentType);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created), (plain.Status, marked.Status, packed.Status));
    }

    private static byte[] Pack(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream packing = coding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(packed, CompressionLevel.Optimal),
            "BR" => new BrotliStream(packed, CompressionLevel.Optimal),
            _ => new BufferedStream(packed),
        })
        {
            packing.Write(bytes);
        }

        return packed.ToArray();
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(byte[] body, string? coding, string contentType = "application/json")
    {
        using var answer = await PostAsync(body, coding, contentType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string? coding, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (coding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        return await app.Client.SendAsync(request);
    }
}
