using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KetamineIntake.Web.Pages;

/// <summary>What every page of a clinic needs: the clinic itself, posts that come from our own forms, and words instead of a problem document when records are out of reach.</summary>
internal sealed class ClinicPages(ClinicDirectory clinics) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await InvokeCheckedAsync(context, next);
        }
        catch (RecordStoreException contended) when (contended.IsContended && !context.HttpContext.Response.HasStarted)
        {
            return Show<PlainPage>(
                new { Title = "Please send it again", Text = "Something else was being saved at the same moment, and this page was not. Go back and send it again." }, StatusCodes.Status409Conflict);
        }
        catch (RecordStoreException) when (!context.HttpContext.Response.HasStarted)
        {
            return Show<PlainPage>(
                new { Title = "Please try again in a few minutes", Text = "Our records cannot be reached just now, and this page was not saved. Go back and send it again in a few minutes." },
                StatusCodes.Status503ServiceUnavailable);
        }
    }

    public static RazorComponentResult<T> Show<T>(object parameters, int status = StatusCodes.Status200OK)
        where T : IComponent =>
        new(parameters) { StatusCode = status };

    public static RazorComponentResult<NotFoundPage> NotFound(ClinicContext clinic) =>
        Show<NotFoundPage>(new { Clinic = clinic }, StatusCodes.Status404NotFound);

    /// <summary>Where no clinic is known, and so no language.</summary>
    public static RazorComponentResult<PlainPage> NothingHere() =>
        Show<PlainPage>(new { Title = "There is no page here", Text = "Check the link that you followed. / Revise el enlace." }, StatusCodes.Status404NotFound);

    /// <summary>After a post: the browser gets the next page with a GET, so that reloading sends nothing twice.</summary>
    public static IResult SeeOther(string url) => new SeeOtherResult(url);

    private async ValueTask<object?> InvokeCheckedAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var slug = http.Request.RouteValues["clinic"] as string ?? "";
        if (await clinics.FindAsync(slug, http.RequestAborted) is not { } clinic)
        {
            return NothingHere();
        }

        http.Features.Set(clinic);

        // Exactly what antiforgery would set: it logs a warning whenever it has to change these.
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers.Pragma = "no-cache";
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return await next(context);
        }

        // In this order: a form without a valid token may not even be asked whether it is one.
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            return Show<StalePage>(new { Clinic = clinic }, StatusCodes.Status400BadRequest);
        }

        return http.Request.HasFormContentType ? await next(context) : Show<StalePage>(new { Clinic = clinic }, StatusCodes.Status415UnsupportedMediaType);
    }

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
