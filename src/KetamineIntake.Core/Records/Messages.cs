namespace KetamineIntake.Core.Records;

/// <summary>A message that a queue-triggered handler receives, at least once and perhaps late. It carries ids, never health data.</summary>
/// <param name="Queue">One of <see cref="Queues"/>.</param>
/// <param name="Clinic">The partition whose records the handler may touch.</param>
/// <param name="Subject">The id or row key that the handler re-reads before it acts.</param>
public sealed record Message(string Queue, string Clinic, string Subject);

/// <summary>Queue names are permanent: retire one, never reuse it.</summary>
public static class Queues
{
    /// <summary>A row whose keeping time is over (idempotency keys, abandoned drafts).</summary>
    public const string Purge = "purge";

    /// <summary>Each queue that has a handler, for hosts: one trigger, one local handler, one pair of queues in the infrastructure.</summary>
    public static IReadOnlyList<string> All { get; } = [Purge];
}

/// <summary>Hands a message to the durable queue. Throws when the queue did not take it; the outbox row then stays.</summary>
public interface IMessageQueue
{
    Task SendAsync(Message message, CancellationToken cancellation);
}
