using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Pages.Preparation;
using KetamineIntake.Web.Pages.Referrals;
using KetamineIntake.Web.Pages.Screenings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Pages;

/// <summary>The pages people see: the patient's form and the clinic's console, rendered on the server and usable without JavaScript.</summary>
internal static class PageRoutes
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{file}", AssetFiles.Get);
        PreparationRoutes.MapShortLinks(routes);
        var clinic = routes.MapGroup($"/{{{ClinicRoute.Parameter}:{ClinicSlugConstraint.Name}}}")
            .Behind<ClinicPages>()
            .WithMetadata(new RequireAntiforgeryTokenAttribute())
            .ExcludeFromDescription();
        PreparationRoutes.Map(clinic);
        FormRoutes.Map(clinic);
        StaffRoutes.Map(clinic.MapGroup("/staff"));
    }
}
