using KetamineIntake.Core.Clinics;
using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>The timer behind the outboxes: sends, for every clinic, what was left behind and what has fallen due. Reads only what is due.</summary>
public sealed class ReleaseMessages(ClinicDirectory clinics, IRecordStores stores, IMessageQueue queue, IClock clock)
{
    /// <summary>What was done for each clinic. A clinic that fails does not hold back the others.</summary>
    public async Task<IReadOnlyList<ClinicReleased>> RunAsync(CancellationToken cancellation)
    {
        var released = new List<ClinicReleased>();
        foreach (var clinic in await clinics.ListAsync(cancellation))
        {
            released.Add(await RunAsync(clinic, cancellation));
        }

        return released;
    }

    /// <summary>The same for one clinic.</summary>
    public async Task<ClinicReleased> RunAsync(string clinic, CancellationToken cancellation)
    {
        try
        {
            var done = await OutboxRelease.ReleaseAsync(clinic, stores.Open(clinic), queue, clock.GetCurrentInstant(), cancellation);
            return new ClinicReleased(clinic, done.Sent, done.Unreadable.Count, null);
        }
        catch (RecordStoreException outage)
        {
            return new ClinicReleased(clinic, 0, 0, outage);
        }
    }
}

/// <summary>What a release did for one clinic.</summary>
/// <param name="Unreadable">Due messages that cannot be read; they stay.</param>
/// <param name="Outage">Why it stopped halfway; the rest goes out next time.</param>
public sealed record ClinicReleased(string Clinic, int Sent, int Unreadable, RecordStoreException? Outage);
