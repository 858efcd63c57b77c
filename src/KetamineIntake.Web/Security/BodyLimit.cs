using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KetamineIntake.Web.Security;

/// <summary>
/// Reads and unpacks every request body before anything looks at it, up to the limit. A declared length over the limit is refused unread; a chunked or packed body is
/// refused at the first byte too many, on both hosts and before any code that would turn a cut body into another error.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public const int MaximumBytes = 256 * 1024;

    /// <summary>A month of a laboratory's reports.</summary>
    public const int MaximumLabBytes = 5 * 1024 * 1024;
    private const int ChunkBytes = 16 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        var most = MostOf(http.Request);
        var (body, problem) = http.Request.ContentLength > most ? (null, Problem.TooLargeFor(most)) : await ReadAsync(http, most);
        if (body is null)
        {
            await ErrorAnswer.WriteAsync(http, problem!);
            return;
        }

        http.Request.Body = body;
        await next(http);
    }

    // Whoever has no key sends little: it is read before anybody asks for one.
    private static int MostOf(HttpRequest request) =>
        request.Path.Value?.EndsWith("/lab-results", StringComparison.Ordinal) == true && request.Headers.Authorization.Count > 0 ? MaximumLabBytes : MaximumBytes;

    private static async Task<(MemoryStream? Body, Problem? Problem)> ReadAsync(HttpContext http, int most)
    {
        if (await ReadBytesAsync(http, most) is not { } sent)
        {
            return (null, Problem.TooLargeFor(most));
        }

        var coding = ContentCoding.Of(http.Request.Headers);
        if (coding == ContentCoding.None || sent.Length == 0)
        {
            return (sent, null);
        }

        return coding is null ? (null, Problem.UnknownCoding) : Unpack(http.Request, sent, coding, most);
    }

    private static (MemoryStream? Body, Problem? Problem) Unpack(HttpRequest request, MemoryStream sent, ContentCoding coding, int most)
    {
        try
        {
            if (coding.Unpack(sent.GetBuffer().AsMemory(0, (int)sent.Length), most) is not { } bytes)
            {
                return (null, Problem.TooLargeFor(most));
            }

            // From here on it is a body like all others.
            request.Headers.Remove(HeaderNames.ContentEncoding);
            request.ContentLength = bytes.Length;
            return (new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true), null);
        }
        catch (InvalidDataException)
        {
            return (null, Problem.BrokenCoding);
        }
    }

    private static async Task<MemoryStream?> ReadBytesAsync(HttpContext http, int most)
    {
        var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        var chunk = new byte[Math.Min(ChunkBytes, (http.Request.ContentLength ?? ChunkBytes) + 1)];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (body.Length + read > most)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        body.Position = 0;
        return body;
    }
}
