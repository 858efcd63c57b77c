using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>
/// Whether a doubtful text asked for no more of them: a person decides, or the end of the next business day does (47 CFR 64.1200(a)(10), (12); domain 8). An opt-out counts for every
/// clinic behind the number that was written to, as STOP does.
/// </summary>
public sealed class DecideOptOut(ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, IClock clock)
{
    private const int Attempts = 5;

    /// <summary>False when there is no such open question: somebody else has decided, or nobody asked.</summary>
    public async Task<bool> RunAsync(ClinicContext clinic, string noteId, bool optsOut, StaffMember by, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await StaffNotes.FindRowAsync(clinic, noteId, cancellation) is not { } row || RecordJson.Read<StaffNote>(row) is not { Question: { DecidedAt: null } question } note)
            {
                return false;
            }

            if (optsOut)
            {
                await TellOthersAsync(clinic, note.Phone, question.Sender, by, cancellation);
            }

            if (await TryAsync(clinic, row, note, question, optsOut, by, cancellation))
            {
                return true;
            }
        }

        throw RecordStoreException.Contended("A decision about texts kept meeting changes of others.");
    }

    /// <summary>The time to decide is over.</summary>
    internal async Task ExpireAsync(ClinicContext clinic, string phoneHash, string noteId, Message message, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var (ledgerRow, ledger) = await PhoneBook.LedgerAsync(clinic, phoneHash, cancellation);
        if (ledger.DoubtOf(noteId) is not { } doubt)
        {
            return;
        }

        if (now < doubt.DecideBy)
        {
            await clinic.Records.CommitAsync([Outbox.Row(message, doubt.DecideBy)], cancellation);
            return;
        }

        var row = await StaffNotes.FindRowAsync(clinic, noteId, cancellation);
        var note = row is null ? null : RecordJson.Read<StaffNote>(row);
        if (note?.Question is { } question)
        {
            await TellOthersAsync(clinic, note.Phone, question.Sender, null, cancellation);
        }

        var sender = note?.Question?.Sender ?? ClinicNumbers.Of(clinic.Clinic);
        var after = ledger.Without(noteId).With(ConsentEntry.OfDecision(null, sender, now));
        List<Change> changes = [.. ConsentChanges.Of(clinic, phoneHash, ledgerRow, after, now)];
        if (row is not null)
        {
            // It stays open: somebody should know that the texts have ended, and why.
            var expired = note! with { Kind = NoteKind.OptedOut, Question = note.Question! with { OptsOut = true, DecidedAt = now } };
            changes.Add(new Change.Replace(row.Key, RecordJson.Write(expired), row.ETag));
        }

        if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Conflict)
        {
            throw RecordStoreException.Contended("A doubtful text was decided on while its time ended; the queue brings this message again.");
        }
    }

    private async Task<bool> TryAsync(ClinicContext clinic, Row row, StaffNote note, OptOutQuestion question, bool optsOut, StaffMember by, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var hash = await phones.HashAsync(clinic, note.Phone, cancellation);
        var (ledgerRow, ledger) = await PhoneBook.LedgerAsync(clinic, hash, cancellation);
        var decided = ledger.Without(note.Id);
        var after = optsOut && !decided.IsOptedOut() ? decided.With(ConsentEntry.OfDecision(by, question.Sender, now)) : decided;
        var closed = note with { Question = question with { OptsOut = optsOut, By = by.Id, DecidedAt = now } };
        var key = Rows.Note(false, false, note.At, note.Id);
        return await clinic.Records.CommitAsync(
            [
                .. ConsentChanges.Of(clinic, hash, ledgerRow, after, now),
                new Change.Delete(row.Key, row.ETag),
                new Change.Insert(key, RecordJson.Write(closed)),
                new AuditEntry(now, by.Id, optsOut ? "note.opt-out" : "note.keep", key).ToChange(),
            ],
            cancellation) is CommitResult.Committed;
    }

    // Before our own commit: whoever dies in between leaves the question open, and deciding again does no harm.
    private async Task TellOthersAsync(ClinicContext clinic, string theirs, string ours, StaffMember? by, CancellationToken cancellation)
    {
        foreach (var (other, _) in await Concerned.BehindAsync(clinics, stores, phones, ours, theirs, cancellation))
        {
            for (var attempt = 0; other.Clinic.Slug != clinic.Clinic.Slug; attempt++)
            {
                var now = clock.GetCurrentInstant();
                var hash = await phones.HashAsync(other, theirs, cancellation);
                var (row, ledger) = await PhoneBook.LedgerAsync(other, hash, cancellation);
                if (ledger.IsOptedOut()
                    || await other.Records.CommitAsync([.. ConsentChanges.Of(other, hash, row, ledger.With(ConsentEntry.OfDecision(by, ours, now)), now)], cancellation) is CommitResult.Committed)
                {
                    break;
                }

                if (attempt == Attempts)
                {
                    throw RecordStoreException.Contended("An opt-out kept meeting changes of others.");
                }
            }
        }
    }
}
