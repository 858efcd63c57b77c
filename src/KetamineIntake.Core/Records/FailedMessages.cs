using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>A message that failed five tries and waits for somebody at the clinic.</summary>
/// <param name="Id">Names the message when it is put back.</param>
/// <param name="Reason">Name of what the last try threw; never its text, which could hold health data.</param>
public sealed record FailedMessage(string Id, string Queue, string Subject, string Reason, Instant FailedAt, int Tries);

/// <summary>The poison queue, as one clinic's staff may see it and act on it.</summary>
public interface IFailedMessages
{
    /// <summary>The clinic's failed messages, oldest first.</summary>
    Task<IReadOnlyList<FailedMessage>> ListAsync(string clinic, CancellationToken cancellation);

    /// <summary>Gives the message five new tries, due at once. False when this clinic has no such message.</summary>
    Task<bool> PutBackAsync(string clinic, string id, CancellationToken cancellation);
}

/// <summary>How many messages wait in each queue's poison queue, of all clinics together; queues without any are left out. For the host's timer, which tells whoever runs it.</summary>
public delegate Task<IReadOnlyList<(string Queue, int Count)>> CountFailedMessages(CancellationToken cancellation);

/// <summary>Takes the end of its time away from every failed message that has one: the platform sets it, and nobody may have looked by then. Running it again changes nothing.</summary>
public delegate Task KeepFailedMessages(CancellationToken cancellation);
