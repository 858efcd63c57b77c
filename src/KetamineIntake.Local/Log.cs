using Microsoft.Extensions.Logging;

namespace KetamineIntake.Local;

/// <summary>Everything this host can log: ids, counts and type names, never a patient's name, number, answer or text.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A message of queue {Queue} in clinic {Clinic} failed its try number {Tries}: {Failure}")]
    public static partial void MessageFailed(this ILogger log, string queue, string clinic, int tries, string failure);

    [LoggerMessage(2, LogLevel.Error, "Clinic {Clinic} has {Count} due messages that cannot be read; they were left where they are")]
    public static partial void OutboxUnreadable(this ILogger log, string clinic, int count);

    [LoggerMessage(3, LogLevel.Error, "Messages wait because they cannot be passed on just now: {Failure}")]
    public static partial void DispatchDelayed(this ILogger log, string failure);

    [LoggerMessage(4, LogLevel.Error, "Clinic {Clinic} could not be asked whether laboratory tests are due: {Failure}")]
    public static partial void LabTimerFailed(this ILogger log, string clinic, string failure);

    [LoggerMessage(5, LogLevel.Warning, "The clock went back: texts of every visit ahead are planned anew, because some may have been found late that are not")]
    public static partial void ClockWentBack(this ILogger log);
}
