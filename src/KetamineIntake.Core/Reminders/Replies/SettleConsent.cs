using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Receives the queue "consents": what follows from a word about texts to a number, and from a doubtful one that nobody decided on. May run twice or late.</summary>
public sealed class SettleConsent(ClinicDirectory clinics, DecideOptOut decide, PhoneBook phones, IClock clock)
{
    // A stamp and a message each, and the message for the next page.
    private const int Page = 49;

    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(message.Clinic, cancellation) is not { } clinic)
        {
            return;
        }

        await (ConsentSubject.Of(message.Subject) switch
        {
            ConsentSubject.Plans plans => PlanAsync(clinic, plans, cancellation),
            ConsentSubject.Deadline deadline => decide.ExpireAsync(clinic, deadline.PhoneHash, deadline.NoteId, message, cancellation),
            _ => Task.CompletedTask,
        });
    }

    /// <summary>The message by which an undecided doubt becomes an opt-out.</summary>
    internal static Change Due(ClinicContext clinic, string phoneHash, ConsentDoubt doubt) =>
        Outbox.Row(new Message(Queues.Consents, clinic.Clinic.Slug, ConsentSubject.Undecided(phoneHash, doubt.NoteId)), doubt.DecideBy);

    private async Task PlanAsync(ClinicContext clinic, ConsentSubject.Plans page, CancellationToken cancellation)
    {
        await phones.CompleteAsync(clinic, cancellation);
        var some = await PhoneBook.PatientsAsync(clinic, page.PhoneHash, Page, page.After, cancellation);
        var now = clock.GetCurrentInstant();
        var changes = new List<Change>();
        foreach (var patient in some)
        {
            // Whoever was never planned for has nothing to be planned anew; most of those whom an anonymous form brings are such.
            if (await clinic.Records.FindAsync(Rows.Plan(patient), cancellation) is not null)
            {
                changes.AddRange([PlanCommit.Touch(patient, now), Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, patient), now)]);
            }
        }

        if (some.Count == Page)
        {
            changes.Add(Outbox.Row(new Message(Queues.Consents, clinic.Clinic.Slug, ConsentSubject.Everybody(page.PhoneHash, some[^1])), now));
        }

        if (changes.Count > 0)
        {
            await clinic.Records.CommitAsync(changes, cancellation);
        }
    }
}
