using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
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
    /// <exception cref="AggregateException">Some patients were not judged because the store could not answer; all others were. The queue brings the message again.</exception>
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

        // Whoever is due first: what is asked for everybody is long and can wait, today's visits cannot.
        var failures = new List<Exception>();
        await ReviewDueAsync(clinic, failures, cancellation);
        if (await LabBasisRow.IsStaleAsync(clinic, cancellation))
        {
            await RequestAllAsync(clinic, cancellation);
        }

        Report(failures);
    }

    private async Task ReviewDueAsync(ClinicContext clinic, List<Exception> failures, CancellationToken cancellation)
    {
        var today = clinic.DayAt(clock.GetCurrentInstant());
        RowRange? range = Rows.RechecksDueBy(today);
        while (range is { } rest)
        {
            var keys = await KeysAsync(clinic.Records, rest, cancellation);
            foreach (var key in keys)
            {
                await TryAsync(clinic, key, today, failures, cancellation);
            }

            range = keys.Count == Batch ? rest.After(keys[^1]) : null;
        }
    }

    // When the store is away nobody is at fault: rows stay where they are, and the whole sweep comes again.
    private async Task TryAsync(ClinicContext clinic, string key, LocalDate today, List<Exception> failures, CancellationToken cancellation)
    {
        try
        {
            await JudgeAsync(clinic, key, today, cancellation);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            failures.Add(broken);
        }
    }

    // A patient who cannot be judged must not bring the sweep back all day long, nor be forgotten.
    private async Task JudgeAsync(ClinicContext clinic, string key, LocalDate today, CancellationToken cancellation)
    {
        try
        {
            await review.RunAsync(clinic, Rows.RecheckOf(key).PatientId, key, cancellation);
        }
        catch (Exception broken) when (broken is not OperationCanceledException and not RecordStoreException)
        {
            await SetAsideAsync(clinic, key, today, cancellation);
        }
    }

    // Tomorrow's sweep tries again, and a message of the patient's own fails until it stands among the failed ones, where somebody sees it. When another run
    // has moved the row meanwhile, that run has done both.
    private async Task SetAsideAsync(ClinicContext clinic, string key, LocalDate today, CancellationToken cancellation)
    {
        if (await RecheckRow.FindAsync(clinic.Records, key, cancellation) is { } row)
        {
            var patient = Rows.RecheckOf(key).PatientId;
            await clinic.Records.CommitAsync(
                [
                    new Change.Delete(row.Key, row.ETag),
                    new Change.Upsert(Rows.Recheck(today.PlusDays(1), patient), ReadOnlyMemory<byte>.Empty),
                    ReviewLabs.Request(clinic.Clinic.Slug, patient, clock.GetCurrentInstant()),
                ],
                cancellation);
        }
    }

    // The rules or requirements are others than last time: whoever has a visit ahead is judged and planned anew, and everybody's tests are. New documents ask for plans when they
    // are kept (RuleSetArchive); that they went back to earlier ones is seen only here. Whose record cannot be read is asked for too, and the message about them fails where
    // somebody sees it. Thousands of patients do not fit into one message: each gets one, and when all of these are durable it is written down. Dying in between asks for some of
    // them twice, which is harmless.
    private async Task RequestAllAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        await ReplanReminders.RequestAllAsync(clinic.Clinic.Slug, clinic.Records, now, cancellation);
        foreach (var some in (await PatientIds.AllAsync(clinic.Records, cancellation)).Chunk(Core.Records.Changes.Maximum))
        {
            await clinic.Records.CommitAsync([.. some.Select(p => ReviewLabs.Request(clinic.Clinic.Slug, p, now))], cancellation);
        }

        await LabBasisRow.WriteAsync(clinic, cancellation);
    }

    private static void Report(List<Exception> failures)
    {
        if (failures.Count > 0)
        {
            throw new AggregateException($"{failures.Count} patients could not be judged; all others were.", failures);
        }
    }

    // A row that cannot be read says all there is to say with its key.
    private static async Task<List<string>> KeysAsync(IRecordStore records, RowRange due, CancellationToken cancellation)
    {
        var keys = new List<string>(Batch);
        RowRange? range = due;
        while (range is { } rest && keys.Count < Batch)
        {
            range = await ReadAsync(records, rest, keys, cancellation);
        }

        return keys;
    }

    private static async Task<RowRange?> ReadAsync(IRecordStore records, RowRange range, List<string> keys, CancellationToken cancellation)
    {
        try
        {
            await foreach (var row in records.ListAsync(range, cancellation))
            {
                keys.Add(row.Key);
                if (keys.Count == Batch)
                {
                    break;
                }
            }

            return null;
        }
        catch (RecordIntegrityException broken)
        {
            keys.Add(broken.Key);
            return range.After(broken.Key);
        }
    }
}
