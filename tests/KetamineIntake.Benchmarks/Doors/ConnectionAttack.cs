using System.Net;
using System.Net.Sockets;

namespace KetamineIntake.Benchmarks.Doors;

/// <summary>Somebody at 127.0.0.2 who opens connections, says nothing, and comes again a second after each is closed. In a process of its own, with descriptors of its own.</summary>
internal static class ConnectionAttack
{
    public static readonly IPAddress From = IPAddress.Parse("127.0.0.2");
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public static Task RunAsync(int port, int connections) => Task.WhenAll(Enumerable.Range(0, connections).Select(i => HoldAsync(port, Again * i / connections)));

    /// <summary>A listener that takes whoever comes and closes at once: what the machine costs the attacker's victim without our server in it.</summary>
    public static async Task ListenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(4096);
        Console.WriteLine($"ready http://{listener.LocalEndpoint}");
        while (true)
        {
            using var socket = await listener.AcceptSocketAsync();
            socket.LingerState = new LingerOption(true, 0);
        }
    }

    private static async Task HoldAsync(int port, TimeSpan first)
    {
        await Task.Delay(first);
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(From, 0));
                await socket.ConnectAsync(IPAddress.Loopback, port);
                await socket.ReceiveAsync(new byte[1]);
            }
            catch (SocketException)
            {
                // Refused or reset: that is what it is here for.
            }

            await Task.Delay(Again);
        }
    }
}
