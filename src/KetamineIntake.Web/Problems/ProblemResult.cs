using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Protocols;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Problems;

/// <summary>A problem as it is written.</summary>
/// <param name="Urgency">Of the danger that the refused form tells of; with the words and numbers for it behind. Left out where it tells of none.</param>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string? Detail, IReadOnlyList<FieldFault>? Errors, string TraceId,
    string? Urgency, string? Message, IReadOnlyList<Resource>? Resources, IReadOnlyList<Emergency>? Emergencies)
{
    public static ProblemBody Of(Problem problem, RefusedDanger? danger, string traceId) => new(
        problem.Type, problem.Title, problem.Status, problem.Detail, problem.Errors, traceId,
        danger is null ? null : Words.Of(danger.Urgency), danger?.Message, danger?.Resources, danger is { Emergencies.Count: > 0 } ? danger.Emergencies : null);
}

/// <summary>Writes a problem document with the headers that go with its status.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public const string ProblemJson = "application/problem+json";

    public Problem Problem => problem;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = OperationOutcome.IsAskedFor(httpContext.Request) ? QuestionnaireEndpoint.FhirJson : ProblemJson;
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
        var body = ProblemBody.Of(problem, http.Danger(), http.TraceIdentifier);
        var bytes = OperationOutcome.IsAskedFor(http.Request) ? OperationOutcome.Of(body, http.Request) : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ProblemBody);
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
