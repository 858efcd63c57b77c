using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>Lets in who is signed in to this very clinic with a key that still exists; everybody else gets the sign-in page.</summary>
internal sealed class SignedIn : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await StaffSession.FindAsync(http, http.Clinic()) is not { } member)
        {
            return ClinicPages.SeeOther(StaffLinks.SignIn(http.Clinic()));
        }

        http.Features.Set(member);
        return await next(context);
    }
}
