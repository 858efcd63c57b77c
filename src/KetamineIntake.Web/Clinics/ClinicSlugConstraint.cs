using KetamineIntake.Core.Clinics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Clinics;

/// <summary>Lets a page's first segment be a clinic's only when it can be one. A pattern in the route itself is built again for each page, at the first request.</summary>
internal sealed class ClinicSlugConstraint : IRouteConstraint
{
    public const string Name = "clinic";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && value is string slug && ClinicSlug.IsValid(slug);
}
