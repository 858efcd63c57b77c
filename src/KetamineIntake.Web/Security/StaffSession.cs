using System.Globalization;
using System.Security.Claims;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace KetamineIntake.Web.Security;

/// <summary>The console's session: a cookie, good for one clinic, for as long as the key behind it exists.</summary>
public static class StaffSession
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>However busy a session is, after a working day the key is asked for again.</summary>
    private static readonly Duration Longest = Duration.FromHours(8);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "staff-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;

        // Automatic logoff: half an hour without a request ends the session.
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
    }

    public static Task SignInAsync(HttpContext http, ClinicContext clinic, StaffMember staff)
    {
        Claim[] claims =
        [
            new(StaffClaims.Clinic, clinic.Clinic.Slug),
            new(StaffClaims.Id, staff.Id),
            new(StaffClaims.Name, staff.Name),
            new(StaffClaims.Role, staff.Role.ToString()),
            new(StaffClaims.Since, Now(http).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
        return http.SignInAsync(Schemes.StaffSession, new ClaimsPrincipal(new ClaimsIdentity(claims, Schemes.StaffSession)));
    }

    public static Task SignOutAsync(HttpContext http) => http.SignOutAsync(Schemes.StaffSession);

    /// <summary>Who is signed in to this clinic; null without a session, with another clinic's, or when its key was withdrawn.</summary>
    public static async Task<StaffMember?> FindAsync(HttpContext http, ClinicContext clinic)
    {
        var session = await http.AuthenticateAsync(Schemes.StaffSession);
        return session.Principal is { } who && IsFresh(http, who) && who.FindFirstValue(StaffClaims.Clinic) == clinic.Clinic.Slug && who.FindFirstValue(StaffClaims.Id) is { } id
            ? await StaffKeys.FindAsync(clinic, id, http.RequestAborted)
            : null;
    }

    private static bool IsFresh(HttpContext http, ClaimsPrincipal who) =>
        long.TryParse(who.FindFirstValue(StaffClaims.Since), CultureInfo.InvariantCulture, out var since)
        && Now(http) < Instant.FromUnixTimeSeconds(since) + Longest;

    private static Instant Now(HttpContext http) => http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
}
