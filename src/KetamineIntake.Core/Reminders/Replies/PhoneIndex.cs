using System.Collections.Concurrent;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>How far the patients from before the index were written into it.</summary>
/// <param name="After">The last patient that was; null before the first.</param>
/// <param name="Form">Which normal form the numbers have there; null: the first one.</param>
public sealed record IndexedPhones(string? After, bool IsComplete, int? Form = null);

/// <summary>
/// Intake writes each new patient's number into the index. Patients from before it did, or did in another normal form, are written when their clinic's numbers are first looked at,
/// in pages that a stop halfway does not lose.
/// </summary>
internal sealed class PhoneIndex(PhoneBook phones)
{
    private const int Attempts = 5;

    // Three rows each, and the progress.
    private const int Page = 30;

    // Counted up whenever the same number comes to be written in another way.
    private const int Form = 2;

    private readonly ConcurrentDictionary<string, bool> complete = new(StringComparer.Ordinal);

    public async Task CompleteAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        if (complete.ContainsKey(clinic.Clinic.Slug))
        {
            return;
        }

        var row = await clinic.Records.FindAsync(Rows.PhonesIndexed, cancellation);
        var progress = row is not null && RecordJson.Read<IndexedPhones>(row) is { Form: Form } written ? written : new IndexedPhones(null, false);
        if (!progress.IsComplete)
        {
            var ids = await PatientIds.AllAsync(clinic.Records, cancellation);
            var rest = ids.Where(id => progress.After is null || string.CompareOrdinal(id, progress.After) > 0);
            foreach (var some in rest.Chunk(Page))
            {
                await WriteAsync(clinic, some, cancellation);
            }

            await clinic.Records.CommitAsync([Write(new IndexedPhones(ids.Count > 0 ? ids[^1] : null, true, Form))], cancellation);
        }

        complete[clinic.Clinic.Slug] = true;
    }

    // Repeated when a text to one of them goes at the same moment: what that wrote is newer.
    private async Task WriteAsync(ClinicContext clinic, IReadOnlyList<string> some, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            List<Change> changes = [Write(new IndexedPhones(some[^1], false, Form))];
            foreach (var id in some)
            {
                changes.AddRange(await EntriesAsync(clinic, id, cancellation));
            }

            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return;
            }
        }

        throw RecordStoreException.Contended("The index of numbers kept meeting changes of others.");
    }

    // What cannot be read must not keep the others' numbers from being known.
    private async Task<IReadOnlyList<Change>> EntriesAsync(ClinicContext clinic, string id, CancellationToken cancellation)
    {
        var changes = new List<Change>();
        try
        {
            if (await clinic.Records.FindAsync(Rows.Patient(id), cancellation) is not { } row)
            {
                return changes;
            }

            var patient = RecordJson.Read<Patient>(row);
            var hash = await phones.GatherAsync(clinic, patient.Phone, cancellation);
            changes.Add(PhoneBook.Entry(hash, id));
            if (PhoneNumber.NormalOf(patient.Phone) is var normal && normal != patient.Phone)
            {
                changes.Add(new Change.Replace(row.Key, RecordJson.Write(patient with { Phone = normal }), row.ETag));
            }

            if (await clinic.Records.FindAsync(Rows.Texted(hash, id), cancellation) is null && await TextedAsync(clinic, id, cancellation) is { } texted)
            {
                changes.Add(new Change.Insert(Rows.Texted(hash, id), RecordJson.Write(texted)));
            }
        }
        catch (RecordIntegrityException)
        {
            return changes;
        }

        return changes;
    }

    /// <summary>What the texts of before have left; null when none went.</summary>
    private static async Task<TextedPatient?> TextedAsync(ClinicContext clinic, string id, CancellationToken cancellation)
    {
        TextedPatient? texted = null;
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientReminders(id), cancellation))
        {
            var reminder = RecordJson.Read<Reminder>(row);
            texted = reminder.CountsAt is { } at ? TextedPatient.With(texted, reminder, at) : texted;
        }

        return texted;
    }

    private static Change.Upsert Write(IndexedPhones progress) => new(Rows.PhonesIndexed, RecordJson.Write(progress));
}
