using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Azure.Sms;

/// <summary>
/// Gives a text a repeatability id made of its tag, its number and the instant at which the provider was first asked since its last answer. That instant is on record before the provider is
/// asked, so the service recognises a text that a crash made us send again, however much later; a text that the service refused or could not deliver goes again under another id. The SDK makes a
/// fresh id for each call, which covers its transport's retries only.
/// </summary>
internal sealed class RepeatedText : HttpPipelineSynchronousPolicy
{
    private const string Property = "KetamineIntake.TriedSince";

    private static readonly InstantPattern HttpDate = InstantPattern.CreateWithInvariantCulture("ddd, dd MMM uuuu HH:mm:ss 'GMT'");

    /// <summary>Every request until the returned scope ends belongs to a text that was first tried then.</summary>
    public static IDisposable Since(Instant since) => HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = since });

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Property, out var value) && value is Instant since
            && message.Request.Content is { } content && Read(content) is JsonObject body && Tag(body) is { } tag && body["smsRecipients"] is JsonArray recipients)
        {
            foreach (var recipient in recipients.OfType<JsonObject>())
            {
                recipient["repeatabilityRequestId"] = IdOf(tag, (string?)recipient["to"], since).ToString();
                recipient["repeatabilityFirstSent"] = HttpDate.Format(since);
            }

            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body.ToJsonString()));
        }
    }

    private static string? Tag(JsonObject body) => (string?)body["smsSendOptions"]?["tag"];

    private static Guid IdOf(string tag, string? to, Instant since) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{tag}\n{to}\n{InstantPattern.ExtendedIso.Format(since)}")).AsSpan(0, 16));

    private static JsonNode? Read(RequestContent content)
    {
        using var buffer = new MemoryStream();
        content.WriteTo(buffer, CancellationToken.None);
        return JsonNode.Parse(buffer.ToArray());
    }
}
