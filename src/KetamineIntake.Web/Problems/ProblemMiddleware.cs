using KetamineIntake.Core.Records;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Web.Problems;

/// <summary>Turns whatever goes wrong, and every error that has no words yet, into a problem document that gives nothing away.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up: nobody is left to answer.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception fault)
        {
            await AnswerAsync(http, fault);
            return;
        }

        if (IsBareError(http.Response))
        {
            await ErrorAnswer.WriteAsync(http, Problem.ForStatus(http.Response.StatusCode));
        }
    }

    private static bool IsBareError(HttpResponse response) =>
        !response.HasStarted && response.StatusCode >= 400 && response.ContentType is null && response.ContentLength is null or 0;

    private async Task AnswerAsync(HttpContext http, Exception fault)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            Log.AnswerCutShort(logger, http.TraceIdentifier, fault.GetType().FullName);
            http.Abort();
            return;
        }

        http.Response.Clear();
        SecurityHeaders.Apply(http);
        await ErrorAnswer.WriteAsync(http, ProblemFor(http, fault));
    }

    private Problem ProblemFor(HttpContext http, Exception fault)
    {
        switch (fault)
        {
            case BadHttpRequestException bad:
                return Problem.ForStatus(bad.StatusCode);
            // The body has been read already: what fails here is a form that is cut off or too large in its parts, or in an encoding that is read no more.
            case InvalidDataException or IOException or NotSupportedException when http.Request.HasFormContentType:
                return Problem.BadRequest;
            case RecordStoreException { IsContended: true }:
                return Problem.Contended;
            case RecordStoreException store:
                Log.StoreUnavailable(logger, http.TraceIdentifier, store.IsFull);
                return store.IsFull ? Problem.Full : Problem.Unavailable;
            default:
                Log.RequestFailed(logger, http.TraceIdentifier, fault.GetType().FullName);
                return Problem.Internal;
        }
    }
}
