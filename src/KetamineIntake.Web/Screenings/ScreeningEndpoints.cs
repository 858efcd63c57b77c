using System.Text.Json;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Protocols;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Screenings;

/// <summary>POST screenings: a questionnaire goes in, what the patient may see comes out.</summary>
internal static class ScreeningEndpoints
{
    private delegate SubmissionReading Reader(JsonElement root, Core.Protocols.Questionnaire questionnaire, LocalDate today);

    public static void MapScreenings(this IEndpointRouteBuilder clinic) => clinic.MapPost("screenings", SubmitAsync);

    private static async Task<IResult> SubmitAsync(HttpContext http, SubmitScreening submit, HearRefusedForm hear, IClock clock)
    {
        if (ReaderFor(http.Request) is not { } reader)
        {
            return new ProblemResult(Problem.UnsupportedMediaType(JsonRequest.Json, QuestionnaireEndpoint.FhirJson));
        }

        using var document = http.Request.ReadJson();
        using var beginning = document is null ? http.Request.ReadBeginning() : null;
        if ((document ?? beginning) is not { } said)
        {
            return new ProblemResult(Problem.BrokenJson);
        }

        var clinic = http.Clinic();
        var reading = reader(said.RootElement, clinic.Protocol.Questionnaire, clinic.DayAt(clock.GetCurrentInstant()));

        // Set before anything can fail: whatever this request is answered with, danger that it tells of is answered with whom to call.
        var danger = reading.Heard is { } heard ? RefusedDanger.In(clinic, heard, clock.GetCurrentInstant()) : null;
        http.Hear(danger);
        if (document is null)
        {
            return await RefusedAsync(Problem.BrokenJson);
        }

        if (!IdempotencyHeader.TryRead(http.Request, out var key))
        {
            return await RefusedAsync(Problem.BadKey);
        }

        if (reading.Submission is not { } submission)
        {
            return await RefusedAsync(Problem.Validation([.. reading.Faults.Select(f => f.In(clinic.Protocol.TextsFor(reading.Heard?.Patient.Language)))]));
        }

        IdempotencyKey? idempotency = key is null ? null : new IdempotencyKey(key, submission.Hash());
        return await submit.RunAsync(clinic, submission, idempotency, http.RequestAborted) switch
        {
            SubmitResult.Created created => Receipt(created.Receipt, clinic),
            SubmitResult.Replayed replayed => Receipt(replayed.Receipt, clinic),
            SubmitResult.KeyReused => await RefusedAsync(Problem.KeyReused),
            SubmitResult.InFlight => new ProblemResult(Problem.InFlight),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

        // For whatever reason it is not stored: who tells of danger may never send it again.
        async Task<IResult> RefusedAsync(Problem problem)
        {
            var isTold = danger is not null && await hear.TellStaffAsync(clinic, reading.Heard!, danger, http.RequestAborted);
            return new ProblemResult(isTold ? problem with { Detail = $"The form was not stored. That it tells of danger stands in the clinic's list, which is read in opening hours only. {problem.Detail?.Replace("Nothing was stored.", "", StringComparison.Ordinal).Trim()}" } : problem);
        }
    }

    private static Reader? ReaderFor(HttpRequest request) =>
        request.Is(JsonRequest.Json) ? JsonSubmissionReader.Read
        : request.Is(QuestionnaireEndpoint.FhirJson) ? FhirSubmissionReader.Read
        : null;

    private static ReceiptResult Receipt(ScreeningReceipt receipt, ClinicContext clinic) => new(ReceiptBody.Of(receipt, clinic));

    private sealed class ReceiptResult(ReceiptBody body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = body.Referral.Url;
            return Results.Json(body, ApiJson.Default.ReceiptBody, statusCode: StatusCodes.Status201Created).ExecuteAsync(httpContext);
        }
    }
}
