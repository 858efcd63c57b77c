using KetamineIntake.Core.Clinics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KetamineIntake.Web.Pages;

/// <summary>What every page of a clinic needs: the clinic itself, no copies in caches, and posts that come from our own forms.</summary>
internal sealed class ClinicPages(ClinicDirectory clinics) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var slug = http.Request.RouteValues["clinic"] as string ?? "";
        if (await clinics.FindAsync(slug, http.RequestAborted) is not { } clinic)
        {
            return Results.NotFound();
        }

        http.Features.Set(clinic);
        http.Response.Headers.CacheControl = "no-store";
        var isChecked = HttpMethods.IsGet(http.Request.Method) || http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true };
        return isChecked ? await next(context) : Show<StalePage>(new { Clinic = clinic }, StatusCodes.Status400BadRequest);
    }

    public static RazorComponentResult<T> Show<T>(object parameters, int status = StatusCodes.Status200OK)
        where T : IComponent =>
        new(parameters) { StatusCode = status };

    public static RazorComponentResult<NotFoundPage> NotFound(ClinicContext clinic) =>
        Show<NotFoundPage>(new { Clinic = clinic }, StatusCodes.Status404NotFound);

    /// <summary>After a post: the browser gets the next page with a GET, so that reloading sends nothing twice.</summary>
    public static IResult SeeOther(string url) => new SeeOtherResult(url);

    private sealed class SeeOtherResult(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}

internal static class ClinicPageContext
{
    /// <summary>The clinic of this request; <see cref="ClinicPages"/> has found it.</summary>
    public static ClinicContext Clinic(this HttpContext http) => http.Features.GetRequiredFeature<ClinicContext>();
}
