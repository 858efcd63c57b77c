using KetamineIntake.Core.Records;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KetamineIntake.Local.Records;

/// <summary>The queue's changes as statements of the writer's connection. Used by the writer alone. Instants are stored as Unix ticks (100 ns).</summary>
internal sealed class QueueStatements(SqliteConnection connection)
{
    // Sent without a time: due since ever, so that a message that is tried again never overtakes it.
    private readonly SqliteCommand send = connection.Statement(
        "INSERT INTO messages (queue, clinic, subject, visible) VALUES ($queue, $clinic, $subject, 0)", "$queue", "$clinic", "$subject");

    private readonly SqliteCommand due = connection.Statement(
        """
        SELECT id, queue, clinic, subject, tries, receipt FROM messages
        WHERE poison IS NULL AND visible <= $now AND ($queue IS NULL OR queue = $queue) ORDER BY visible, id LIMIT 1
        """,
        "$now", "$queue");

    private readonly SqliteCommand hide = connection.Statement(
        "UPDATE messages SET visible = $until, tries = tries + 1, receipt = receipt + 1 WHERE id = $id", "$until", "$id");

    private readonly SqliteCommand complete = connection.Statement(
        "DELETE FROM messages WHERE id = $id AND receipt = $receipt AND poison IS NULL", "$id", "$receipt");

    private readonly SqliteCommand fail = connection.Statement(
        """
        UPDATE messages SET receipt = receipt + 1, visible = $retry,
            poison = CASE WHEN tries >= $tries THEN $reason END, poisoned = CASE WHEN tries >= $tries THEN $now END
        WHERE id = $id AND receipt = $receipt AND poison IS NULL
        """,
        "$retry", "$tries", "$reason", "$now", "$id", "$receipt");

    private readonly SqliteCommand giveBack = connection.Statement(
        "UPDATE messages SET receipt = receipt + 1, visible = $now, tries = tries - 1 WHERE id = $id AND receipt = $receipt AND poison IS NULL",
        "$now", "$id", "$receipt");

    private readonly SqliteCommand putBack = connection.Statement(
        "UPDATE messages SET poison = NULL, poisoned = NULL, tries = 0, visible = 0 WHERE id = $id AND clinic = $clinic AND poison IS NOT NULL", "$id", "$clinic");

    public bool Send(Message message) => send.With(message.Queue, message.Clinic, message.Subject).ExecuteNonQuery() == 1;

    public Delivery? Receive(string? queue, Instant now, Duration visibility)
    {
        while (FindDue(queue, now) is { } found)
        {
            if (found.Tries <= SqliteQueue.MaximumTries)
            {
                hide.With(Ticks(now + visibility), found.Receipt.Id).ExecuteNonQuery();
                return found;
            }

            // Its last try neither ended well nor failed. A message that takes the process down with it must not do so for ever.
            Fail(found.Receipt with { Version = found.Receipt.Version - 1 }, SqliteQueue.Abandoned, now, now);
        }

        return null;
    }

    public bool Complete(Receipt receipt) => complete.With(receipt.Id, receipt.Version).ExecuteNonQuery() == 1;

    public bool Fail(Receipt receipt, string reason, Instant now, Instant retry) =>
        fail.With(Ticks(retry), SqliteQueue.MaximumTries, reason, Ticks(now), receipt.Id, receipt.Version).ExecuteNonQuery() == 1;

    public bool Return(Receipt receipt, Instant now) => giveBack.With(Ticks(now), receipt.Id, receipt.Version).ExecuteNonQuery() == 1;

    public bool PutBack(long id, string clinic) => putBack.With(id, clinic).ExecuteNonQuery() == 1;

    private static long Ticks(Instant instant) => instant.ToUnixTimeTicks();

    // As it will be once handed out: one more try, the next receipt.
    private Delivery? FindDue(string? queue, Instant now)
    {
        using var reader = due.With(Ticks(now), (object?)queue ?? DBNull.Value).ExecuteReader();
        return reader.Read()
            ? new Delivery(QueueReads.Message(reader, 1), new Receipt(reader.GetInt64(0), reader.GetInt64(5) + 1), reader.GetInt32(4) + 1)
            : null;
    }
}

/// <summary>What the queue is asked without changing it.</summary>
internal static class QueueReads
{
    public static Instant? NextDue(SqliteConnection connection)
    {
        using var command = connection.Statement("SELECT min(visible) FROM messages WHERE poison IS NULL");
        return command.ExecuteScalar() is long ticks ? Instant.FromUnixTimeTicks(ticks) : null;
    }

    public static IReadOnlyList<PoisonMessage> Poison(SqliteConnection connection, string clinic)
    {
        using var command = connection.Statement(
            "SELECT id, queue, clinic, subject, poison, poisoned, tries FROM messages WHERE clinic = $clinic AND poison IS NOT NULL ORDER BY id", "$clinic");
        using var reader = command.With(clinic).ExecuteReader();
        var messages = new List<PoisonMessage>();
        while (reader.Read())
        {
            messages.Add(new PoisonMessage(reader.GetInt64(0), Message(reader, 1), reader.GetString(4), Instant.FromUnixTimeTicks(reader.GetInt64(5)), reader.GetInt32(6)));
        }

        return messages;
    }

    public static Message Message(SqliteDataReader reader, int column) =>
        new(reader.GetString(column), reader.GetString(column + 1), reader.GetString(column + 2));
}
