using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>When each clinic's sweep is due.</summary>
/// <param name="Due">Null when only news can change anything; long ago when its requirements have changed, which is due at once.</param>
public sealed record LabDue(string Clinic, Instant? Due);

/// <summary>What the timer saw.</summary>
/// <param name="Failed">Clinics that could not be asked or told, with the kind of failure; all others were.</param>
public sealed record LabTimerLook(IReadOnlyList<LabDue> Clinics, IReadOnlyList<(string Clinic, string Failure)> Failed);

/// <summary>The timer: one message for each clinic whose morning has come and that has something due. Reads three rows a clinic, however many patients it has.</summary>
public sealed class FlagLabs(ClinicDirectory clinics, IMessageQueue queue, IClock clock)
{
    /// <summary>The clinic's local time from which its sweep may run: before anybody asks, after every date has turned.</summary>
    public static readonly LocalTime Morning = new(6, 0);

    /// <summary>Looks at every clinic; one that cannot be asked does not stop the others.</summary>
    public async Task<LabTimerLook> LookAsync(CancellationToken cancellation)
    {
        var due = new List<LabDue>();
        var failed = new List<(string, string)>();
        foreach (var slug in await clinics.ListAsync(cancellation))
        {
            try
            {
                due.Add(new LabDue(slug, await DueAtAsync(slug, cancellation)));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed.Add((slug, failure.GetType().Name));
            }
        }

        return new LabTimerLook(due, failed);
    }

    /// <summary>One run of a host that remembers nothing: each clinic that is due is told. Running twice tells twice, which does the work once.</summary>
    /// <returns>A clinic that could not be told is among the failed; the next run tells it again.</returns>
    public async Task<LabTimerLook> RunAsync(CancellationToken cancellation)
    {
        var look = await LookAsync(cancellation);
        var now = clock.GetCurrentInstant();
        var failed = look.Failed.ToList();
        foreach (var clinic in look.Clinics.Where(c => c.Due <= now))
        {
            try
            {
                await TellAsync(clinic.Clinic, cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed.Add((clinic.Clinic, failure.GetType().Name));
            }
        }

        return look with { Failed = failed };
    }

    /// <summary>Asks for the sweep of one clinic, now and whether or not it is due: one that finds nothing due does nothing.</summary>
    /// <param name="slug">Of a clinic; the sweep of one that is gone does nothing.</param>
    /// <exception cref="RecordStoreException">The queue did not take it; nobody has been told.</exception>
    public Task TellAsync(string slug, CancellationToken cancellation) =>
        queue.SendAsync(new Message(Queues.Labs, slug, SweepLabs.Everyone), cancellation);

    private async Task<Instant?> DueAtAsync(string slug, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(slug, cancellation) is not { } clinic)
        {
            return null;
        }

        if (await LabBasisRow.IsStaleAsync(clinic, cancellation))
        {
            return Instant.MinValue;
        }

        return await FirstAsync(clinic.Records, cancellation) is { } key ? Rows.RecheckOf(key).Day.At(Morning).InZoneLeniently(clinic.Zone).ToInstant() : null;
    }

    // A row that cannot be read is due on the day in its key: the sweep mends it.
    private static async Task<string?> FirstAsync(IRecordStore records, CancellationToken cancellation)
    {
        try
        {
            await foreach (var row in records.ListAsync(Rows.Rechecks, cancellation))
            {
                return row.Key;
            }
        }
        catch (RecordIntegrityException broken)
        {
            return broken.Key;
        }

        return null;
    }
}
