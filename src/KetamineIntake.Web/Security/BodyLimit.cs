using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Staff;
using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KetamineIntake.Web.Security;

/// <summary>
/// Reads and unpacks every request body before anything looks at it, up to the limit. A declared length over the limit is refused unread; a chunked or packed body is
/// refused at the first byte too many, on both hosts and before any code that would turn a cut body into another error.
/// </summary>
internal sealed class BodyLimit(RequestDelegate next, ClinicDirectory clinics, StaffKeys keys, KeyAttempts attempts)
{
    public const int MaximumBytes = 256 * 1024;

    /// <summary>A month of a laboratory's reports.</summary>
    public const int MaximumLabBytes = 5 * 1024 * 1024;
    private const int ChunkBytes = 16 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        var (most, refused) = await MostOfAsync(http);
        var (body, problem) = refused is not null ? (null, refused) : http.Request.ContentLength > most ? (null, Problem.TooLargeFor(most)) : await ReadAsync(http, most);
        if (body is null)
        {
            await ErrorAnswer.WriteAsync(http, problem!);
            return;
        }

        http.Request.Body = body;
        await next(http);
    }

    // Only a key opens the way for much, and a wrong one is answered before anything is read. What is little is read before anybody asks for one.
    private async Task<(int Most, Problem? Refused)> MostOfAsync(HttpContext http)
    {
        var isLittle = http.Request.ContentLength <= MaximumBytes && http.Request.Headers.ContentEncoding.Count == 0;
        if (isLittle || http.Request.Headers.Authorization.Count == 0 || ClinicOf(http.Request.Path) is not { } slug || await clinics.FindAsync(slug, http.RequestAborted) is not { } clinic)
        {
            return (MaximumBytes, null);
        }

        return (MaximumLabBytes, StaffDoor.ProblemOf(await StaffDoor.ByKeyAsync(http, clinic, keys, attempts)));
    }

    private static string? ClinicOf(PathString path) =>
        path.Value?.Split('/') is ["", "api", "v1", "clinics", var slug, "patients", _, "lab-results"] ? slug : null;

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
