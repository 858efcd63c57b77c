using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Security;

/// <summary>Headers that every answer carries. Pages need no script, so none is allowed to run that is not our own file.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        // Our own id: a client's could be anything, and would end up in logs.
        http.TraceIdentifier = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        Apply(http);
        return next(http);
    }

    public static void Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers["Trace-Id"] = http.TraceIdentifier;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // Whatever holds no patient data (style sheets, the questionnaire) says otherwise itself.
        headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }
}
