using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KetamineIntake.Local.Records;

/// <summary>Proves that one delivery of a message is still the current one.</summary>
internal readonly record struct Receipt(long Id, long Version);

/// <summary>A message that was handed out.</summary>
/// <param name="Tries">How often it was handed out, this time included.</param>
internal sealed record Delivery(Message Message, Receipt Receipt, int Tries);

/// <summary>A message that is tried no more until staff put it back.</summary>
/// <param name="Reason">Name of the exception's type; its text may hold anything and is not kept.</param>
internal sealed record PoisonMessage(long Id, Message Message, string Reason, Instant PoisonedAt, int Tries);

/// <summary>The durable queue of all clinics: delivers at least once; a message that is neither completed nor failed comes back when its visibility ends.</summary>
internal sealed class SqliteQueue(SqliteWriter writer, SqliteReaders readers, SqliteConnection connection) : IMessageQueue
{
    public const int MaximumTries = 5;

    /// <summary>Reason of a message whose last try never ended: the process died with it.</summary>
    public const string Abandoned = "Abandoned";

    private readonly QueueStatements statements = new(connection);

    /// <summary>Due at once, behind those that are due already.</summary>
    public Task SendAsync(Message message, CancellationToken cancellation) =>
        writer.WriteAsync(() => Kept(statements.Send(message)), cancellation);

    /// <summary>Hands out the message that has been due longest and hides it for the time given; null when none is due.</summary>
    /// <param name="queue">Null: of any queue.</param>
    public Task<Delivery?> ReceiveAsync(string? queue, Instant now, Duration visibility, CancellationToken cancellation) =>
        writer.WriteAsync(() => Kept(statements.Receive(queue, now, visibility)), cancellation);

    /// <summary>The message is done. False, and nothing happens, when it was handed out again since.</summary>
    public Task<bool> CompleteAsync(Receipt receipt, CancellationToken cancellation) =>
        writer.WriteAsync(() => Kept(statements.Complete(receipt)), cancellation);

    /// <summary>This try failed: the message comes back at <paramref name="retry"/>, or after its fifth try turns to poison. A stale receipt does nothing.</summary>
    /// <param name="reason">Name of an exception type.</param>
    public Task<bool> FailAsync(Receipt receipt, string reason, Instant now, Instant retry, CancellationToken cancellation) =>
        writer.WriteAsync(() => Kept(statements.Fail(receipt, reason, now, retry)), cancellation);

    /// <summary>This try never happened (the host stops): the message is due again and the try does not count. A stale receipt does nothing.</summary>
    public Task<bool> ReturnAsync(Receipt receipt, Instant now, CancellationToken cancellation) =>
        writer.WriteAsync(() => Kept(statements.Return(receipt, now)), cancellation);

    /// <summary>When the next message, of those known now, falls due; null when there is none. Hidden ones count with the end of their visibility.</summary>
    public Task<Instant?> NextDueAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(readers.Read(static reader => QueueReads.NextDue(reader.Connection)));
    }

    /// <summary>One clinic's poison messages, oldest first.</summary>
    public Task<IReadOnlyList<PoisonMessage>> ListPoisonAsync(string clinic, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(readers.Read(reader => QueueReads.Poison(reader.Connection, clinic)));
    }

    /// <summary>Gives a poison message five new tries, due at once. False when this clinic has no such poison message.</summary>
    public Task<bool> PutBackAsync(long id, string clinic, CancellationToken cancellation) =>
        writer.WriteAsync(() => Kept(statements.PutBack(id, clinic)), cancellation);

    private static Applied<T> Kept<T>(T result) => new(result, Keep: true);
}
