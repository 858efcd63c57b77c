using KetamineIntake.Core.Reminders.Sending;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Reminders;

/// <summary>What became of texts, for whoever runs the installation: statuses and codes, never a number or a word of a text. Alerts read the beginnings of these lines.</summary>
internal static partial class TextLog
{
    /// <param name="code">In the codes of delivery reports.</param>
    public static void Refused(this ILogger log, int status, int code)
    {
        if (SmsFailure.Of(code) == SmsFailureKind.SenderBlocked)
        {
            log.SenderBlocked(code);
        }
        else
        {
            log.TextRefused(status, code);
        }
    }

    /// <param name="code">Null when the report names none.</param>
    public static void Undelivered(this ILogger log, int? code)
    {
        if (SmsFailure.Of(code) == SmsFailureKind.SenderBlocked)
        {
            log.SenderBlocked(code!.Value);
        }
        else
        {
            log.TextUndelivered(code);
        }
    }

    [LoggerMessage(3002, LogLevel.Error, "Communication Services gave no answer about a text: {Failure}")]
    public static partial void NoAnswer(this ILogger log, string failure);

    [LoggerMessage(3003, LogLevel.Error, "The sender of texts is blocked: {Code}")]
    private static partial void SenderBlocked(this ILogger log, int code);

    [LoggerMessage(3001, LogLevel.Warning, "Communication Services refused a text with status {Status}: {Code}")]
    private static partial void TextRefused(this ILogger log, int status, int code);

    [LoggerMessage(3004, LogLevel.Warning, "A text was reported undelivered: {Code}")]
    private static partial void TextUndelivered(this ILogger log, int? code);
}
