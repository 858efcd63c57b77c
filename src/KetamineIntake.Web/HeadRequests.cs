using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web;

/// <summary>HEAD wherever GET is (RFC 9110, 9.3.2): routed and judged as a GET; the server, which knows what was asked, sends no body.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
