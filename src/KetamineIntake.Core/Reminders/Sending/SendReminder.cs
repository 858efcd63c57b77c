using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>
/// Handles the message of a reminder. May run twice, at once or late: it claims the reminder in the store before it asks the provider, so two handlers never send the same one.
/// The one window in which a text can go twice lies between the provider's answer and the commit that records it, which follows at once: whoever dies there leaves a claim that
/// nobody can tell from one that died before asking, and the text goes again rather than not at all.
/// </summary>
public sealed class SendReminder(ClinicDirectory clinics, PhoneBook phones, SiteAddress site, ISmsSender sender, IClock clock)
{
    /// <summary>Longer than any provider takes to answer.</summary>
    public static readonly Duration Claim = Duration.FromMinutes(2);

    private static readonly Duration PauseLength = Duration.FromHours(1);

    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        if (message.Subject.Split('|') is not [_, var patientId, var id] || await clinics.FindAsync(message.Clinic, cancellation) is not { } clinic
            || await PatientVisits.LoadAsync(clinic, phones, patientId, cancellation) is not { } visits
            || visits.Reminders.FirstOrDefault(r => r.Value.Id == id) is not { Row: not null } stored)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var texting = ClinicTexting.Of(clinic, site);
        var paused = await clinic.Records.FindAsync(Rows.SenderPause, cancellation) is { } row ? RecordJson.Read<SenderPause>(row).Until : (Instant?)null;
        var rules = new SendRules(texting.Rules.Window, ClinicTexting.ZoneOf(clinic, visits.Patient), texting.Rules.Caps, paused);
        var others = visits.Reminders.Where(r => r.Value.Id != id).Select(r => r.Value.SentAt).OfType<Instant>();
        var decision = SendDecision.Of(
            stored.Value, [.. visits.Appointments.Select(a => a.Value)], visits.MayBeTexted && texting.IsSigned, others, rules, now);
        await (decision switch
        {
            SendDecision.Send => SendAsync(clinic, visits, stored, now, cancellation),
            SendDecision.LookAgain again => CommitAsync(clinic, [Outbox.Row(message, again.At)], cancellation),
            SendDecision.Wait wait => CommitAsync(clinic, [.. Again(clinic, stored, wait.Until, wait.Why)], cancellation),
            SendDecision.Drop drop => CommitAsync(clinic, [.. Dropped(stored, drop, now)], cancellation),
            _ => Task.CompletedTask,
        });
    }

    private async Task SendAsync(ClinicContext clinic, PatientVisits visits, Stored<Reminder> stored, Instant now, CancellationToken cancellation)
    {
        var claimed = stored.Value with { Status = ReminderStatus.Sending, SendingUntil = now + Claim, Tries = stored.Value.Tries + 1 };

        // With the stamp: a STOP, a move or another text to the same patient since we looked makes this commit fail, and everything is looked at again.
        await CommitAsync(clinic, [ReminderChanges.Replace(stored, claimed), PlanCommit.Stamp(visits, now)], cancellation);
        var text = new OutgoingText(ClinicNumbers.Of(clinic.Clinic), visits.Patient.Phone, claimed.Text, DeliveryTag.Of(claimed));
        var receipt = await sender.SendAsync(text, cancellation);
        Signals.Texted(receipt);

        // Not cancellable: the provider has the text, and what is not recorded now is sent again.
        await RecordAsync(clinic, claimed, visits.PhoneHash, receipt, CancellationToken.None);
    }

    private async Task RecordAsync(ClinicContext clinic, Reminder claimed, string phoneHash, SmsReceipt receipt, CancellationToken cancellation)
    {
        var key = Rows.Reminder(claimed.PatientId, claimed.Id);
        var now = clock.GetCurrentInstant();
        for (var committed = false; !committed;)
        {
            var row = await clinic.Records.FindAsync(key, cancellation) ?? throw new InvalidOperationException("A reminder under way has vanished.");
            var current = new Stored<Reminder>(row, RecordJson.Read<Reminder>(row));
            var changes = receipt is SmsReceipt.Accepted accepted
                ? [ReminderChanges.Replace(current, Sent(current.Value, accepted.MessageId, now))]
                : await RefusalAsync(clinic, current, phoneHash, ((SmsReceipt.Refused)receipt).Code, now, cancellation);

            // A conflict: the delivery report was faster.
            committed = await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed;
        }
    }

    private static Reminder Sent(Reminder reminder, string messageId, Instant now) => reminder with
    {
        Status = reminder.Status is ReminderStatus.Delivered or ReminderStatus.Failed ? reminder.Status : ReminderStatus.Sent,
        SentAt = now,
        MessageId = messageId,
        SendingUntil = null,
        IsSettled = true,
        Why = reminder.Tries > 1 ? $"{reminder.Why}; try {reminder.Tries}" : reminder.Why,
    };

    private static async Task<IReadOnlyList<Change>> RefusalAsync(
        ClinicContext clinic, Stored<Reminder> stored, string phoneHash, int code, Instant now, CancellationToken cancellation)
    {
        if (SmsFailure.Of(code) == SmsFailureKind.SenderBlocked)
        {
            var until = now + PauseLength;
            return
            [
                .. Again(clinic, stored, until, $"the provider paused our sender ({code})"),
                new Change.Upsert(Rows.SenderPause, RecordJson.Write(new SenderPause(until, code))),
                Failure.Note(stored.Value, now, $"The provider refuses our sender (code {code}). Texts wait for an hour.").Insert(),
            ];
        }

        return await Failure.ChangesAsync(clinic, stored, phoneHash, code, now, cancellation);
    }

    private static IEnumerable<Change> Again(ClinicContext clinic, Stored<Reminder> stored, Instant until, string why)
    {
        var waiting = stored.Value with { Status = ReminderStatus.Planned, SendAt = until, SendingUntil = null, Why = $"{stored.Value.Why}; waits: {why}" };
        yield return ReminderChanges.Replace(stored, waiting);
        yield return Outbox.Row(ReminderChanges.MessageOf(clinic, waiting), until);
    }

    private static IEnumerable<Change> Dropped(Stored<Reminder> stored, SendDecision.Drop drop, Instant now)
    {
        var dropped = stored.Value with { Status = drop.Status, SendingUntil = null, IsSettled = true, Why = $"{stored.Value.Why}; not sent: {drop.Why}" };
        yield return ReminderChanges.Replace(stored, dropped);
        if (drop.Status == ReminderStatus.Failed)
        {
            yield return Failure.Note(stored.Value, now, "A text could not be sent in time.").Insert();
        }
    }

    private static async Task CommitAsync(ClinicContext clinic, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Conflict)
        {
            // Another handler, a report or a booking changed it meanwhile; the queue brings this message again.
            throw new RecordStoreException("A reminder was changed while it was being handled.");
        }
    }
}
