using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Brings what is kept of a number under another form of it together under the normal one: what was said about texts, who has it, and whom we texted.</summary>
internal static class MovedNumber
{
    private const int Attempts = 5;

    // Two rows each, of both kinds, beside the ledger and its messages.
    private const int Page = 20;

    /// <param name="from">Hash of the other form.</param>
    /// <param name="to">Hash of the normal form.</param>
    public static async Task MoveAsync(ClinicContext clinic, string from, string to, CancellationToken cancellation)
    {
        for (var conflicts = 0; conflicts < Attempts;)
        {
            List<Change> changes = [.. await SaidAsync(clinic, from, to, cancellation), .. await PeopleAsync(clinic, from, to, cancellation), .. await TextedAsync(clinic, from, to, cancellation)];
            if (changes.Count == 0)
            {
                return;
            }

            // One page is moved: is there another?
            conflicts += await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed ? 0 : 1;
        }

        throw RecordStoreException.Contended("A number that is written in another form now kept meeting changes of others.");
    }

    /// <summary>Every word of both, and what waits for a decision: its message names the old form and would find nothing.</summary>
    private static async Task<IEnumerable<Change>> SaidAsync(ClinicContext clinic, string from, string to, CancellationToken cancellation)
    {
        var (old, said) = await PhoneBook.LedgerAsync(clinic, from, cancellation);
        if (old is null)
        {
            return [];
        }

        var (row, ledger) = await PhoneBook.LedgerAsync(clinic, to, cancellation);
        var all = ledger with { Entries = [.. said.Entries, .. ledger.Entries], Doubts = said.Doubts is null ? ledger.Doubts : [.. said.Doubts, .. ledger.Doubts ?? []] };

        // Due at once: it was said before.
        var at = said.Entries.Select(e => e.At).Concat((said.Doubts ?? []).Select(d => d.At)).DefaultIfEmpty(Instant.FromUnixTimeSeconds(0)).Max();
        return
        [
            .. ConsentChanges.Of(clinic, to, row, all, at),
            .. (said.Doubts ?? []).Select(doubt => SettleConsent.Due(clinic, to, doubt)),
            new Change.Delete(old.Key, old.ETag),
        ];
    }

    private static async Task<List<Change>> PeopleAsync(ClinicContext clinic, string from, string to, CancellationToken cancellation)
    {
        var changes = new List<Change>();
        foreach (var row in await SomeAsync(clinic, Rows.PatientsOfPhone(from), cancellation))
        {
            changes.AddRange([PhoneBook.Entry(to, RecordJson.Read<PhonePatient>(row).PatientId), new Change.Delete(row.Key, row.ETag)]);
        }

        return changes;
    }

    private static async Task<List<Change>> TextedAsync(ClinicContext clinic, string from, string to, CancellationToken cancellation)
    {
        var changes = new List<Change>();
        foreach (var row in await SomeAsync(clinic, Rows.TextedOfPhone(from), cancellation))
        {
            var texted = RecordJson.Read<TextedPatient>(row);
            var key = Rows.Texted(to, texted.PatientId);
            changes.Add(new Change.Delete(row.Key, row.ETag));
            if (await clinic.Records.FindAsync(key, cancellation) is not { } kept)
            {
                changes.Add(new Change.Insert(key, RecordJson.Write(texted)));
            }
            else if (RecordJson.Read<TextedPatient>(kept).At < texted.At)
            {
                changes.Add(new Change.Replace(key, RecordJson.Write(texted), kept.ETag));
            }
        }

        return changes;
    }

    private static async Task<List<Row>> SomeAsync(ClinicContext clinic, RowRange range, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in clinic.Records.ListAsync(range, cancellation))
        {
            rows.Add(row);
            if (rows.Count == Page)
            {
                break;
            }
        }

        return rows;
    }
}
