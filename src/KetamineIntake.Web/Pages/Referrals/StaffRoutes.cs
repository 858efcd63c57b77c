using KetamineIntake.Core.Staff;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Pages.Appointments;
using KetamineIntake.Web.Pages.Labs;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>The clinic's console: sign in with a key, the list, one referral, a decision, sign out.</summary>
internal static class StaffRoutes
{
    public static void Map(RouteGroupBuilder staff)
    {
        staff.MapGet("/sign-in", (Delegate)SignInPageAsync);
        staff.MapPost("/sign-in", SignInAsync);
        staff.MapPost("/sign-out", (Delegate)SignOutAsync);
        var signedIn = staff.MapGroup("").Behind<SignedIn>();
        signedIn.MapGet("", ListPage.ShowAsync);
        signedIn.MapGet("/referrals/{id}", DecisionRoutes.ShowAsync);
        signedIn.MapPost("/referrals/{id}/decision", DecisionRoutes.DecideAsync);
        LabRoutes.Map(signedIn);
        VisitRoutes.Map(signedIn);
    }

    private static async Task<IResult> SignInPageAsync(HttpContext http) =>
        await StaffSession.FindAsync(http, http.Clinic()) is null
            ? ClinicPages.Show<SignInPage>(new { Clinic = http.Clinic() })
            : ClinicPages.SeeOther(StaffLinks.List(http.Clinic()));

    private static async Task<IResult> SignInAsync(HttpContext http, StaffKeys keys, KeyAttempts attempts)
    {
        var clinic = http.Clinic();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        switch (await attempts.TryAsync(http, clinic, keys, form["key"].ToString().Trim()))
        {
            case KeyResult.Accepted accepted:
                await StaffSession.SignInAsync(http, clinic, accepted.Staff);
                return ClinicPages.SeeOther(StaffLinks.List(clinic));
            case KeyResult.TooMany:
                return Refuse(http, "There were too many wrong keys. Wait a minute, then try again.", StatusCodes.Status429TooManyRequests);
            default:
                return Refuse(http, "This key does not open this clinic. Check it and try again.", StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await StaffSession.SignOutAsync(http);
        return ClinicPages.SeeOther(StaffLinks.SignIn(http.Clinic()));
    }

    private static IResult Refuse(HttpContext http, string error, int status) =>
        ClinicPages.Show<SignInPage>(new { Clinic = http.Clinic(), Error = error }, status);
}
