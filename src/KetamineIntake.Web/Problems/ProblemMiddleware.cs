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
            await new ProblemResult(Problem.ForStatus(http.Response.StatusCode)).ExecuteAsync(http);
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
        await new ProblemResult(ProblemFor(http, fault)).ExecuteAsync(http);
    }

    private Problem ProblemFor(HttpContext http, Exception fault)
    {
        switch (fault)
        {
            case BadHttpRequestException bad:
                return Problem.ForStatus(bad.StatusCode);
            // The body has been read already: what fails here is a form that is cut off or too large in its parts.
            case InvalidDataException or IOException when http.Request.HasFormContentType:
                return Problem.BadRequest;
            case RecordStoreException store:
                Log.StoreUnavailable(logger, http.TraceIdentifier, store.IsFull);
                return store.IsFull ? Problem.Full : Problem.Unavailable;
            default:
                Log.RequestFailed(logger, http.TraceIdentifier, fault.GetType().FullName);
                return Problem.Internal;
        }
    }
}
