using KetamineIntake.Core.Staff;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>Lets in who is signed in to this very clinic with a key that still exists; everybody else gets the sign-in page.</summary>
internal sealed class SignedIn : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await FindAsync(http) is not { } member)
        {
            return ClinicPages.SeeOther(StaffLinks.SignIn(http.Clinic()));
        }

        http.Features.Set(member);
        return await next(context);
    }

    /// <summary>Who is signed in here, or null. A session of another clinic is none, and a key that was taken away ends its sessions.</summary>
    public static async Task<StaffMember?> FindAsync(HttpContext http)
    {
        var clinic = http.Clinic();
        var session = await http.AuthenticateAsync(Schemes.StaffSession);
        var isHere = session.Succeeded && session.Principal.FindFirst(StaffClaims.Clinic)?.Value == clinic.Clinic.Slug;
        return isHere && session.Principal!.FindFirst(StaffClaims.Id)?.Value is { } id
            ? await StaffKeys.FindAsync(clinic, id, http.RequestAborted)
            : null;
    }
}

internal static class SignedInContext
{
    /// <summary>Who is signed in; <see cref="SignedIn"/> has checked it.</summary>
    public static StaffMember Staff(this HttpContext http) => http.Features.GetRequiredFeature<StaffMember>();
}
