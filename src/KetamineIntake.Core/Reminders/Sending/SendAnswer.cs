using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>
/// Handles the message of an answer to a patient's text. Claimed and recorded as <see cref="SendReminder"/> does, with the same window. What the provider does not take now is tried again a
/// few times; an answer to crisis words that cannot be sent is a matter for a person.
/// </summary>
/// <param name="wait">How to wait between two tries to record an answer; null: in real time.</param>
public sealed class SendAnswer(ClinicDirectory clinics, PhoneBook phones, ISmsSender sender, IClock clock, Func<Duration, Task>? wait = null)
{
    /// <summary>After this long an answer answers nothing.</summary>
    private static readonly Duration Useful = Duration.FromHours(24);

    /// <summary>After the first, second and third refusal; whoever wrote is waiting.</summary>
    private static readonly Duration[] Waits = [Duration.FromSeconds(30), Duration.FromMinutes(2), Duration.FromMinutes(10)];

    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(message.Clinic, cancellation) is not { } clinic || await clinic.Records.FindAsync(message.Subject, cancellation) is not { } row)
        {
            return;
        }

        var answer = RecordJson.Read<TextAnswer>(row);
        var now = clock.GetCurrentInstant();
        if (answer.MessageId is not null || answer.NextAt > now)
        {
            return;
        }

        if (answer.SendingUntil is { } claimedUntil && claimedUntil > now)
        {
            await clinic.Records.CommitAsync([Outbox.Row(message, claimedUntil)], cancellation);
            return;
        }

        var hash = await phones.HashAsync(clinic, answer.To, cancellation);
        if (await WhyNotAsync(clinic, answer, hash, now, cancellation) is { } why)
        {
            await clinic.Records.CommitAsync(
                [new Change.Replace(row.Key, RecordJson.Write(answer with { MessageId = why, SendingUntil = null }), row.ETag), .. await NotesAsync(clinic, answer, hash, why, now)], cancellation);
            return;
        }

        await SendAsync(clinic, message, answer, row, hash, now, cancellation);
    }

    private async Task SendAsync(ClinicContext clinic, Message message, TextAnswer answer, Row row, string hash, Instant now, CancellationToken cancellation)
    {
        var tries = answer.Tries + 1;
        var until = now + ProviderCall.ClaimOf(tries);
        var claimed = answer with { SendingUntil = until, Tries = tries, NextAt = null, TriedSince = answer.TriedSince ?? now };
        var claim = new Change.Replace(row.Key, RecordJson.Write(claimed), row.ETag);
        if (await clinic.Records.CommitAsync([claim, Outbox.Row(message, until)], cancellation) is CommitResult.Conflict)
        {
            return;
        }

        var receipt = await ProviderCall.AskAsync(sender, new OutgoingText(claimed.From, claimed.To, claimed.Text, claimed.Id, claimed.TriedSince.Value));

        // Not cancellable: the provider has the text. Nobody else writes a claimed answer.
        await ProviderCall.RecordAsync(
            async () => await clinic.Records.CommitAsync(await AfterAsync(clinic, message, claimed, hash, receipt), CancellationToken.None) is CommitResult.Committed,
            until, clock, wait ?? ProviderCall.WaitAsync);
    }

    private async Task<IReadOnlyList<Change>> AfterAsync(ClinicContext clinic, Message message, TextAnswer claimed, string hash, SmsReceipt receipt)
    {
        if (receipt is SmsReceipt.Accepted accepted)
        {
            return [Write(message, claimed with { MessageId = accepted.MessageId, SendingUntil = null })];
        }

        var now = clock.GetCurrentInstant();
        var code = ((SmsReceipt.Refused)receipt).Code;
        if (SmsFailure.Of(code) is SmsFailureKind.Passing or SmsFailureKind.SenderBlocked && claimed.Tries <= Waits.Length)
        {
            var next = now + Waits[claimed.Tries - 1];
            return [Write(message, claimed with { SendingUntil = null, NextAt = next, TriedSince = null }), Outbox.Row(message, next)];
        }

        var why = $"refused {code.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        return [Write(message, claimed with { MessageId = why, SendingUntil = null }), .. await NotesAsync(clinic, claimed, hash, why, now)];
    }

    /// <summary>Why it does not go at all; null when it does.</summary>
    private static async Task<string?> WhyNotAsync(ClinicContext clinic, TextAnswer answer, string hash, Instant now, CancellationToken cancellation)
    {
        if (now >= answer.At + (answer.Name == SmsTextNames.Clarify ? ClinicTexting.RulesOf(clinic).Doubts.AskedWithin : Useful))
        {
            return "too late";
        }

        if (answer.Tries > Waits.Length)
        {
            return "no answer of the provider";
        }

        // Neither "texts are on again" nor a question must follow a later STOP.
        return answer.Name is SmsTextNames.Start or SmsTextNames.Clarify && (await PhoneBook.LedgerAsync(clinic, hash, cancellation)).Ledger.IsOptedOut() ? "opted out since" : null;
    }

    private static Change.Upsert Write(Message message, TextAnswer answer) => new(message.Subject, RecordJson.Write(answer));

    private static async Task<IReadOnlyList<Change>> NotesAsync(ClinicContext clinic, TextAnswer answer, string hash, string why, Instant now)
    {
        if (answer.Name != SmsTextNames.Crisis)
        {
            return [];
        }

        var number = await KnownNumber.LoadAsync(clinic, hash, CancellationToken.None);
        var words = $"The answer to crisis words, with the numbers 911 and 988, could not be sent ({why}). Please call now.";
        return [new StaffNote(RowId.New(), NoteKind.Crisis, now, answer.To, number.PatientIds, words) { HasMorePatients = number.HasMore ? true : null }.Insert()];
    }
}
