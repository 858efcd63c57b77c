using KetamineIntake.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Security;

/// <summary>
/// A proxy that names neither http nor https is misconfigured, or somebody plays one: cookies and links must not be built on its word. Nor can a page be built for a host without a name.
/// </summary>
internal sealed class KnownScheme(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Request.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS" && Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host.Value}/", UriKind.Absolute, out _) ? next(http) : ErrorAnswer.WriteAsync(http, Problem.BadRequest);
}
