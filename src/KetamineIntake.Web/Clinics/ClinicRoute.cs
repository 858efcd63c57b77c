using KetamineIntake.Core.Clinics;
using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Clinics;

/// <summary>Finds the clinic that the route names, or answers that there is nothing here.</summary>
internal sealed class ClinicRoute(ClinicDirectory clinics) : IEndpointFilter
{
    public const string Parameter = "clinic";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var slug = http.Request.RouteValues[Parameter] as string ?? "";
        if (await clinics.FindAsync(slug, http.RequestAborted) is not { } clinic)
        {
            return new ProblemResult(Problem.NotFound);
        }

        http.Features.Set(clinic);
        return await next(context);
    }
}

internal static class ClinicFeature
{
    /// <summary>The clinic of the route. Only behind <see cref="ClinicRoute"/>.</summary>
    public static ClinicContext Clinic(this HttpContext http) =>
        http.Features.Get<ClinicContext>() ?? throw new InvalidOperationException("This endpoint is not behind the clinic route.");
}
