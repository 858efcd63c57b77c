using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>What the provider said of a text that did not arrive.</summary>
/// <param name="Code">Null where it gave none.</param>
/// <param name="MessageId">Its id of this try; null where it did not take the text at all.</param>
/// <param name="At">When it came to know; null where it does not say.</param>
internal sealed record Undelivered(int? Code, string? MessageId = null, Instant? At = null);

/// <summary>What follows when the provider refused a text or could not deliver it (domain 4d): the same for its answer and for its report.</summary>
internal static class Failure
{
    /// <summary>After the first and the second failure; never past the moment at which the text stops helping. The third is the last.</summary>
    private static readonly Duration[] Waits = [Duration.FromMinutes(5), Duration.FromMinutes(15)];

    private static readonly Duration PauseLength = Duration.FromHours(1);

    public static async Task<IReadOnlyList<Change>> ChangesAsync(
        ClinicContext clinic, Stored<Reminder> stored, string phoneHash, Undelivered told, Instant now, CancellationToken cancellation)
    {
        var reminder = stored.Value;
        var kind = SmsFailure.Of(told.Code);
        if (kind == SmsFailureKind.SenderBlocked)
        {
            return await PauseAsync(clinic, stored, told, now, cancellation);
        }

        if (kind == SmsFailureKind.Passing && reminder.Tries <= Waits.Length && now + Waits[reminder.Tries - 1] is var again && again < reminder.ActionableBy)
        {
            return Again(clinic, stored, Waiting(reminder, told, again) with { Why = $"{reminder.Why}; tried again because it was not delivered ({Text(told.Code)})" });
        }

        var failed = reminder with { Status = ReminderStatus.Failed, SendingUntil = null, IsSettled = true, Why = $"{reminder.Why}; failed ({Text(told.Code)})" };
        var phone = await PhoneAsync(clinic, reminder, cancellation);
        List<Change> changes = [ReminderChanges.Replace(stored, failed), Note(reminder, phone, now, $"A text could not be delivered ({Text(told.Code)}).").Insert()];
        if (Untold.Matters(reminder))
        {
            // On the day of the visit another text may still help.
            changes.Add(Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, reminder.PatientId), now));
        }

        if (kind == SmsFailureKind.OptedOut)
        {
            changes.AddRange(await OptOutAsync(clinic, phoneHash, told.At, now, cancellation));
        }

        return changes;
    }

    /// <param name="phone">The patient's: whoever reads the note may have to call.</param>
    public static StaffNote Note(Reminder reminder, string phone, Instant now, string words) =>
        new(RowId.New(), NoteKind.TextFailed, now, phone, [reminder.PatientId], words);

    // Empty when the patient is gone: the note must stand all the same.
    private static async Task<string> PhoneAsync(ClinicContext clinic, Reminder reminder, CancellationToken cancellation) =>
        await clinic.Records.FindAsync(Rows.Patient(reminder.PatientId), cancellation) is { } row ? RecordJson.Read<Patient>(row).Phone : string.Empty;

    // Our sender was refused, not this text: it has all its tries still before it. Of many texts that were under way one tells staff.
    private static async Task<IReadOnlyList<Change>> PauseAsync(ClinicContext clinic, Stored<Reminder> stored, Undelivered told, Instant now, CancellationToken cancellation)
    {
        var standing = await clinic.Records.FindAsync(Rows.SenderPause, cancellation) is { } row ? RecordJson.Read<SenderPause>(row).Until : Instant.MinValue;
        var until = standing > now ? standing : now + PauseLength;
        var waiting = Waiting(stored.Value, told, until) with
        {
            Tries = Math.Max(0, stored.Value.Tries - 1),
            Why = $"{stored.Value.Why}; waits: the provider paused our sender ({Number(told.Code!.Value)})",
        };
        return standing > now
            ? Again(clinic, stored, waiting)
            :
            [
                .. Again(clinic, stored, waiting),
                new Change.Upsert(Rows.SenderPause, RecordJson.Write(new SenderPause(until, told.Code.Value))),
                Note(stored.Value, await PhoneAsync(clinic, stored.Value, cancellation), now, $"The provider refuses our sender (code {Number(told.Code.Value)}). Texts wait for an hour.").Insert(),
            ];
    }

    private static IReadOnlyList<Change> Again(ClinicContext clinic, Stored<Reminder> stored, Reminder waiting) =>
        [ReminderChanges.Replace(stored, waiting), Outbox.Row(ReminderChanges.MessageOf(clinic, waiting), waiting.SendAt)];

    private static Reminder Waiting(Reminder reminder, Undelivered told, Instant until) => reminder with
    {
        Status = ReminderStatus.Planned,
        SendAt = until,
        SendingUntil = null,
        SentAt = null,
        MessageId = null,
        IsSettled = false,
        TriedSince = null,
        FailedIds = (told.MessageId ?? reminder.MessageId) is { } id ? $"{reminder.FailedIds} {id}".TrimStart() : reminder.FailedIds,
    };

    private static async Task<IEnumerable<Change>> OptOutAsync(ClinicContext clinic, string phoneHash, Instant? at, Instant now, CancellationToken cancellation)
    {
        var (row, ledger) = await PhoneBook.LedgerAsync(clinic, phoneHash, cancellation);
        if (ledger.IsOptedOut())
        {
            return [];
        }

        return ConsentChanges.Of(clinic, phoneHash, row, ledger.With(ConsentEntry.OfCarrier(at, ClinicNumbers.Of(clinic.Clinic), now)), now);
    }

    private static string Text(int? code) => code is { } known ? $"code {Number(known)}" : "no code";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
