using System.Text.Json;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KetamineIntake.Web.Clinics;

/// <summary>Bodies of requests. The pipeline has read them already.</summary>
public static class JsonRequest
{
    public const string Json = "application/json";

    /// <summary>Whether the body is declared as this media type, in UTF-8.</summary>
    public static bool Is(this HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && type.Parameters.Count(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)) <= 1
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).ToString().ToUpperInvariant() is "UTF-8" or "UTF8");

    /// <summary>The body as a document, or null when it is no JSON.</summary>
    public static JsonDocument? ReadJson(this HttpRequest request) => JsonBody.TryParse(Bytes(request));

    /// <summary>What stands before the fault of a body that is no JSON.</summary>
    public static JsonDocument? ReadBeginning(this HttpRequest request) => JsonBody.TryParseBeginning(Bytes(request));

    private static Memory<byte> Bytes(HttpRequest request)
    {
        var body = (MemoryStream)request.Body;
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Answers with the body, or refuses what is not declared as JSON or is none.</summary>
    public static async Task<IResult> WithJsonAsync(this HttpContext http, Func<JsonElement, Task<IResult>> answer)
    {
        if (!http.Request.Is(Json))
        {
            return new ProblemResult(Problem.UnsupportedMediaType(Json));
        }

        using var document = http.Request.ReadJson();
        return document is null ? new ProblemResult(Problem.BrokenJson) : await answer(document.RootElement);
    }
}
