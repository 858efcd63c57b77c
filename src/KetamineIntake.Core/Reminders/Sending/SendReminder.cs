using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>
/// Handles the message of a reminder. May run twice, at once or late: it claims the reminder in the store before it asks the provider, so two handlers never send the same one.
/// The one window in which a text can go twice lies between handing it to the provider and the commit of the answer, which follows at once and is tried again while the store is out of order:
/// whoever dies there, or hears no answer, leaves a claim that nobody can tell from one that ended before asking, and the text goes again rather than not at all, three times at most.
/// </summary>
/// <param name="wait">How to wait between two tries to record an answer; null: in real time.</param>
public sealed class SendReminder(
    ClinicDirectory clinics, PhoneBook phones, SiteAddress site, ISmsSender sender, IClock clock, Func<Duration, Task>? wait = null)
{
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
        var decision = Decide(stored.Value, clinic, visits, texting, paused, now);
        if (decision is SendDecision.Send && OptInBefore(stored.Value, visits, now) is { } optIn)
        {
            await RunAsync(ReminderChanges.MessageOf(clinic, optIn), cancellation);
            await RunAsync(message, cancellation);
            return;
        }

        await (decision switch
        {
            SendDecision.Send => SendAsync(clinic, texting, visits, stored, now, cancellation),
            SendDecision.LookAgain again => CommitAsync(clinic, [Outbox.Row(message, again.At)], cancellation),
            SendDecision.Wait later => CommitAsync(clinic, [.. Again(clinic, stored, stored.Value, later.Until, later.Why)], cancellation),
            SendDecision.Drop drop => CommitAsync(clinic, [.. Dropped(clinic.Clinic.Slug, stored, drop, visits, paused, now)], cancellation),
            _ => Task.CompletedTask,
        });
    }

    /// <summary>
    /// The text that says how to end texts, when it is due too: messages come in any order, and it goes first. One that was refused and waits holds nothing back, because fasting times
    /// cannot wait for it.
    /// </summary>
    private static Reminder? OptInBefore(Reminder reminder, PatientVisits visits, Instant now) =>
        ReminderWords.TellsHowToStop(reminder.Template) || visits.Reminders.Any(r => ReminderWords.TellsHowToStop(r.Value.Template) && r.Value.CountsAt is not null)
            ? null
            : visits.Reminders.Select(r => r.Value).Where(r => ReminderWords.TellsHowToStop(r.Template) && r.Status == ReminderStatus.Planned && r.SendAt <= now).MinBy(r => r.SendAt);

    private static SendDecision Decide(Reminder reminder, ClinicContext clinic, PatientVisits visits, ClinicTexting texting, Instant? paused, Instant now)
    {
        var zone = ClinicTexting.ZoneOf(clinic, visits.Patient);
        var appointments = visits.Appointments.Select(a => a.Value).ToList();
        var input = ReminderChanges.InputOf(clinic, texting, visits, appointments, now);
        var ahead = visits.Reminders.Select(r => r.Value).Where(r => r.Status == ReminderStatus.Planned && r.Id != reminder.Id && r.Template < reminder.Template && r.SendAt > now).ToList();
        var isFirst = ReminderWords.TellsHowToStop(reminder.Template) && !input.IsTold;
        var rules = new SendRules(texting.Rules.Window, zone, texting.Rules.Caps.AsTold(input.Past), paused)
        {
            // Whoever has not been told how to stop texts is told, whatever comes later.
            Reserved = isFirst ? [] : [.. ahead.Where(r => !ReminderWords.MayExceedCaps(r.Template)).Select(r => r.SendAt)],
            GoesInAnyCase = isFirst ? [] : [.. ahead.Where(r => ReminderWords.MayExceedCaps(r.Template)).Select(r => r.SendAt)],
        };
        var mayGo = visits.MayGet(reminder);
        if (!mayGo)
        {
            rules = rules with { NoTexts = visits.WhyNot };
        }

        // A text that a parallel handler has claimed is as good as sent: both together must not exceed a cap.
        var others = visits.Reminders.Select(r => r.Value).Where(r => r.Id != reminder.Id)
            .Select(r => r.CountsAt ?? (r.Status == ReminderStatus.Sending ? r.TriedSince ?? now : null)).OfType<Instant>();
        var decision = SendDecision.Of(reminder, appointments, mayGo && texting.IsSigned, others, rules, now);
        return decision is SendDecision.Send or SendDecision.Wait && IsAnswered(reminder, visits)
            ? new SendDecision.Drop(ReminderStatus.Cancelled, "nothing is missing any more")
            : decision;
    }

    // The test was done while its text was on the way.
    private static bool IsAnswered(Reminder reminder, PatientVisits visits) =>
        reminder.Template == ReminderTemplate.Labs && !visits.Labs.Notices.Any(n => n.Stands && n.Id == reminder.Id);

    private async Task SendAsync(ClinicContext clinic, ClinicTexting texting, PatientVisits visits, Stored<Reminder> stored, Instant now, CancellationToken cancellation)
    {
        var reminder = Reworded(stored.Value, clinic, visits, texting, now);
        var tries = reminder.Tries + 1;
        var claimed = reminder with
        {
            Status = ReminderStatus.Sending,
            SendingUntil = now + ProviderCall.ClaimOf(tries),
            Tries = tries,
            TriedSince = reminder.TriedSince ?? now,
        };

        // With the stamp and the ledger: a STOP, a move or another text to the same patient since we looked makes this commit fail, and everything is looked at again.
        // Whom we text is kept here rather than with the answer, so that nothing more stands between the provider and its record.
        List<Change> changes =
        [
            ReminderChanges.Replace(stored, claimed), PlanCommit.Stamp(visits, now), ConsentChanges.Unchanged(visits),
            await TextedPatient.TextAsync(clinic.Records, visits.PhoneHash, claimed, now, cancellation),
        ];
        if (claimed.Text != stored.Value.Text)
        {
            // The other texts of the patient were planned with the same words.
            changes.Add(Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, claimed.PatientId), now));
        }

        await CommitAsync(clinic, changes, cancellation);
        var text = new OutgoingText(ClinicNumbers.Of(clinic.Clinic), visits.Patient.Phone, claimed.Text, DeliveryTag.Of(claimed), claimed.TriedSince.Value);
        var receipt = await ProviderCall.AskAsync(sender, text);

        // Not cancellable: the provider has the text, and what is not recorded now is sent again.
        await ProviderCall.RecordAsync(
            () => TryRecordAsync(clinic, claimed, visits.PhoneHash, receipt), claimed.SendingUntil.Value, clock, wait ?? ProviderCall.WaitAsync);
    }

    /// <summary>
    /// What was planned before anybody knew that fasting may harm, or by another protocol, is not sent as it was planned. What the provider may have had already stays as it is, so that
    /// it can tell a repeated request, unless it names times that it must not name.
    /// </summary>
    private static Reminder Reworded(Reminder reminder, ClinicContext clinic, PatientVisits visits, ClinicTexting texting, Instant now)
    {
        if (visits.Appointments.Select(a => a.Value).FirstOrDefault(a => a.Id == reminder.AppointmentId) is not { } visit
            || (reminder.TriedSince is not null && !visits.CallsFirst(visit)))
        {
            return reminder;
        }

        var input = ReminderChanges.InputOf(clinic, texting, visits, [.. visits.Appointments.Select(a => a.Value)], now);
        var wording = new Wording(visits, texting, input.PatientZone, [.. input.Past.Where(p => p.Id != reminder.Id)]);
        var worded = wording.Of(reminder with { SendAt = now }, visit) with { SendAt = reminder.SendAt };
        return worded.Text == reminder.Text ? reminder
            : worded.AsksToCall && !reminder.AsksToCall ? worded with { Why = $"{reminder.Why}; without times for food and water, which a clinician has to plan first" }
            : worded with { Why = $"{reminder.Why}; in the words that hold now" };
    }

    private async Task<bool> TryRecordAsync(ClinicContext clinic, Reminder claimed, string phoneHash, SmsReceipt receipt)
    {
        var now = clock.GetCurrentInstant();
        var row = await clinic.Records.FindAsync(Rows.Reminder(claimed.PatientId, claimed.Id), CancellationToken.None)
            ?? throw new InvalidOperationException("A reminder under way has vanished.");
        var current = new Stored<Reminder>(row, RecordJson.Read<Reminder>(row));
        if (current.Value.Status != ReminderStatus.Sending)
        {
            // The delivery report was faster and said more than the answer does.
            return true;
        }

        var changes = receipt is SmsReceipt.Accepted accepted
            ? [ReminderChanges.Replace(current, Sent(current.Value, accepted.MessageId, now))]
            : await Failure.ChangesAsync(clinic, current, phoneHash, new Undelivered(((SmsReceipt.Refused)receipt).Code, null, now), now, CancellationToken.None);
        return await clinic.Records.CommitAsync(changes, CancellationToken.None) is CommitResult.Committed;
    }

    private static Reminder Sent(Reminder reminder, string messageId, Instant now) => reminder with
    {
        Status = ReminderStatus.Sent,
        SentAt = now,
        MessageId = messageId,
        SendingUntil = null,
        IsSettled = true,
        Why = reminder.Tries > 1 ? $"{reminder.Why}; try {reminder.Tries}" : reminder.Why,
    };

    private static IEnumerable<Change> Again(ClinicContext clinic, Stored<Reminder> stored, Reminder reminder, Instant until, string why)
    {
        var waiting = reminder with { Status = ReminderStatus.Planned, SendAt = until, SendingUntil = null, Why = $"{reminder.Why}; waits: {why}" };
        yield return ReminderChanges.Replace(stored, waiting);
        yield return Outbox.Row(ReminderChanges.MessageOf(clinic, waiting), until);
    }

    private static IEnumerable<Change> Dropped(string clinic, Stored<Reminder> stored, SendDecision.Drop drop, PatientVisits visits, Instant? paused, Instant now)
    {
        var reminder = stored.Value;
        var what = drop.Status == ReminderStatus.Failed ? "given up" : "not sent";
        yield return ReminderChanges.Replace(
            stored, reminder with { Status = drop.Status, SendingUntil = null, IsSettled = true, LateAt = drop.IsLate ? now : null, Why = $"{reminder.Why}; {what}: {drop.Why}" });
        if (drop.Status != ReminderStatus.Cancelled && (Untold.Matters(reminder) || ReminderWords.TellsHowToStop(reminder.Template)))
        {
            // Another text may still help: on the day itself, or with the times for food and water. A plan knows nothing of a paused sender: made now, it would bring the same text back.
            yield return Outbox.Row(new Message(Queues.Plans, clinic, reminder.PatientId), paused > now ? paused.Value : now);
        }

        if (Untold.Words(reminder, drop, visits) is { } words)
        {
            yield return Failure.Note(reminder, visits.Patient.Phone, now, words).Insert();
        }
    }

    private static async Task CommitAsync(ClinicContext clinic, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Conflict)
        {
            // Another handler, a report or a booking changed it meanwhile; the queue brings this message again.
            throw RecordStoreException.Contended("A reminder was changed while it was being handled.");
        }
    }
}
