using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Local.Records;

/// <summary>Hands due messages to their handlers, one after the other. Several pumps may run at a time.</summary>
/// <param name="handlers">By queue name. A message of a queue without a handler fails its tries like any other and ends where staff see it.</param>
/// <param name="onFailure">Told of each failed try: the message, how many tries it had, and what the handler threw. Must not throw.</param>
internal sealed class QueuePump(
    SqliteQueue queue,
    IReadOnlyDictionary<string, Func<Message, CancellationToken, Task>> handlers,
    Action<Delivery, Exception> onFailure)
{
    /// <summary>Between a failed try and the next; the same after each. Growing waits are decisions of Core.</summary>
    public static readonly Duration RetryDelay = Duration.FromSeconds(30);

    /// <summary>After this long a message whose handler never ended (a crash) is handed out again. Longer than any handler may take.</summary>
    public static readonly Duration Visibility = Duration.FromMinutes(5);

    /// <summary>Handles every message that is due at <paramref name="now"/>, those that handlers send meanwhile included; returns how many tries were made.</summary>
    /// <exception cref="RecordStoreException">The queue could not answer; messages that were under way come back.</exception>
    public async Task<int> RunDueAsync(Instant now, CancellationToken cancellation)
    {
        var tries = 0;
        while (await queue.ReceiveAsync(null, now, Visibility, cancellation) is { } delivery)
        {
            await HandleAsync(delivery, now, cancellation);
            tries++;
        }

        return tries;
    }

    /// <summary>When to run again; null when no message is known. Messages sent later are the host's to notice.</summary>
    public Task<Instant?> NextDueAsync(CancellationToken cancellation) => queue.NextDueAsync(cancellation);

    private async Task HandleAsync(Delivery delivery, Instant now, CancellationToken cancellation)
    {
        try
        {
            await HandlerOf(delivery.Message)(delivery.Message, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await queue.ReturnAsync(delivery.Receipt, now, CancellationToken.None);
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws counts as a failed try and must not stop the others' messages.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            onFailure(delivery, failure);
            await queue.FailAsync(delivery.Receipt, failure.GetType().Name, now, now + RetryDelay, CancellationToken.None);
            return;
        }

        // Not cancellable: the work is done, and stopping here would do it again.
        await queue.CompleteAsync(delivery.Receipt, CancellationToken.None);
    }

    private Func<Message, CancellationToken, Task> HandlerOf(Message message) =>
        handlers.TryGetValue(message.Queue, out var handler) ? handler : throw new NotSupportedException("No handler for this queue.");
}
