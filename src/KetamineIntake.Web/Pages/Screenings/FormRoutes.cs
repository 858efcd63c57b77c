using System.Text;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>The patient's way: welcome, one page per section, all answers, the ending; and deleting it all from the device.</summary>
internal static class FormRoutes
{
    public static void Map(RouteGroupBuilder clinic)
    {
        clinic.MapGet("", Welcome);
        clinic.MapPost("/start", StartAsync);
        clinic.MapGet("/form.css", Styles);
        SectionRoutes.Map(clinic.MapGroup("/form/{section}"));
        clinic.MapGet("/review", ReviewRoutes.ShowAsync);
        clinic.MapPost("/review", ReviewRoutes.SubmitAsync);
        clinic.MapGet("/done", ReviewRoutes.DoneAsync);
        clinic.MapGet("/forget", ForgetPage);
        clinic.MapPost("/forget", ForgetAsync);
    }

    /// <summary>The draft that belongs to this device, or null.</summary>
    public static async Task<FormSession?> FindSessionAsync(HttpContext http, Drafts drafts, IDataProtectionProvider protection)
    {
        var clinic = http.Clinic();
        var id = DraftCookie.Read(http, clinic, protection);
        var draft = id is null ? null : await drafts.FindAsync(clinic, id, http.RequestAborted);
        return draft is null ? null : new FormSession(clinic, draft);
    }

    private static async Task<IResult> Welcome(HttpContext http, Drafts drafts, IDataProtectionProvider protection)
    {
        var session = await FindSessionAsync(http, drafts, protection);
        return ClinicPages.Show<WelcomePage>(new { Clinic = http.Clinic(), Session = session, IsForgotten = http.Request.Query.ContainsKey("deleted") });
    }

    private static async Task<IResult> StartAsync(HttpContext http, Drafts drafts, IDataProtectionProvider protection)
    {
        var clinic = http.Clinic();
        var session = await FindSessionAsync(http, drafts, protection);
        if (session is null or { Draft.Receipt: not null })
        {
            session = new FormSession(clinic, await drafts.StartAsync(clinic, http.RequestAborted));
        }

        DraftCookie.Write(http, clinic, protection, session.Draft.Id);
        return ClinicPages.SeeOther(session.Resume);
    }

    private static IResult Styles(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(ConditionStyles.Write(http.Clinic().Protocol.Questionnaire), "text/css", Encoding.UTF8);
    }

    private static async Task<IResult> ForgetPage(HttpContext http, Drafts drafts, IDataProtectionProvider protection) =>
        await FindSessionAsync(http, drafts, protection) is { } session
            ? ClinicPages.Show<ForgetPage>(new { Session = session })
            : ClinicPages.SeeOther(FormLinks.Start(http.Clinic()));

    private static async Task<IResult> ForgetAsync(HttpContext http, IDataProtectionProvider protection)
    {
        var clinic = http.Clinic();
        if (DraftCookie.Read(http, clinic, protection) is { } id)
        {
            await Drafts.DiscardAsync(clinic, id, http.RequestAborted);
        }

        DraftCookie.Delete(http, clinic);
        return ClinicPages.SeeOther(FormLinks.Start(clinic) + "?deleted");
    }
}
