using System.Security.Claims;
using KetamineIntake.Core.Staff;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>The clinic's console: sign in with a key, the list, one referral, a decision, sign out.</summary>
internal static class StaffRoutes
{
    /// <summary>Longer than any key; a longer text is not looked at.</summary>
    private const int LongestKey = 200;

    public static void Map(RouteGroupBuilder staff)
    {
        staff.MapGet("/sign-in", (Delegate)SignInPageAsync);
        staff.MapPost("/sign-in", SignInAsync);
        staff.MapPost("/sign-out", (Delegate)SignOutAsync);
        var signedIn = staff.MapGroup("").AddEndpointFilter<RouteGroupBuilder, SignedIn>();
        signedIn.MapGet("", ListPage.ShowAsync);
        signedIn.MapGet("/referrals/{id}", DecisionRoutes.ShowAsync);
        signedIn.MapPost("/referrals/{id}/decision", DecisionRoutes.DecideAsync);
    }

    private static async Task<IResult> SignInPageAsync(HttpContext http) =>
        await SignedIn.FindAsync(http) is null
            ? ClinicPages.Show<SignInPage>(new { Clinic = http.Clinic() })
            : ClinicPages.SeeOther(StaffLinks.List(http.Clinic()));

    private static async Task<IResult> SignInAsync(HttpContext http, StaffKeys keys)
    {
        var clinic = http.Clinic();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var key = form["key"].ToString().Trim();
        var member = key.Length is 0 or > LongestKey ? null : await keys.AuthenticateAsync(clinic, key, http.RequestAborted);
        if (member is null)
        {
            return ClinicPages.Show<SignInPage>(new { Clinic = clinic, IsWrong = true }, StatusCodes.Status422UnprocessableEntity);
        }

        await http.SignInAsync(Schemes.StaffSession, PrincipalOf(member, clinic.Clinic.Slug));
        return ClinicPages.SeeOther(StaffLinks.List(clinic));
    }

    private static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(Schemes.StaffSession);
        return ClinicPages.SeeOther(StaffLinks.SignIn(http.Clinic()));
    }

    private static ClaimsPrincipal PrincipalOf(StaffMember member, string clinic) => new(new ClaimsIdentity(
        [
            new Claim(StaffClaims.Clinic, clinic),
            new Claim(StaffClaims.Id, member.Id),
            new Claim(StaffClaims.Name, member.Name),
            new Claim(StaffClaims.Role, member.Role.ToString()),
        ],
        Schemes.StaffSession,
        StaffClaims.Name,
        StaffClaims.Role));
}
