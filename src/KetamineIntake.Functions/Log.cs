using KetamineIntake.Core.Records;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions;

/// <summary>Everything this host can log: ids, counts and type names, never a patient's name, number, answer or text.</summary>
internal static partial class Log
{
    public static void Report(this ILogger log, ClinicReleased released)
    {
        if (released.Outage is { } outage)
        {
            log.ReleaseDelayed(released.Clinic, outage.InnerException?.GetType().Name ?? outage.GetType().Name);
        }

        if (released.Unreadable > 0)
        {
            log.OutboxUnreadable(released.Unreadable, released.Clinic);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "The clinic {Clinic} was made from the settings")]
    public static partial void ClinicMade(this ILogger log, string clinic);

    [LoggerMessage(2002, LogLevel.Error, "The clinics of the settings wait because the store cannot answer: {Failure}")]
    public static partial void SeedDelayed(this ILogger log, string failure);

    [LoggerMessage(2003, LogLevel.Error, "Messages of clinic {Clinic} wait because they could not be sent on: {Failure}")]
    public static partial void ReleaseDelayed(this ILogger log, string clinic, string failure);

    [LoggerMessage(2004, LogLevel.Error, "Due messages cannot be read and were left where they are: {Count} of clinic {Clinic}")]
    public static partial void OutboxUnreadable(this ILogger log, int count, string clinic);

    [LoggerMessage(2005, LogLevel.Warning, "The timer {Timer} runs late; it does now what has fallen due meanwhile")]
    public static partial void TimerIsLate(this ILogger log, string timer);

    [LoggerMessage(2006, LogLevel.Error, "Failed messages wait in the queue {Queue}-poison: {Count}")]
    public static partial void FailedMessagesWait(this ILogger log, string queue, int count);

    [LoggerMessage(2007, LogLevel.Information, "The timer {Timer} ran for {Clinics} clinics")]
    public static partial void TimerRan(this ILogger log, string timer, int clinics);

    [LoggerMessage(2008, LogLevel.Error, "The laboratory tests of clinic {Clinic} could not be looked at: {Failure}")]
    public static partial void LabsNotLookedAt(this ILogger log, string clinic, string failure);

    [LoggerMessage(2009, LogLevel.Warning, "The keys of forms and sessions could not be read ahead and are read by the first form: {Failure}")]
    public static partial void KeyRingDelayed(this ILogger log, string failure);
}
