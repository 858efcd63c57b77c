using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>Handles the message of an answer to a patient's text. Claimed and recorded as <see cref="SendReminder"/> does, with the same window.</summary>
public sealed class SendAnswer(ClinicDirectory clinics, ISmsSender sender, IClock clock)
{
    /// <summary>After this long an answer answers nothing.</summary>
    private static readonly Duration Useful = Duration.FromHours(24);

    private const int MostTries = 3;

    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(message.Clinic, cancellation) is not { } clinic || await clinic.Records.FindAsync(message.Subject, cancellation) is not { } row)
        {
            return;
        }

        var answer = RecordJson.Read<TextAnswer>(row);
        var now = clock.GetCurrentInstant();
        if (answer.MessageId is not null || now >= answer.At + Useful)
        {
            return;
        }

        if (answer.SendingUntil is { } claimedUntil && claimedUntil > now)
        {
            await clinic.Records.CommitAsync([Outbox.Row(message, claimedUntil)], cancellation);
            return;
        }

        var claimed = answer with { SendingUntil = now + SendReminder.Claim, Tries = answer.Tries + 1 };
        var claim = new Change.Replace(row.Key, RecordJson.Write(claimed), row.ETag);
        if (await clinic.Records.CommitAsync([claim, Outbox.Row(message, claimed.SendingUntil.Value)], cancellation) is CommitResult.Conflict)
        {
            return;
        }

        var receipt = await sender.SendAsync(new OutgoingText(answer.From, answer.To, answer.Text, answer.Id), cancellation);
        Signals.Texted(receipt);
        if (claimed.Tries < MostTries && receipt is SmsReceipt.Refused { Code: var refusal } && SmsFailure.Of(refusal) is SmsFailureKind.Passing or SmsFailureKind.SenderBlocked)
        {
            // The claim runs out, and its message tries again.
            return;
        }

        var code = receipt is SmsReceipt.Refused refused ? $"refused {refused.Code}" : ((SmsReceipt.Accepted)receipt).MessageId;

        // Not cancellable: the provider has the text. Nobody else writes a claimed answer.
        await clinic.Records.CommitAsync([new Change.Upsert(row.Key, RecordJson.Write(claimed with { MessageId = code, SendingUntil = null }))], CancellationToken.None);
    }
}
