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
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public async Task A_body_of_several_packed_parts_is_one(int first)
    {
        byte[] parts = [.. Pack(Screening[..first], "gzip"), .. Pack(Screening[first..^1], "gzip"), .. Pack(Screening[^1..], "gzip")];

        Assert.Equal(HttpStatusCode.Created, (await SendAsync(parts, "gzip")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(parts[..^3], "gzip")).Status);
    }

    [Fact]
    public async Task Several_packed_parts_that_come_to_too_much_are_refused()
    {
        var part = Pack(new byte[BodyLimit.MaximumBytes], "gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync([.. part, .. part], "gzip")).Status);
    }

    [Theory]
    [InlineData("application/json; charset=utf8; charset=utf16")]
    [InlineData("application/json; charset=utf-8; CHARSET=latin1")]
    public async Task Two_character_sets_are_none(string contentType)
    {
        using var content = new ByteArrayContent(Screening);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await app.Client.PostAsync(IntakeApp.Path("screenings"), content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Basic x", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Much_is_read_of_nobody_without_a_key(string? key, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("patients/01JDK3V9Z6W8Q5T2R7Y4X1M0NA/lab-results")) { Content = new ByteArrayContent(new byte[BodyLimit.MaximumBytes + 1]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", key);
        }

        using var answer = await app.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Who_has_a_key_is_read_up_to_the_larger_limit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("patients/01JDK3V9Z6W8Q5T2R7Y4X1M0NA/lab-results")) { Content = new ByteArrayContent(new byte[BodyLimit.MaximumBytes + 1]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + app.Clinics[IntakeApp.Here].ClinicianKey);

        using var answer = await app.Client.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
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
