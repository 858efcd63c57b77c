using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Keeps a word about texts and has the plans of everybody under the number made anew.</summary>
internal static class ConsentChanges
{
    public static IEnumerable<Change> Of(
        ClinicContext clinic, string phoneHash, Row? row, ConsentLedger ledger, IReadOnlyList<string> patients, Instant now)
    {
        var body = RecordJson.Write(ledger);
        yield return row is null ? new Change.Insert(Rows.Consent(phoneHash), body) : new Change.Replace(row.Key, body, row.ETag);
        foreach (var patient in patients)
        {
            // Whoever is about to send has looked before this word was given.
            yield return PlanCommit.Touch(patient, now);
            yield return Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, patient), now);
        }
    }
}
