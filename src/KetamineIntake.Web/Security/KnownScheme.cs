using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Security;

/// <summary>A proxy that names neither http nor https is misconfigured, or somebody plays one: cookies and links must not be built on its word.</summary>
internal sealed class KnownScheme(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Request.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS" ? next(http) : ErrorAnswer.WriteAsync(http, Problem.BadRequest);
}
