using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Local.Hosting;

/// <summary>Which Core handler receives which queue; the Functions host has one queue trigger for each.</summary>
internal sealed class MessageHandlers(IRecordStores stores, ClinicDirectory clinics, PurgeExpired purge, SweepLabs labs)
{
    public IReadOnlyDictionary<string, Func<Message, CancellationToken, Task>> ByQueue => new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal)
    {
        [Queues.Purge] = (message, cancellation) => purge.RunAsync(stores.Open(message.Clinic), message, cancellation),
        [Queues.Labs] = async (message, cancellation) =>
        {
            // A clinic that is gone has nobody left to flag.
            if (await clinics.FindAsync(message.Clinic, cancellation) is { } clinic)
            {
                await labs.RunAsync(clinic, message, cancellation);
            }
        },
    };
}
