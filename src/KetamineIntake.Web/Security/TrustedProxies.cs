using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace KetamineIntake.Web.Security;

/// <summary>Who is believed about where a request comes from: whatever runs on this machine (the Functions host does) and the proxies that were named.</summary>
public sealed class TrustedProxies(IReadOnlyList<IPNetwork> named)
{
    public bool Trusts(IPAddress peer)
    {
        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return IPAddress.IsLoopback(address) || named.Any(n => n.Contains(address));
    }

    /// <summary>Who may hold any number of connections, because it asks for others: a named proxy, or one at the address that a proxy on this machine has.</summary>
    public bool MayHoldAll(IPAddress peer)
    {
        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback) || named.Any(n => n.Contains(address));
    }

    /// <summary>Only the scheme: cookies that the browser sends over TLS are marked so.</summary>
    internal ForwardedHeadersOptions SchemeOptions()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto };
        foreach (var network in named)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
