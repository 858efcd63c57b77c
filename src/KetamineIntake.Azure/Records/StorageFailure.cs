using Azure;
using Azure.Identity;
using KetamineIntake.Core.Records;
using Polly;
using Polly.CircuitBreaker;

namespace KetamineIntake.Azure.Records;

/// <summary>What the storage account's failures mean to the port.</summary>
internal static class StorageFailure
{
    private const int InsufficientStorage = 507;

    /// <summary>The service answered badly or not at all. Anything else is a mistake of ours and passes through.</summary>
    public static bool IsOutage(Exception failure, CancellationToken cancellation) => failure switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        RequestFailedException or HttpRequestException or IOException or ExecutionRejectedException or AuthenticationFailedException => true,
        AggregateException several => several.InnerExceptions.All(one => IsOutage(one, cancellation)),
        _ => false,
    };

    /// <summary>Nothing reached the service, or it refused before it began: what was asked for was certainly not done.</summary>
    public static bool IsCertainlyUndone(Exception failure) => failure switch
    {
        BrokenCircuitException or AuthenticationFailedException => true,
        RequestFailedException { Status: >= 400 and < 500 and not 408 and not 429 } => true,
        _ => false,
    };

    public static RecordStoreException ToOutage(Exception failure) =>
        new("The storage account cannot answer.", failure, isFull: failure is RequestFailedException { Status: InsufficientStorage });
}
