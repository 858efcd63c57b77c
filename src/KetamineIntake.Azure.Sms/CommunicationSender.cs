using Azure;
using Azure.Communication.Sms;
using KetamineIntake.Azure.Reminders;
using KetamineIntake.Core.Reminders.Sending;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Sms;

/// <summary>Sends texts through Azure Communication Services, each with a delivery report and its tag. Accepted is not delivered: that comes with the report.</summary>
internal sealed class CommunicationSender(SmsClient client, ILogger<CommunicationSender> log) : ISmsSender
{
    // Codes of delivery reports (domain 4d) that mean the same as an answer that refuses at once.
    private const int NoSuchNumber = 4004;
    private const int OverLimit = 4008;
    private const int SenderNotAllowed = 4010;

    /// <exception cref="RequestFailedException">Nobody knows whether the text was taken. Says the status and nothing else: the service's words may quote the number.</exception>
    public async Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
    {
        int status;
        SmsReceipt.Refused? refused;
        using var since = RepeatedText.Since(text.Since);
        try
        {
            SmsSendResult result = await client.SendAsync(text.From, text.To, text.Body, new SmsSendOptions(enableDeliveryReport: true) { Tag = text.Tag }, cancellation);
            if (result.Successful)
            {
                return new SmsReceipt.Accepted(result.MessageId);
            }

            status = result.HttpStatusCode;
            refused = Refused(status);
        }
        catch (RequestFailedException whole)
        {
            status = whole.Status;
            refused = RefusedWhole(status);
        }
        catch (Exception unknown)
        {
            // No token, an open circuit, nobody's patience left: for the text it is all the same.
            log.NoAnswer(unknown.GetType().Name);
            throw;
        }

        // Out here, so that the service's own exception is not the inner one of ours.
        return Told(status, refused);
    }

    // Null where the answer says nothing about the text.
    private static SmsReceipt.Refused? RefusedWhole(int status) => status switch
    {
        401 or 403 => new(SenderNotAllowed),
        429 => new(OverLimit),
        _ => null,
    };

    private static SmsReceipt.Refused? Refused(int status) => status switch
    {
        400 => new(NoSuchNumber),
        401 or 403 or 404 => new(SenderNotAllowed),
        429 => new(OverLimit),
        _ => null,
    };

    private SmsReceipt.Refused Told(int status, SmsReceipt.Refused? refused)
    {
        if (refused is null)
        {
            log.NoAnswer($"status {status}");
            throw new RequestFailedException(status, status == 0 ? "The provider could not be reached." : $"The provider answered {status}.");
        }

        log.Refused(status, refused.Code);
        return refused;
    }
}
