using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>Messages that ride in the commit whose change they announce.</summary>
public static class Outbox
{
    /// <summary>One more change for the commit. The message goes out once the commit is durable, and never before <paramref name="due"/>.</summary>
    public static Change.Insert Row(Message message, Instant due) =>
        new(Rows.OutboxEntry(due, RowId.New()), JsonSerializer.SerializeToUtf8Bytes(message, OutboxJson.Default.Message));

    internal static Message Read(Row row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Body.Span, OutboxJson.Default.Message) ?? throw new RecordIntegrityException(row.Key, "it is not a message.");
        }
        catch (JsonException)
        {
            throw new RecordIntegrityException(row.Key, "it is not a message.");
        }
    }
}

/// <summary>How messages are written: with the names of the properties as they are. Names in stored bodies are permanent.</summary>
[JsonSerializable(typeof(Message))]
internal sealed partial class OutboxJson : JsonSerializerContext;

/// <summary>What a release did.</summary>
/// <param name="Sent">Messages that the queue took.</param>
/// <param name="NextDue">When the next waiting message falls due; null when none waits.</param>
/// <param name="Unreadable">Keys of due rows that could not be read. They stay; the host reports them.</param>
public sealed record OutboxReleased(int Sent, Instant? NextDue, IReadOnlyList<string> Unreadable);
