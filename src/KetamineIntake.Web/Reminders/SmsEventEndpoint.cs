using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Reminders;

/// <summary>The secret of whoever delivers events about texts.</summary>
public sealed class EventsKey(string key) : SharedSecret(key);

/// <summary>The answer to a new subscription.</summary>
internal sealed record ValidationBody(string ValidationResponse);

/// <summary>POST /api/v1/sms/events: Event Grid's schema, with a secret of its own.</summary>
internal static class SmsEventEndpoint
{
    private const string Header = "X-Events-Key";

    public static void MapSmsEvents(this IEndpointRouteBuilder api) => api.MapPost("sms/events", PostAsync);

    private static async Task<IResult> PostAsync(HttpContext http, EventsKey key, HandleSmsEvent handle)
    {
        if (http.Request.Headers[Header] is not [var given] || !key.Matches(given))
        {
            return new ProblemResult(Problem.Unauthorized with { Title = "The events key is needed.", Detail = $"Send it as \"{Header}\"." });
        }

        if (!http.Request.Is(JsonRequest.Json))
        {
            return new ProblemResult(Problem.UnsupportedMediaType(JsonRequest.Json));
        }

        var body = (MemoryStream)http.Request.Body;
        using var document = http.Request.ReadJson();
        if (document is null)
        {
            return new ProblemResult(Problem.BrokenJson);
        }

        var (events, faults) = SmsEventReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length));
        await handle.RunEachAsync(events, http.RequestAborted);

        // Behind the readable ones, so that a STOP beside a faulty event counts.
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation([.. faults.Select(f => new FieldFault(f.Pointer, f.Detail))]));
        }

        return events.OfType<SmsEvent.SubscriptionValidation>().FirstOrDefault() is { } validation
            ? Results.Json(new ValidationBody(validation.Code), ApiJson.Default.ValidationBody)
            : Results.Ok();
    }
}
