using System.Text.Json;
using System.Text.Json.Serialization;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>A message as it lies in a storage queue: the clinic and the subject; the queue itself says the rest. Names are permanent: messages outlive deployments.</summary>
internal sealed record MessageText(string Clinic, string Subject)
{
    public static string Write(Message message) => JsonSerializer.Serialize(new MessageText(message.Clinic, message.Subject), MessageJson.Default.MessageText);

    /// <summary>Null when the text is not one of ours.</summary>
    public static Message? TryRead(string queue, string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, MessageJson.Default.MessageText) is { } read && RowKeys.IsValid(read.Clinic) ? new Message(queue, read.Clinic, read.Subject) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="FormatException">The text is not one of ours; it is not repeated.</exception>
    public static Message Read(string queue, string text) => TryRead(queue, text) ?? throw new FormatException($"A message of the queue {queue} does not have the form of a message.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(MessageText))]
internal sealed partial class MessageJson : JsonSerializerContext;
