using System.Net;
using KetamineIntake.Local.Commands;
using NodaTime;

namespace KetamineIntake.Local.Hosting;

/// <summary>How to serve.</summary>
/// <param name="Urls">Where to listen; the default is loopback only.</param>
/// <param name="Data">The folder that holds everything.</param>
/// <param name="Now">Null: the system's time. Otherwise the clock stands here until it is advanced.</param>
/// <param name="Site">The address in patients' texts, at most 28 characters; null: where this installation listens.</param>
/// <param name="Dev">Whether /dev is served to other machines too, for whoever has its token.</param>
internal sealed record LocalOptions(string Urls, string Data, Instant? Now, string? Site = null, bool Dev = false)
{
    public const string DefaultUrls = "http://127.0.0.1:7071";
    public const string DefaultData = ".data";

    /// <summary>Whose word about where a request comes from counts, beside this machine's own.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Whether there is a /dev at all.</summary>
    public bool HasDev => Dev || ListenAddresses.AreOfThisMachine(Urls);
}
