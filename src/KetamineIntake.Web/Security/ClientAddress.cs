using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Web.Security;

/// <summary>Where a request comes from, as far as limits need to know.</summary>
public static class ClientAddress
{
    /// <summary>
    /// The peer's address. A trusted peer asks for others: then the last entry of X-Forwarded-For that is no trusted proxy counts, which is the one that the outermost of them wrote itself.
    /// IPv6 counts by network (/64), which one client has to itself.
    /// </summary>
    public static string Of(HttpContext http) => Find(http) ?? (http.Connection.RemoteIpAddress is { } peer ? KeyOf(peer) : "unknown");

    /// <summary>As <see cref="Of"/>, but null when only a proxy is known and not whom it asks for: everybody behind it would count as one.</summary>
    public static string? Find(HttpContext http)
    {
        var proxies = http.RequestServices.GetRequiredService<TrustedProxies>();
        var peer = http.Connection.RemoteIpAddress;
        var address = peer is null || proxies.Trusts(peer) ? Forwarded(http, proxies) : peer;
        return address is null ? null : KeyOf(address);
    }

    public static string KeyOf(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private static IPAddress? Forwarded(HttpContext http, TrustedProxies proxies) => http.Request.Headers["X-Forwarded-For"].ToString().Split(',').Reverse()
        .Select(entry => IPEndPoint.TryParse(entry.Trim(), out var endpoint) ? endpoint.Address : null)
        .FirstOrDefault(address => address is null || !proxies.Trusts(address));
}
