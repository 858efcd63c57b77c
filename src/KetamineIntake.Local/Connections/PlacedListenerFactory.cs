using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Local.Connections;

/// <summary>The server's socket transport, behind a door that counts.</summary>
internal sealed class PlacedListenerFactory(ConnectionPlaces places, ILoggerFactory logs) : IConnectionListenerFactory
{
    // Who waits for a place waits here; the system caps it (net.core.somaxconn).
    private const int Backlog = 4096;

    // A slow phone sends and reads faster than this; who does not holds a place for nothing.
    private const double SlowestBytesPerSecond = 240;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton(s => new ConnectionPlaces(DescriptorLimit.Read(), s.GetRequiredService<Web.Security.TrustedProxies>()));
        services.AddSingleton<IConnectionListenerFactory, PlacedListenerFactory>();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, Grace);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(SlowestBytesPerSecond, Grace);
        });
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var options = new SocketTransportOptions();
        try
        {
            var socket = options.CreateBoundListenSocket(endpoint);
            socket.Listen(Backlog);
            return ValueTask.FromResult<IConnectionListener>(
                new PlacedListener(socket, places, new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), logs.CreateLogger<PlacedListenerFactory>())));
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(taken.Message, taken);
        }
    }
}
