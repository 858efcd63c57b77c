using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Security;

/// <summary>
/// Reads every request body before anything looks at it, up to the limit. A declared length over the limit is refused unread; a chunked body is
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
        var body = http.Request.ContentLength > most ? null : await ReadAsync(http, most);
        if (body is null)
        {
            await new ProblemResult(Problem.TooLargeFor(most)).ExecuteAsync(http);
            return;
        }

        http.Request.Body = body;
        await next(http);
    }

    // Whoever has no key sends little: it is read before anybody asks for one.
    private static int MostOf(HttpRequest request) =>
        request.Path.Value?.EndsWith("/lab-results", StringComparison.Ordinal) == true && request.Headers.Authorization.Count > 0 ? MaximumLabBytes : MaximumBytes;

    private static async Task<MemoryStream?> ReadAsync(HttpContext http, int most)
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
