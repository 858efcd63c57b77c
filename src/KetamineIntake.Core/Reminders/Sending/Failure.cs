using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>What follows when the provider refused a text or could not deliver it (domain 4d).</summary>
internal static class Failure
{
    /// <summary>After the first and the second failure; never past the moment at which the text stops helping. The third is the last.</summary>
    private static readonly Duration[] Waits = [Duration.FromMinutes(5), Duration.FromMinutes(15)];

    public static async Task<IReadOnlyList<Change>> ChangesAsync(
        ClinicContext clinic, Stored<Reminder> stored, string phoneHash, int? code, Instant now, CancellationToken cancellation)
    {
        var reminder = stored.Value;
        var kind = SmsFailure.Of(code);
        if (kind is SmsFailureKind.Passing or SmsFailureKind.SenderBlocked && reminder.Tries <= Waits.Length
            && now + Waits[reminder.Tries - 1] is var again && again < reminder.ActionableBy)
        {
            var waiting = reminder with
            {
                Status = ReminderStatus.Planned,
                SendAt = again,
                SendingUntil = null,
                SentAt = null,
                MessageId = null,
                IsSettled = false,
                TriedSince = null,
                Why = $"{reminder.Why}; tried again because it was not delivered ({Text(code)})",
            };
            return [ReminderChanges.Replace(stored, waiting), Outbox.Row(ReminderChanges.MessageOf(clinic, waiting), again)];
        }

        var failed = reminder with { Status = ReminderStatus.Failed, SendingUntil = null, IsSettled = true, Why = $"{reminder.Why}; failed ({Text(code)})" };
        List<Change> changes = [ReminderChanges.Replace(stored, failed), Note(reminder, now, $"A text could not be delivered ({Text(code)}).").Insert()];
        if (kind == SmsFailureKind.OptedOut)
        {
            changes.AddRange(await OptOutAsync(clinic, phoneHash, now, cancellation));
        }

        return changes;
    }

    public static StaffNote Note(Reminder reminder, Instant now, string words) =>
        new(RowId.New(), NoteKind.TextFailed, now, string.Empty, [reminder.PatientId], words);

    private static async Task<IEnumerable<Change>> OptOutAsync(ClinicContext clinic, string phoneHash, Instant now, CancellationToken cancellation)
    {
        var (row, ledger) = await PhoneBook.LedgerAsync(clinic, phoneHash, cancellation);
        if (ledger.IsOptedOut())
        {
            return [];
        }

        var patients = await PhoneBook.PatientsAsync(clinic, phoneHash, cancellation);
        return ConsentChanges.Of(clinic, phoneHash, row, ledger.With(new ConsentEntry(false, now, "carrier", null, ClinicNumbers.Of(clinic.Clinic))), patients, now);
    }

    private static string Text(int? code) => code is { } known ? $"code {known.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "no code";
}
