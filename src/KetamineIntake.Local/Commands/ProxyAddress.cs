using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace KetamineIntake.Local.Commands;

/// <summary>What <c>--proxy</c> takes: one address, or a network.</summary>
internal static class ProxyAddress
{
    public static IPNetwork Parse(string text) => TryParse(text, out var network) ? network.Value : throw new FormatException("This is neither an address nor a network.");

    public static bool TryParse(string text, [NotNullWhen(true)] out IPNetwork? network)
    {
        network = IPNetwork.TryParse(text, out var several) ? several
            : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : null;
        return network is not null;
    }
}
