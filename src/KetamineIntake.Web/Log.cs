using Microsoft.Extensions.Logging;

namespace KetamineIntake.Web;

/// <summary>Everything this project can log. Ids and type names only: an exception's message may quote what a patient wrote.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "Request {TraceId} failed: {ExceptionType}.")]
    public static partial void RequestFailed(ILogger logger, string traceId, string? exceptionType);

    [LoggerMessage(1002, LogLevel.Error, "Request {TraceId} failed after its answer had begun: {ExceptionType}. The connection was cut.")]
    public static partial void AnswerCutShort(ILogger logger, string traceId, string? exceptionType);

    [LoggerMessage(1003, LogLevel.Warning, "Request {TraceId}: the record store cannot answer (full: {IsFull}).")]
    public static partial void StoreUnavailable(ILogger logger, string traceId, bool isFull);

    [LoggerMessage(1004, LogLevel.Warning, "Too many wrong staff keys for clinic {Clinic}; further keys from the same address are refused for a while.")]
    public static partial void TooManyWrongKeys(ILogger logger, string clinic);
}
