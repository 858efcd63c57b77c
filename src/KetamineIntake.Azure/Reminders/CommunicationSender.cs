using Azure;
using Azure.Communication.Sms;
using KetamineIntake.Core.Reminders.Sending;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Reminders;

/// <summary>Sends texts through Azure Communication Services, each with a delivery report and its tag. Accepted is not delivered: that comes with the report.</summary>
internal sealed partial class CommunicationSender(SmsClient client, ILogger<CommunicationSender> log) : ISmsSender
{
    // Codes of delivery reports (domain 4d) that mean the same as an answer that refuses at once.
    private const int NoSuchNumber = 4004;
    private const int OverLimit = 4008;
    private const int SenderNotAllowed = 4010;

    /// <exception cref="RequestFailedException">Nobody knows whether the text was taken. Says the status and nothing else: the service's words may quote the number.</exception>
    public async Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
    {
        int status;
        using var since = RepeatedText.Since(text.Since);
        try
        {
            SmsSendResult result = await client.SendAsync(text.From, text.To, text.Body, new SmsSendOptions(enableDeliveryReport: true) { Tag = text.Tag }, cancellation);
            return result.Successful ? new SmsReceipt.Accepted(result.MessageId) : Told(Refused(result.HttpStatusCode));
        }
        catch (RequestFailedException whole)
        {
            status = whole.Status;
        }

        // Out here, so that the service's own exception is not the inner one of ours.
        return Told(RefusedWhole(status));
    }

    private static SmsReceipt.Refused RefusedWhole(int status) => status switch
    {
        401 or 403 => new(SenderNotAllowed),
        429 => new(OverLimit),
        0 => throw new RequestFailedException("The provider could not be reached."),
        _ => throw new RequestFailedException(status, $"The provider answered {status}."),
    };

    private SmsReceipt.Refused Told(SmsReceipt.Refused refused)
    {
        TextRefused(log, refused.Code);
        return refused;
    }

    [LoggerMessage(3001, LogLevel.Warning, "Communication Services refused a text: {Code}")]
    private static partial void TextRefused(ILogger log, int code);

    private static SmsReceipt.Refused Refused(int status) => status switch
    {
        400 => new(NoSuchNumber),
        401 or 403 or 404 => new(SenderNotAllowed),
        429 => new(OverLimit),

        // Its words are not repeated: they may quote the number.
        _ => throw new RequestFailedException(status, $"The provider answered {status} for one text."),
    };
}

/// <summary>An installation that sends no texts says so at each one.</summary>
internal sealed class NoSender : ISmsSender
{
    private const int Unsupported = 4003;

    public Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation) => Task.FromResult<SmsReceipt>(new SmsReceipt.Refused(Unsupported));
}
