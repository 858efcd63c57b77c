using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// Handles a plan message: makes a patient's reminders what they are to be now, after consent, orders or the protocol changed, and judges the patient again where
/// the rules have. Running it twice changes nothing more.
/// </summary>
public sealed class ReplanReminders(ClinicDirectory clinics, PhoneBook phones, SiteAddress site, IClock clock)
{
    private const string Late = "planned anew after consent, an order, the referral, tests or the clinic's settings changed";

    /// <summary>The subject of a message about all patients with a visit ahead.</summary>
    public const string Everyone = "everyone";

    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(message.Clinic, cancellation) is not { } clinic)
        {
            return;
        }

        if (message.Subject == Everyone)
        {
            await RequestAllAsync(message.Clinic, clinic.Records, clock.GetCurrentInstant(), cancellation);
            return;
        }

        if (await PatientVisits.LoadAsync(clinic, phones, message.Subject, cancellation) is not { } visits)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var appointments = visits.Appointments.Select(a => a.Value).ToList();
        var plan = ReminderChanges.Plan(clinic, ClinicTexting.Of(clinic, site), visits, appointments, now, Late);
        var reminders = ReminderChanges.Changes(clinic, visits, Told(plan, visits), appointments, now);
        var judged = JudgedAgain.Changes(clinic, visits, now);
        if (reminders.Count == 0 && judged.Count == 0)
        {
            return;
        }

        List<Change> told = [.. judged, .. Untold.Notes(plan, appointments, visits, now), .. OptedOut(visits, now), .. CancelledUntold(plan, appointments, visits, now)];
        if (await clinic.Records.CommitAsync(PlanCommit.Of(clinic, visits with { IsJudgedByOtherRules = false }, told, reminders, now), cancellation) is CommitResult.Conflict)
        {
            // Somebody else planned for this patient meanwhile; the queue brings this message again.
            throw RecordStoreException.Contended("A plan was changed while it was being made.");
        }
    }

    /// <summary>Has every patient of a clinic with a visit ahead planned anew; the clinic's rules for texts have changed.</summary>
    internal static async Task RequestAllAsync(string clinic, IRecordStore records, Instant now, CancellationToken cancellation)
    {
        foreach (var some in (await VisitsAhead.PatientsAsync(records, now, cancellation)).Chunk(Core.Records.Changes.Maximum))
        {
            await records.CommitAsync([.. some.Select(p => Outbox.Row(new Message(Queues.Plans, clinic, p), now))], cancellation);
        }
    }

    // What stands as it was keeps the reason it was given first.
    private static List<Reminder> Told(IReadOnlyList<Reminder> plan, PatientVisits visits)
    {
        var before = visits.Reminders.ToDictionary(r => r.Value.Id, r => r.Value, StringComparer.Ordinal);
        return [.. plan.Select(r => before.TryGetValue(r.Id, out var old) && r.Why.Contains(Late, StringComparison.Ordinal) && r with { Why = old.Why } == old ? old : r)];
    }

    private static IEnumerable<Change> OptedOut(PatientVisits visits, Instant now) => OptOutNote.Of(visits, now) is { } note ? [note.Insert()] : [];

    // Whoever is texted no more before the text went comes for nothing.
    private static IEnumerable<Change> CancelledUntold(IReadOnlyList<Reminder> plan, IReadOnlyList<Appointment> appointments, PatientVisits visits, Instant now)
    {
        var lost = visits.Reminders.Select(r => r.Value).Where(r => r is { Template: ReminderTemplate.Cancelled, Status: ReminderStatus.Planned }).ToList();
        return visits.NoTexts is not { } why || plan.Count > 0 || lost.Count == 0
            ? []
            : [Failure.Note(lost[0], visits.Patient.Phone, now, Untold.Words(lost, appointments, why)).Insert()];
    }
}
