using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Security;

/// <summary>Where a request comes from, as far as limits need to know.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The peer's address. Behind a proxy on the same machine (the Functions host is one) the peer is always loopback, and then the last entry of
    /// X-Forwarded-For counts: the one that the nearest proxy wrote itself. IPv6 counts by network (/64), which one client has to itself.
    /// </summary>
    public static string Of(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        var address = peer is null || IPAddress.IsLoopback(peer) ? Forwarded(http) ?? peer : peer;
        return address switch
        {
            null => "unknown",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
            _ => address.ToString(),
        };
    }

    private static IPAddress? Forwarded(HttpContext http)
    {
        var last = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return IPEndPoint.TryParse(last, out var endpoint) ? endpoint.Address : null;
    }
}
