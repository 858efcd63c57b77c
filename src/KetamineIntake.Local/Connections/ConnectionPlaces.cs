using System.Net;
using KetamineIntake.Web.Security;

namespace KetamineIntake.Local.Connections;

/// <summary>How many connections are served at once, and how many of them one address may hold.</summary>
internal sealed class ConnectionPlaces : IDisposable
{
    /// <summary>For everything that is no connection: records, libraries, what the runtime keeps.</summary>
    private const int Reserved = 256;
    private const int Fewest = 64;

    private readonly SemaphoreSlim free;
    private readonly Dictionary<string, int> held = new(StringComparer.Ordinal);
    private readonly TrustedProxies proxies;

    public ConnectionPlaces(int descriptors, TrustedProxies proxies)
    {
        (Descriptors, this.proxies) = (descriptors, proxies);
        Count = Math.Max(Fewest, descriptors - Reserved);
        free = new SemaphoreSlim(Count, Count);
    }

    /// <summary>The process's limit, as it was at the start.</summary>
    public int Descriptors { get; }

    public int Count { get; }

    public int PerAddress => Count / 4;

    public void Wait(CancellationToken cancellation) => free.Wait(cancellation);

    public void Leave() => free.Release();

    /// <summary>Null when the address holds its share already; otherwise gives the place back when the connection is over. A proxy asks for many and has no share of its own.</summary>
    public Action? Take(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address } || proxies.MayHoldAll(address))
        {
            return Leave;
        }

        var client = ClientAddress.KeyOf(address);
        lock (held)
        {
            var count = held.GetValueOrDefault(client);
            if (count >= PerAddress)
            {
                return null;
            }

            held[client] = count + 1;
        }

        return () => Return(client);
    }

    public void Dispose() => free.Dispose();

    private void Return(string client)
    {
        lock (held)
        {
            if (held[client] == 1)
            {
                held.Remove(client);
            }
            else
            {
                held[client]--;
            }
        }

        Leave();
    }
}
