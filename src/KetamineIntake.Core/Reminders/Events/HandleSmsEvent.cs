using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>
/// Acts on what Event Grid tells: texts from patients and delivery reports. The one handler behind the route and the queue; events come at least once and in any order.
/// </summary>
public sealed class HandleSmsEvent(ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, SiteAddress site, IClock clock)
{
    private const int Attempts = 5;

    public async Task RunAsync(SmsEvent received, CancellationToken cancellation)
    {
        switch (received)
        {
            case SmsEvent.Received text:
                var reply = clinics.Replies.To(text.Message);
                var hearing = await Concerned.ByTextAsync(clinics, stores, phones, text, reply, cancellation);
                for (var i = 0; i < hearing.Count; i++)
                {
                    // One answer is enough; everybody acts. Each clinic says for itself that its texts are on again.
                    var answers = i == 0 || reply.Kind == ReplyKind.Start;
                    await RepeatAsync(hearing[i], text.From, (clinic, hash) => TryReceiveAsync(clinic, hash, text, reply, answers, cancellation), cancellation);
                }

                break;
            case SmsEvent.DeliveryReport report:
                foreach (var clinic in await Concerned.ByReportAsync(clinics, stores, phones, report, cancellation))
                {
                    await RepeatAsync(clinic, report.To, (context, hash) => TryReportAsync(context, hash, report, cancellation), cancellation);
                }

                break;
        }
    }

    /// <summary>Until the commit meets nobody else's.</summary>
    private async Task RepeatAsync(ClinicContext clinic, string theirs, Func<ClinicContext, string, Task<bool>> tryAsync, CancellationToken cancellation)
    {
        var hash = await phones.HashAsync(clinic, theirs, cancellation);
        for (var attempt = 1; !await tryAsync(clinic, hash); attempt++)
        {
            if (attempt == Attempts)
            {
                throw RecordStoreException.Contended("An event kept meeting changes of others.");
            }
        }
    }

    /// <summary>False when somebody else changed the same rows meanwhile.</summary>
    private async Task<bool> TryReceiveAsync(
        ClinicContext clinic, string phoneHash, SmsEvent.Received text, Reply reply, bool answers, CancellationToken cancellation)
    {
        if (await clinic.Records.FindAsync(Rows.Event(text.EventId), cancellation) is not null)
        {
            return true;
        }

        var now = clock.GetCurrentInstant();
        var number = await KnownNumber.LoadAsync(clinic, phoneHash, cancellation);
        var heard = HeardText.Of(text, reply, number, RowId.New(), DecisionDay.EndAfter(clinic, now), now);
        List<Change> changes = [.. Seen(clinic, text.EventId, now), .. Spoken(clinic, heard, now)];
        var isWanted = reply.Kind == ReplyKind.Start && await WantedTexts.ByAnybodyAsync(clinic, number, cancellation);
        var name = TextReplies.NameOf(reply, number.Ledger, heard.Ledger, isWanted, text.To);
        changes.AddRange(answers && name is not null ? Answer(clinic, heard, name, now) : []);
        var (visitChanges, note) = await VisitReplies.ForAsync(clinic, reply, number.Texted, text.At, now, cancellation);
        changes.AddRange(visitChanges);
        if (reply.TellStaff || note is not null || TextReplies.StartsNothing(reply, heard.Ledger, isWanted))
        {
            changes.Add(heard.Note(note, now).Insert());
        }

        return await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed;
    }

    private static IEnumerable<Change> Spoken(ClinicContext clinic, HeardText heard, Instant now)
    {
        if (!heard.ChangesLedger)
        {
            return [];
        }

        var changes = ConsentChanges.Of(clinic, heard.Number.Hash, heard.Number.LedgerRow, heard.Ledger, now);
        return heard.Doubt is { } doubt ? changes.Append(SettleConsent.Due(clinic, heard.Number.Hash, doubt)) : changes;
    }

    private IEnumerable<Change> Answer(ClinicContext clinic, HeardText heard, string name, Instant now)
    {
        var texting = ClinicTexting.Of(clinic, site);
        var texts = texting.Content.Texts[heard.Number.LanguageOr(heard.Reply.Language)];
        var body = texts.Fill(name, VisitWords.Of(new TextSubject(null), texting.Rules, texting.Signature, texts.Language));
        var answer = new TextAnswer(RowId.New(), heard.Text.To, heard.Text.From, body, now, Name: name);
        var key = Rows.TextAnswer(answer.Id);
        return [new Change.Insert(key, RecordJson.Write(answer)), Outbox.Row(new Message(Queues.TextAnswers, clinic.Clinic.Slug, key), now)];
    }

    private async Task<bool> TryReportAsync(ClinicContext clinic, string phoneHash, SmsEvent.DeliveryReport report, CancellationToken cancellation)
    {
        if (DeliveryTag.KeyOf(report.Tag) is not { } key || await clinic.Records.FindAsync(key, cancellation) is not { } row
            || await clinic.Records.FindAsync(Rows.Event(report.EventId), cancellation) is not null)
        {
            return true;
        }

        var now = clock.GetCurrentInstant();
        var stored = new Stored<Reminder>(row, RecordJson.Read<Reminder>(row));
        if (!IsAbout(stored.Value, report))
        {
            return true;
        }

        var changes = report.IsDelivered
            ? [ReminderChanges.Replace(stored, Delivered(stored.Value, report, now))]
            : await Failure.ChangesAsync(clinic, stored, phoneHash, new Undelivered(report.Code, report.MessageId, report.At), now, cancellation);
        return Counted(report, await clinic.Records.CommitAsync([.. changes, .. Seen(clinic, report.EventId, now)], cancellation) is CommitResult.Committed);
    }

    // With the commit that marks the event as seen, so that a report that comes again is not counted again.
    private static bool Counted(SmsEvent.DeliveryReport report, bool isHandled)
    {
        if (isHandled)
        {
            Signals.Reported(report.IsDelivered, report.Code);
        }

        return isHandled;
    }

    // A report about an earlier try of a text that has been sent again says nothing about the later one; delivered stays delivered.
    private static bool IsAbout(Reminder reminder, SmsEvent.DeliveryReport report) =>
        reminder.Status is ReminderStatus.Sending or ReminderStatus.Sent
        && (reminder.MessageId is { } current ? current == report.MessageId : reminder.FailedIds?.Split(' ').Contains(report.MessageId, StringComparer.Ordinal) != true);

    private static Reminder Delivered(Reminder reminder, SmsEvent.DeliveryReport report, Instant now) => reminder with
    {
        Status = ReminderStatus.Delivered,
        SentAt = reminder.SentAt ?? report.At ?? now,
        MessageId = report.MessageId,
        SendingUntil = null,
        IsSettled = true,
    };

    private static IEnumerable<Change> Seen(ClinicContext clinic, string eventId, Instant now)
    {
        var key = Rows.Event(eventId);
        yield return new Change.Insert(key, RecordJson.Write(new SeenEvent(now + SeenEvent.Kept)));
        yield return Outbox.Row(new Message(Queues.Purge, clinic.Clinic.Slug, key), now + SeenEvent.Kept);
    }
}
