using System.Text.Json;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What the timer did.</summary>
/// <param name="Told">Clinics that got a message.</param>
/// <param name="Failed">Clinics that could not be asked, with the kind of failure; the others were.</param>
public sealed record LabTimerRun(IReadOnlyList<string> Told, IReadOnlyList<(string Clinic, string Failure)> Failed);

/// <summary>The timer: one message for each clinic whose morning has come and that has something due. Reads one or two rows a clinic, however many patients it has.</summary>
public sealed class FlagLabs(ClinicDirectory clinics, IMessageQueue queue, IClock clock)
{
    /// <summary>The clinic's local time from which its sweep may run: before anybody asks, after every date has turned.</summary>
    public static readonly LocalTime Morning = new(6, 0);

    /// <param name="mayTell">Asked with the clinic and the time its sweep was due; a host that keeps running says no to what it has already sent.</param>
    public async Task<LabTimerRun> RunAsync(Func<string, Instant, bool> mayTell, CancellationToken cancellation)
    {
        var told = new List<string>();
        var failed = new List<(string, string)>();
        foreach (var slug in await clinics.ListAsync(cancellation))
        {
            try
            {
                if (await DueAtAsync(slug, cancellation) is { } due && due <= clock.GetCurrentInstant() && mayTell(slug, due))
                {
                    await queue.SendAsync(new Message(Queues.Labs, slug, SweepLabs.Everyone), cancellation);
                    told.Add(slug);
                }
            }
            catch (Exception failure) when (failure is RecordStoreException or RecordIntegrityException or JsonException or InvalidOperationException)
            {
                failed.Add((slug, failure.GetType().Name));
            }
        }

        return new LabTimerRun(told, failed);
    }

    /// <summary>When the clinic's next sweep is due; null when only news can change anything. A change of its requirements is due at once.</summary>
    public async Task<Instant?> DueAtAsync(string slug, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(slug, cancellation) is not { } clinic)
        {
            return null;
        }

        if (await LabBasisRow.IsStaleAsync(clinic, cancellation))
        {
            return Instant.MinValue;
        }

        await foreach (var row in clinic.Records.ListAsync(Rows.Rechecks, cancellation))
        {
            return Rows.RecheckOf(row.Key).Day.At(Morning).InZoneLeniently(clinic.Zone).ToInstant();
        }

        return null;
    }
}
