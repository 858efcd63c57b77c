using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Keeps a word about texts and has the plans of everybody under the number made anew: one row and one message, however many share the number.</summary>
internal static class ConsentChanges
{
    public static IEnumerable<Change> Of(ClinicContext clinic, string phoneHash, Row? row, ConsentLedger ledger, Instant now) =>
    [
        Write(phoneHash, row, ledger),
        Outbox.Row(new Message(Queues.Consents, clinic.Clinic.Slug, ConsentSubject.Everybody(phoneHash)), now),
    ];

    public static Change Write(string phoneHash, Row? row, ConsentLedger ledger)
    {
        var body = RecordJson.Write(ledger);
        return row is null ? new Change.Insert(Rows.Consent(phoneHash), body) : new Change.Replace(row.Key, body, row.ETag);
    }

    /// <summary>Fails the commit of whoever is about to send when a word was given since they looked.</summary>
    public static Change Unchanged(PatientVisits visits) => visits.Consent is { } row
        ? new Change.Replace(row.Key, row.Body, row.ETag)
        : Write(visits.PhoneHash, null, ConsentLedger.Empty);
}
