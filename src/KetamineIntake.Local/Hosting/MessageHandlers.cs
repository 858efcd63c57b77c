using KetamineIntake.Core.Records;

namespace KetamineIntake.Local.Hosting;

/// <summary>Which Core handler receives which queue; the Functions host has one queue trigger for each.</summary>
internal sealed class MessageHandlers(IRecordStores stores, PurgeExpired purge)
{
    public IReadOnlyDictionary<string, Func<Message, CancellationToken, Task>> ByQueue => new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal)
    {
        [Queues.Purge] = (message, cancellation) => purge.RunAsync(stores.Open(message.Clinic), message, cancellation),
    };
}
