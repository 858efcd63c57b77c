using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KetamineIntake.Benchmarks.Doors;

/// <summary>Three times the descriptor limit from one address, while another address asks: how long each of its new connections takes, against the same server while the same attacker is busy elsewhere.</summary>
internal static class ConnectionFlood
{
    private const int Tries = 500;
    private static readonly IPAddress Patient = IPAddress.Parse("127.0.0.3");
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    private static string Self => typeof(ConnectionFlood).Assembly.Location;

    /// <param name="limits">Descriptor limits of the server.</param>
    /// <param name="program">Another build of the program, as a negative control.</param>
    public static async Task RunAsync(IReadOnlyList<int> limits, string? program)
    {
        Console.WriteLine("| ulimit -n | attacker's connections | attack on | served | p50 ms | p99 ms | longest ms | server |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var limit in limits)
        {
            foreach (var target in new[] { "nobody", "dummy listener", "the server" })
            {
                Console.WriteLine(await RowAsync(limit, target, program ?? Path.Combine(AppContext.BaseDirectory, "KetamineIntake.Local.dll")));
            }
        }
    }

    private static async Task<string> RowAsync(int limit, string target, string program)
    {
        var data = Directory.CreateTempSubdirectory("flood-");
        try
        {
            using var server = await Child.Start(limit, program, "--urls", "http://127.0.0.1:0", "--data", data.FullName).ReadyAsync();
            await MeasureAsync(server.Port, 100);
            using var dummy = target == "dummy listener" ? await Child.Start(limit, Self, "connection-dummy").ReadyAsync() : null;
            using var attack = target == "nobody" ? null : Child.Start(20_000, Self, "connection-attack", Text(dummy?.Port ?? server.Port), Text(3 * limit));
            await Task.Delay(attack is null ? TimeSpan.Zero : Warm);
            var times = await MeasureAsync(server.Port, Tries);
            times.Sort();
            var state = server.HasExited ? $"ended with {server.ExitCode}" : "runs";
            return times.Count == 0
                ? $"| {limit} | {3 * limit} | {target} | 0 of {Tries} | | | | {state} |"
                : $"| {limit} | {3 * limit} | {target} | {times.Count} of {Tries} | {Text(times[times.Count / 2])} | {Text(times[times.Count * 99 / 100])} | {Text(times[^1])} | {state} |";
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>How long each took that was served within the longest wait; three in a row that were not end it.</summary>
    private static async Task<List<double>> MeasureAsync(int port, int tries)
    {
        var times = new List<double>();
        var failed = 0;
        for (var i = 0; i < tries && failed < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            if (await IsServedAsync(port))
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
                failed = 0;
            }
            else
            {
                failed++;
            }

            await Task.Delay(10);
        }

        return times;
    }

    private static async Task<bool> IsServedAsync(int port)
    {
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(Patient, 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            await socket.SendAsync("GET /northside HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray(), limit.Token);
            var buffer = new byte[16 * 1024];
            var read = await socket.ReceiveAsync(buffer, limit.Token);
            return buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string Text(double number) => number.ToString(number % 1 == 0 ? "0" : "0.0", CultureInfo.InvariantCulture);
}
