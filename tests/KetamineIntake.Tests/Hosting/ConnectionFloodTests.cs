using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KetamineIntake.Local.Connections;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Security;

namespace KetamineIntake.Tests.Hosting;

/// <summary>Issue 14, point 1, small: `dotnet run -c Release --project tests/KetamineIntake.Benchmarks -- connection-flood` is the whole of it.</summary>
public sealed class ConnectionFloodTests
{
    private const int Descriptors = 512;
    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Patient = IPAddress.Parse("127.0.0.3");

    [Fact]
    public async Task Three_times_the_limit_from_one_address_holds_a_quarter_and_others_are_served()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLimitedAsync(data.Path, Descriptors);
        var held = new List<Socket>();
        try
        {
            for (var i = 0; i < 3 * Descriptors; i++)
            {
                if (await TryConnectAsync(host, Attacker) is { } socket)
                {
                    held.Add(socket);
                }
            }

            await Task.Delay(500);
            Assert.Equal((Descriptors - 256) / 4, held.Count(IsOpen));
            for (var i = 0; i < 100; i++)
            {
                var watch = Stopwatch.StartNew();
                Assert.StartsWith("HTTP/1.1 200", await GetHealthAsync(host), StringComparison.Ordinal);
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
            }

            Assert.False(host.HasExited);
            Assert.Contains($"this process may have {Descriptors} descriptors open", host.Output, StringComparison.Ordinal);
        }
        finally
        {
            held.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task Places_come_back_when_their_connections_end_and_an_unfinished_header_ends_after_ten_seconds()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLimitedAsync(data.Path, Descriptors);
        var share = (Descriptors - 256) / 4;
        for (var round = 0; round < 5; round++)
        {
            var held = new List<Socket>();
            for (var i = 0; i < share; i++)
            {
                held.Add(await ConnectAsync(host, Attacker));
            }

            await Task.Delay(200);
            Assert.Equal(share, held.Count(IsOpen));
            held.ForEach(s => s.Dispose());
            await Task.Delay(300);
        }

        using var slow = await ConnectAsync(host, Attacker);
        await slow.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n"u8.ToArray());
        await Task.Delay(TimeSpan.FromSeconds(8));
        Assert.True(IsOpen(slow));
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.True(slow.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public void A_proxy_may_hold_all_and_a_network_of_one_client_counts_as_one()
    {
        using var places = new ConnectionPlaces(512, new TrustedProxies([IPNetwork.Parse("10.0.0.0/24")]));
        EndPoint[] proxies = [new IPEndPoint(IPAddress.Parse("10.0.0.7"), 1), new IPEndPoint(IPAddress.Parse("::ffff:10.0.0.7"), 1), new IPEndPoint(IPAddress.Loopback, 1)];
        Assert.All(proxies.SelectMany(p => Enumerable.Repeat(p, 65)), p => Assert.NotNull(places.Take(p)));
        Assert.Equal(64, Enumerable.Range(0, 80).Count(i => places.Take(new IPEndPoint(IPAddress.Parse($"2001:db8::{i:x}"), 1)) is not null));
        Assert.NotNull(places.Take(new IPEndPoint(IPAddress.Parse("2001:db8:0:1::1"), 1)));
        Assert.Equal(64, Enumerable.Range(0, 80).Count(_ => places.Take(new IPEndPoint(IPAddress.Parse("10.0.1.7"), 1)) is not null));
    }

    [Theory]
    [InlineData("Max open files            1024                 524288               files", 1024)]
    [InlineData("Max open files            unlimited            unlimited            files", 65536)]
    [InlineData("Max open files            1048576              1048576              files", 65536)]
    [InlineData("Max processes             1                    1                    processes", 4096)]
    public void The_limit_in_force_is_the_first_of_its_row(string row, int limit) => Assert.Equal(limit, DescriptorLimit.Of(["Limit   Soft Limit   Hard Limit   Units", row]));

    /// <summary>Null when it was reset before it was known to be there.</summary>
    private static async Task<Socket?> TryConnectAsync(HostProcess host, IPAddress from)
    {
        try
        {
            return await ConnectAsync(host, from);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task<Socket> ConnectAsync(HostProcess host, IPAddress from)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, host.Url.Port);
        return socket;
    }

    private static bool IsOpen(Socket socket) => !socket.Poll(0, SelectMode.SelectRead);

    private static async Task<string> GetHealthAsync(HostProcess host)
    {
        using var socket = await ConnectAsync(host, Patient);
        await socket.SendAsync("GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray());
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
