using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Azure.Reminders;

/// <summary>
/// Gives a text a repeatability id made of its tag, so that the service recognises a text that a crash made us send again. The SDK makes a fresh one for each call, which covers its
/// transport's retries only. The id changes after four minutes: a text that the service itself failed to deliver is sent again after five at the earliest, and that one must go out.
/// </summary>
internal sealed class RepeatedText(IClock clock) : HttpPipelineSynchronousPolicy
{
    private static readonly long Window = Duration.FromMinutes(4).ToTimeSpan().Ticks / TimeSpan.TicksPerSecond;
    private static readonly InstantPattern HttpDate = InstantPattern.CreateWithInvariantCulture("ddd, dd MMM uuuu HH:mm:ss 'GMT'");

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Content is { } content && Read(content) is JsonObject body && Tag(body) is { } tag && body["smsRecipients"] is JsonArray recipients)
        {
            var start = clock.GetCurrentInstant().ToUnixTimeSeconds() / Window * Window;
            foreach (var recipient in recipients.OfType<JsonObject>())
            {
                recipient["repeatabilityRequestId"] = IdOf(tag, (string?)recipient["to"], start).ToString();
                recipient["repeatabilityFirstSent"] = HttpDate.Format(Instant.FromUnixTimeSeconds(start));
            }

            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body.ToJsonString()));
        }
    }

    private static string? Tag(JsonObject body) => (string?)body["smsSendOptions"]?["tag"];

    private static Guid IdOf(string tag, string? to, long start) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{tag}\n{to}\n{start}")).AsSpan(0, 16));

    private static JsonNode? Read(RequestContent content)
    {
        using var buffer = new MemoryStream();
        content.WriteTo(buffer, CancellationToken.None);
        return JsonNode.Parse(buffer.ToArray());
    }
}
