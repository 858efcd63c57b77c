using System.Net;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Web;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Dev;

/// <summary>What opens /dev: it lies in the data folder, which only its owner may read.</summary>
internal sealed class DevToken(string token) : SharedSecret(token)
{
    public string Text { get; } = token;
}

/// <summary>
/// Pages under /dev show what patients receive, speak for them and move time. They open with the token alone: where a request seems to come from proves nothing, because a proxy on this machine
/// asks from here, and by a local name, for whoever asked it. Closed, every address looks like one that never was.
/// </summary>
internal sealed class DevDoor(DevToken token, bool fromElsewhere)
{
    public const string Query = "token";
    private const string Cookie = "dev-token";
    private const string Header = "X-Dev-Token";
    private const string Folder = "/dev";

    // No endpoint has it, whatever the method: what is answered there is answered to everybody for any missing page.
    private const string Missing = Folder + "/nothing/here";

    // A proxy leaves these behind; it runs on this machine, whoever asked it does not.
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-Proto"];

    /// <summary>/dev, where there is one: on this machine alone, or wherever it was asked for.</summary>
    public static void AddTo(IServiceCollection services, LocalOptions options)
    {
        if (options.HasDev)
        {
            services
                .AddSingleton(s => s.GetRequiredService<DataFolder>().DevToken())
                .AddSingleton<HostDoor>(s => new DevDoor(s.GetRequiredService<DevToken>(), options.Dev).InvokeAsync)
                .AddSingleton<HostEndpoints>(DevClock.Map)
                .AddSingleton<HostEndpoints>(DevInbox.Map);
        }
    }

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (!request.Path.StartsWithSegments(Folder, StringComparison.OrdinalIgnoreCase))
        {
            return next(http);
        }

        if (!(fromElsewhere || IsOfThisMachine(http)) || !token.Matches(Given(request)))
        {
            request.Path = Missing;
            request.QueryString = QueryString.Empty;
            return next(http);
        }

        return request.Query.ContainsKey(Query) ? KeepAsync(http) : next(http);
    }

    /// <summary>An address is no place for a secret: it stays in histories. What was sent on purpose counts before what travels by itself.</summary>
    private Task KeepAsync(HttpContext http)
    {
        http.Response.Cookies.Append(Cookie, token.Text, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = Folder, Secure = http.Request.IsHttps });
        var rest = new QueryBuilder(http.Request.Query.Where(q => q.Key != Query).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""))).ToQueryString();
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = http.Request.Path.ToUriComponent() + rest;
        return Task.CompletedTask;
    }

    private static string? Given(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var header) ? header.ToString()
        : request.Query.TryGetValue(Query, out var query) ? query.ToString()
        : request.Cookies[Cookie];

    private static bool IsOfThisMachine(HttpContext http)
    {
        var host = http.Request.Host.Host.Trim('[', ']');
        return http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && !ProxyHeaders.Any(http.Request.Headers.ContainsKey)
            && (host == "localhost" || (IPAddress.TryParse(host, out var named) && IPAddress.IsLoopback(named)));
    }
}
