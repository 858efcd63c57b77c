using System.Globalization;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>Texts with crisis words that nobody at the clinic has dealt with yet.</summary>
internal sealed record OpenCrises(int Count)
{
    public string Words => $"{(Count >= StaffNotes.MostCounted ? $"{StaffNotes.MostCounted} or more" : Count.ToString(CultureInfo.InvariantCulture))} open crisis {(Count == 1 ? "text" : "texts")}: call now";
}

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

        // Before anything is shown: whoever opens any page of the console sees that somebody may be in danger.
        http.Features.Set(new OpenCrises(await StaffNotes.CountCrisesAsync(http.Clinic(), http.RequestAborted)));
        return await next(context);
    }
}
