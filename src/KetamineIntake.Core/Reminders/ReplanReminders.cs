using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Handles a plan message: makes a patient's reminders what they are to be now, after consent, orders or the protocol changed. Running it twice changes nothing more.</summary>
public sealed class ReplanReminders(ClinicDirectory clinics, PhoneBook phones, SiteAddress site, IClock clock)
{
    public async Task RunAsync(Message message, CancellationToken cancellation)
    {
        if (await clinics.FindAsync(message.Clinic, cancellation) is not { } clinic
            || await PatientVisits.LoadAsync(clinic, phones, message.Subject, cancellation) is not { } visits)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var appointments = visits.Appointments.Select(a => a.Value).ToList();
        var plan = ReminderChanges.Plan(clinic, ClinicTexting.Of(clinic, site), visits, appointments, now);
        var reminders = ReminderChanges.Changes(clinic, visits, plan, appointments, now);
        if (reminders.Count == 0)
        {
            return;
        }

        if (await clinic.Records.CommitAsync(PlanCommit.Of(clinic, visits, [], reminders, now), cancellation) is CommitResult.Conflict)
        {
            // Somebody planned at the same time; the queue brings this message again.
            throw new RecordStoreException("A plan was changed while it was being made.");
        }
    }
}
