using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Receives the queue "labs": one patient who has to be judged again, or the morning's sweep of a clinic. May run twice, late, or after days of silence.</summary>
public sealed class SweepLabs(ClinicDirectory clinics, ReviewLabs review, IClock clock)
{
    /// <summary>The subject of the sweep's message; every other subject is a patient's id.</summary>
    public const string Everyone = "sweep";

    // Read ahead a little: each patient that is done leaves the index, so a sweep that was killed goes on where it was.
    private const int Batch = 100;

    /// <exception cref="RecordStoreException">The store could not answer; the queue brings the message again.</exception>
    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        // A clinic that is gone has nobody left to flag.
        if (await clinics.FindAsync(message.Clinic, cancellation) is { } clinic)
        {
            await RunAsync(clinic, message.Subject, cancellation);
        }
    }

    internal async Task RunAsync(ClinicContext clinic, string subject, CancellationToken cancellation)
    {
        if (subject != Everyone)
        {
            await review.RunAsync(clinic, subject, cancellation);
            return;
        }

        var failures = new List<Exception>();
        if (await LabBasisRow.IsStaleAsync(clinic, cancellation))
        {
            await ReviewAllAsync(clinic, failures, cancellation);
        }

        await ReviewDueAsync(clinic, failures, cancellation);
        Report(failures);
    }

    private async Task ReviewDueAsync(ClinicContext clinic, List<Exception> failures, CancellationToken cancellation)
    {
        RowRange? range = Rows.RechecksDueBy(clinic.DayAt(clock.GetCurrentInstant()));
        while (range is { } rest)
        {
            var keys = await KeysAsync(clinic.Records, rest, cancellation);
            foreach (var key in keys)
            {
                await TryAsync(() => review.RunAsync(clinic, Rows.RecheckOf(key).PatientId, key, cancellation), failures);
            }

            range = keys.Count == Batch ? rest.After(keys[^1]) : null;
        }
    }

    // A patient who cannot be judged keeps their place in the index and holds nobody else back, whatever the reason.
    private static async Task TryAsync(Func<Task> judge, List<Exception> failures)
    {
        try
        {
            await judge();
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            failures.Add(broken);
        }
    }

    // The requirements are others than last time: everybody who may be affected is judged again, and then it is written down that they were.
    private async Task ReviewAllAsync(ClinicContext clinic, List<Exception> failures, CancellationToken cancellation)
    {
        var before = failures.Count;
        await foreach (var row in clinic.Records.ListAsync(Rows.Referrals, cancellation))
        {
            await TryAsync(() => review.RunAsync(clinic, RecordJson.Read<Referral>(row).PatientId, cancellation), failures);
        }

        if (failures.Count == before)
        {
            await LabBasisRow.WriteAsync(clinic, cancellation);
        }
    }

    private static void Report(List<Exception> failures)
    {
        if (failures.Count > 0)
        {
            throw new AggregateException($"{failures.Count} patients could not be judged; all others were.", failures);
        }
    }

    private static async Task<List<string>> KeysAsync(IRecordStore records, RowRange range, CancellationToken cancellation)
    {
        var keys = new List<string>(Batch);
        await foreach (var row in records.ListAsync(range, cancellation))
        {
            keys.Add(row.Key);
            if (keys.Count == Batch)
            {
                break;
            }
        }

        return keys;
    }
}
