using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web;

/// <summary>HEAD wherever GET is (RFC 9110, 9.3.2): routed and judged as a GET; the server, which knows what was asked, sends no body.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await (HttpMethods.IsHead(context.Request.Method) ? AsGetAsync(context) : next(context));

        // Routing knows of the GET alone.
        var response = context.Response;
        if (response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } && response.Headers.Allow is [{ } allow] && allow.Contains(HttpMethods.Get, StringComparison.Ordinal))
        {
            response.Headers.Allow = $"{allow}, {HttpMethods.Head}";
        }
    }

    private async Task AsGetAsync(HttpContext context)
    {
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
