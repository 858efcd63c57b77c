using System.Collections.Concurrent;
using System.Threading.Channels;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Which clinics' commits have left messages behind. A clinic waits in line once, however many of its commits ask.</summary>
internal sealed class MessageSignal
{
    private readonly Channel<string> clinics = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, bool> waiting = new(StringComparer.Ordinal);

    public void Raise(string partition)
    {
        if (waiting.TryAdd(partition, true))
        {
            clinics.Writer.TryWrite(partition);
        }
    }

    /// <summary>The next clinic; what it commits from here on puts it in line again.</summary>
    public async Task<string> NextAsync(CancellationToken cancellation)
    {
        var clinic = await clinics.Reader.ReadAsync(cancellation);
        waiting.TryRemove(clinic, out _);
        return clinic;
    }
}
