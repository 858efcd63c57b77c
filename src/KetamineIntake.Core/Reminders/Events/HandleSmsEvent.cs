using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
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
                await ForEachAsync(text.To, text.From, (clinic, hash) => TryReceiveAsync(clinic, hash, text, cancellation), cancellation);
                break;
            case SmsEvent.DeliveryReport report:
                await ForEachAsync(report.From, report.To, (clinic, hash) => TryReportAsync(clinic, hash, report, cancellation), cancellation);
                break;
        }
    }

    /// <summary>For every clinic that the text concerns, until the commit meets nobody else's.</summary>
    private async Task ForEachAsync(string ours, string theirs, Func<ClinicContext, string, Task<bool>> tryAsync, CancellationToken cancellation)
    {
        foreach (var clinic in await ConcernedAsync(ours, theirs, cancellation))
        {
            var hash = await phones.HashAsync(clinic, theirs, cancellation);
            for (var attempt = 1; !await tryAsync(clinic, hash); attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new RecordStoreException("An event kept meeting changes of others.");
                }
            }
        }
    }

    // A number that no clinic is known by may be an old one of ours: a wish to hear no more must still count, so every clinic that knows the patient's number is asked.
    private async Task<IReadOnlyList<ClinicContext>> ConcernedAsync(string ours, string theirs, CancellationToken cancellation)
    {
        var slugs = await ClinicNumbers.ClinicsAsync(stores.Open(Rows.Global), ours, cancellation);
        var named = new List<ClinicContext>();
        var knowing = new List<ClinicContext>();
        foreach (var slug in slugs.Count > 0 ? slugs : await clinics.ListAsync(cancellation))
        {
            if (await clinics.FindAsync(slug, cancellation) is { } clinic)
            {
                named.Add(clinic);
                var hash = await phones.HashAsync(clinic, theirs, cancellation);
                knowing.AddRange((await PhoneBook.PatientsAsync(clinic, hash, cancellation)).Count > 0 ? [clinic] : []);
            }
        }

        // A number that nobody knows still gets its answer from the clinic that it wrote to.
        return knowing.Count > 0 ? knowing : slugs.Count > 0 ? [.. named.Take(1)] : [];
    }

    /// <summary>False when somebody else changed the same rows meanwhile.</summary>
    private async Task<bool> TryReceiveAsync(ClinicContext clinic, string phoneHash, SmsEvent.Received text, CancellationToken cancellation)
    {
        if (await clinic.Records.FindAsync(Rows.Event(text.EventId), cancellation) is not null)
        {
            return true;
        }

        var now = clock.GetCurrentInstant();
        var patients = await PhoneBook.PatientsAsync(clinic, phoneHash, cancellation);
        var reply = Reply.To(text.Message);
        List<Change> changes = [.. Seen(clinic, text.EventId, now), .. await AnswerAsync(clinic, text, reply, patients, now, cancellation)];
        var (row, ledger) = await PhoneBook.LedgerAsync(clinic, phoneHash, cancellation);
        if (reply.Kind is ReplyKind.Stop or ReplyKind.Start)
        {
            var words = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Message)));
            var entry = new ConsentEntry(reply.Kind == ReplyKind.Start, now, "reply", words, text.To);
            changes.AddRange(ConsentChanges.Of(clinic, phoneHash, row, ledger.With(entry), patients, now));
        }

        var (visitChanges, note) = await VisitReplies.ForAsync(clinic, reply, patients, now, cancellation);
        changes.AddRange(visitChanges);
        if (reply.TellStaff || note is not null)
        {
            changes.Add(new StaffNote(RowId.New(), note ?? NoteOf(reply), now, text.From, patients, text.Message).Insert());
        }

        return await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed;
    }

    private async Task<IEnumerable<Change>> AnswerAsync(
        ClinicContext clinic, SmsEvent.Received text, Reply reply, IReadOnlyList<string> patients, Instant now, CancellationToken cancellation)
    {
        var name = reply.Kind switch
        {
            ReplyKind.Stop => SmsTextNames.Stop,
            ReplyKind.Start => SmsTextNames.Start,
            ReplyKind.Help => SmsTextNames.Help,
            ReplyKind.Crisis => SmsTextNames.Crisis,
            _ => null,
        };
        if (name is null)
        {
            return [];
        }

        var texting = ClinicTexting.Of(clinic, site);
        var texts = texting.TextsFor(await LanguageAsync(clinic, patients, cancellation));
        var body = texts.Fill(name, VisitWords.Of(null, texting.Rules, texting.Signature, texts.Language));
        var answer = new TextAnswer(RowId.New(), text.To, text.From, body, now, Name: name);
        var key = Rows.TextAnswer(answer.Id);
        return [new Change.Insert(key, RecordJson.Write(answer)), Outbox.Row(new Message(Queues.TextAnswers, clinic.Clinic.Slug, key), now)];
    }

    private static async Task<string> LanguageAsync(ClinicContext clinic, IReadOnlyList<string> patients, CancellationToken cancellation) =>
        patients.Count > 0 && await clinic.Records.FindAsync(Rows.Patient(patients[0]), cancellation) is { } row ? RecordJson.Read<Patient>(row).Language : "en";

    private static NoteKind NoteOf(Reply reply) => reply.Kind switch
    {
        ReplyKind.Crisis => NoteKind.Crisis,
        ReplyKind.Reschedule => NoteKind.Reschedule,
        ReplyKind.Stop => NoteKind.OptedOut,
        _ => NoteKind.Reply,
    };

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
            : await Failure.ChangesAsync(clinic, stored, phoneHash, report.Code, now, cancellation);
        return await clinic.Records.CommitAsync([.. changes, .. Seen(clinic, report.EventId, now)], cancellation) is CommitResult.Committed;
    }

    // A report about an earlier try of a text that has been sent again says nothing about the later one; delivered stays delivered.
    private static bool IsAbout(Reminder reminder, SmsEvent.DeliveryReport report) =>
        reminder.Status is ReminderStatus.Sending or ReminderStatus.Sent && (reminder.MessageId is null || reminder.MessageId == report.MessageId);

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
