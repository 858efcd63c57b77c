using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Web;

internal static class EndpointFilters
{
    /// <summary>
    /// Puts a filter before all endpoints of a group. The framework's own way makes and compiles a factory for each of them at start, which a patient who wakes an instance waits for;
    /// this one asks for the filter, a singleton, at the request.
    /// </summary>
    public static RouteGroupBuilder Behind<TFilter>(this RouteGroupBuilder group)
        where TFilter : class, IEndpointFilter =>
        group.AddEndpointFilter(static (context, next) => context.HttpContext.RequestServices.GetRequiredService<TFilter>().InvokeAsync(context, next));
}
