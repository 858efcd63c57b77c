using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace KetamineIntake.Local.Connections;

/// <summary>
/// Accepts a connection only when there is a place for it; whoever comes meanwhile waits in the system's queue, which costs this process nothing. (The server's own limit closes after accepting: newcomers
/// lose, and a flood still takes the last descriptor.) A thread of its own accepts: in a flood others stand behind those who are turned away, and the pool's threads are busy.
/// </summary>
internal sealed class PlacedListener : IConnectionListener
{
    private static readonly TimeSpan AfterShortage = TimeSpan.FromMilliseconds(100);

    // Turned away by a reset and not politely: the one who floods keeps the memory of it.
    private static readonly LingerOption Reset = new(true, 0);

    private readonly Socket socket;
    private readonly ConnectionPlaces places;
    private readonly SocketConnectionContextFactory connections;
    private readonly CancellationTokenSource unbound = new();

    // Holds no more than there are places.
    private readonly Channel<(Socket Socket, Action Leave)> accepted = Channel.CreateUnbounded<(Socket, Action)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public PlacedListener(Socket socket, ConnectionPlaces places, SocketConnectionContextFactory connections)
    {
        (this.socket, this.places, this.connections, EndPoint) = (socket, places, connections, socket.LocalEndPoint!);
        new Thread(Accept) { IsBackground = true, Name = "accept" }.Start();
    }

    public EndPoint EndPoint { get; }

    /// <summary>Null when nothing is accepted any more.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await accepted.Reader.WaitToReadAsync(cancellationToken) && accepted.Reader.TryRead(out var next)
            ? new PlacedConnection(connections.Create(next.Socket), next.Leave)
            : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        unbound.Cancel();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (accepted.Reader.TryRead(out var next))
        {
            next.Socket.Dispose();
            next.Leave();
        }

        connections.Dispose();
    }

    private void Accept()
    {
        try
        {
            while (!unbound.IsCancellationRequested)
            {
                places.Wait(unbound.Token);
                TakeNext();
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            // Unbound: the channel's end says so to who waits.
        }
        finally
        {
            accepted.Writer.TryComplete();
        }
    }

    /// <summary>Passes the next connection on with the place that was waited for, or turns it away and leaves the place.</summary>
    private void TakeNext()
    {
        Socket? next = null;
        Action? leave = null;
        try
        {
            next = socket.Accept();
            leave = places.Take(next.RemoteEndPoint);
            if (leave is null)
            {
                next.LingerState = Reset;
                places.Leave();
                return;
            }

            if (EndPoint is IPEndPoint)
            {
                next.NoDelay = true;
            }

            if (accepted.Writer.TryWrite((next, leave)))
            {
                next = null;
                return;
            }

            leave();
        }
        catch (SocketException failure)
        {
            // Gone before it was looked at, or no descriptor for it: the next one may do.
            (leave ?? places.Leave)();
            if (failure.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                unbound.Token.WaitHandle.WaitOne(AfterShortage);
            }
        }
        finally
        {
            next?.Dispose();
        }
    }
}
