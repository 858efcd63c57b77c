using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Staff;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Security;

/// <summary>Lets staff of the clinic in the route through, by key or by the console's session, and nobody else.</summary>
internal sealed class StaffDoor(StaffKeys keys, KeyAttempts attempts) : IEndpointFilter
{
    private const string Bearer = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var result = await OpenAsync(http, http.Clinic());
        if (result is KeyResult.Accepted accepted)
        {
            http.Features.Set(accepted.Staff);
            return await next(context);
        }

        return new ProblemResult(ProblemOf(result)!);
    }

    /// <summary>By the key that was sent.</summary>
    public static Task<KeyResult> ByKeyAsync(HttpContext http, ClinicContext clinic, StaffKeys keys, KeyAttempts attempts)
    {
        var header = http.Request.Headers.Authorization;
        return attempts.TryAsync(http, clinic, keys, header.Count == 1 && header[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[0]![Bearer.Length..].Trim() : "");
    }

    /// <summary>The problem for a key that opens nothing; null for one that does.</summary>
    public static Problem? ProblemOf(KeyResult result) => result switch
    {
        KeyResult.Accepted => null,
        KeyResult.TooMany => Problem.TooManyAttempts,
        _ => Problem.Unauthorized,
    };

    /// <summary>A key that was sent decides, right or wrong; only without one does the session count.</summary>
    private async Task<KeyResult> OpenAsync(HttpContext http, ClinicContext clinic)
    {
        if (http.Request.Headers.Authorization.Count > 0)
        {
            return await ByKeyAsync(http, clinic, keys, attempts);
        }

        return IsOurOwnPage(http.Request) && await StaffSession.FindAsync(http, clinic) is { } staff
            ? new KeyResult.Accepted(staff)
            : new KeyResult.Refused();
    }

    /// <summary>
    /// A cookie travels by itself, so another site must not be able to spend it. Browsers say where a request comes from. The scheme is left out of the
    /// comparison: behind a proxy that ends TLS it is not the one that the browser sees.
    /// </summary>
    private static bool IsOurOwnPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var isSameHost = origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return isSameHost && (site is "" or "same-origin" or "none");
    }
}

internal static class StaffFeature
{
    /// <summary>Who is acting. Only behind <see cref="StaffDoor"/>.</summary>
    public static StaffMember Staff(this HttpContext http) =>
        http.Features.Get<StaffMember>() ?? throw new InvalidOperationException("This endpoint is not behind the staff door.");
}
