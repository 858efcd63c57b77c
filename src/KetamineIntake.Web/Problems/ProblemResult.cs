using System.Text.Json;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Problems;

/// <summary>A problem as it is written.</summary>
internal sealed record ProblemBody(string Type, string Title, int Status, string? Detail, IReadOnlyList<FieldFault>? Errors, string TraceId);

/// <summary>Writes a problem document with the headers that go with its status.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    private const string ContentType = "application/problem+json";

    public Problem Problem => problem;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"staff\"";
        }

        if (problem == Problem.UnknownCoding)
        {
            response.Headers.AcceptEncoding = ContentCoding.Accepted;
        }

        if (RetryAfterSeconds() is { } seconds)
        {
            response.Headers.RetryAfter = seconds;
        }

        return WriteAsync(httpContext);
    }

    private string? RetryAfterSeconds() => problem.Kind switch
    {
        "unavailable" => "5",
        "idempotency-in-flight" => "1",
        "too-many-attempts" => "60",
        _ => null,
    };

    private Task WriteAsync(HttpContext http)
    {
        var body = new ProblemBody(problem.Type, problem.Title, problem.Status, problem.Detail, problem.Errors, http.TraceIdentifier);
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ProblemBody), http.RequestAborted).AsTask();
    }
}
