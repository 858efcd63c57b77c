using System.Text.Json;
using KetamineIntake.Local.Clock;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Local.Dev;

/// <summary>What the clock says.</summary>
internal sealed record ClockTime(string Now);

/// <summary>Tells and moves the time of an installation that was started with <c>--now</c>: by {"advance": an ISO 8601 period of fixed length, at most 400 days}.</summary>
internal static class DevClock
{
    private static readonly Duration Longest = Duration.FromDays(400);

    // Records are kept and planned for years ahead, and time as computers count it has an end.
    private static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var clock = endpoints.MapGroup("/dev/clock");
        clock.MapGet("", (HostClock host) => TypedResults.Ok(Time(host)));
        clock.MapPost("", AdvanceAsync);
    }

    /// <summary>A member that is text; null for anything else.</summary>
    public static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Task<IResult> AdvanceAsync(HttpContext http, HostClock clock, Dispatcher dispatcher) => http.WithJsonAsync(async root =>
    {
        if (!clock.Stands)
        {
            return Refuse(StatusCodes.Status409Conflict, "The clock follows the system's time. Start with --now to move it.");
        }

        if (Parse(Text(root, "advance")) is not { } by)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, "\"advance\" must be a fixed duration such as P1D or PT90M, above zero and at most 400 days.");
        }

        if (clock.GetCurrentInstant() > Latest - by)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, "The clock ends with the year 2199.");
        }

        await dispatcher.AdvanceAsync(by, http.RequestAborted);
        return TypedResults.Ok(Time(clock));
    });

    private static Duration? Parse(string? text)
    {
        try
        {
            var parsed = PeriodPattern.NormalizingIso.Parse(text ?? string.Empty);
            if (!parsed.Success || parsed.Value.Months != 0 || parsed.Value.Years != 0)
            {
                return null;
            }

            var duration = parsed.Value.ToDuration();
            return duration > Duration.Zero && duration <= Longest ? duration : null;
        }
        catch (OverflowException)
        {
            // The pattern adds the parts up without looking.
            return null;
        }
    }

    private static ClockTime Time(HostClock clock) => new(InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant()));

    private static IResult Refuse(int status, string detail) => TypedResults.Problem(statusCode: status, detail: detail);
}
