using System.Threading.Channels;

namespace KetamineIntake.Local.Hosting;

/// <summary>Wakes the dispatcher when a commit has left messages behind. One waiting signal is enough: a pass looks at every clinic.</summary>
internal sealed class MessageSignal
{
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise(string partition) => signals.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(atMost);
        try
        {
            await signals.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over: the caller looks for what has fallen due meanwhile.
        }
    }
}
