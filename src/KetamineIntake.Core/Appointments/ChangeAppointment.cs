using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>Moves or cancels a visit. Its reminders become harmless in the same commit, even those that are queued already.</summary>
public sealed class ChangeAppointment(PhoneBook phones, SiteAddress site, IClock clock)
{
    private const int Attempts = 4;

    public Task<BookingResult> MoveAsync(ClinicContext clinic, string patientId, string id, LocalDateTime start, StaffMember by, CancellationToken cancellation) =>
        RepeatAsync(() => TryMoveAsync(new Target(clinic, patientId, id, by), start, cancellation));

    /// <summary>What a move would store and text; nothing is stored.</summary>
    public Task<BookingResult> PreviewMoveAsync(ClinicContext clinic, string patientId, string id, LocalDateTime start, CancellationToken cancellation) =>
        TryMoveAsync(new Target(clinic, patientId, id, null), start, cancellation)!;

    public Task<BookingResult> CancelAsync(ClinicContext clinic, string patientId, string id, StaffMember by, CancellationToken cancellation) =>
        RepeatAsync(() => TryCancelAsync(new Target(clinic, patientId, id, by), cancellation));

    private static async Task<BookingResult> RepeatAsync(Func<Task<BookingResult?>> change)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await change() is { } result)
            {
                return result;
            }
        }

        return new BookingResult.Conflict("Somebody else changed this appointment at the same time. Look again, then try again.");
    }

    private async Task<BookingResult?> TryMoveAsync(Target target, LocalDateTime start, CancellationToken cancellation)
    {
        if (await LoadAsync(target, cancellation) is not var (visits, stored))
        {
            return new BookingResult.NotFound();
        }

        var now = clock.GetCurrentInstant();
        var before = stored.Value;
        if (before.Status == AppointmentStatus.Cancelled)
        {
            return new BookingResult.Conflict("This appointment is cancelled. Book a new one.");
        }

        if (!before.IsAhead(now))
        {
            return new BookingResult.Conflict("This appointment has begun or is over.");
        }

        if (before.Start == start)
        {
            return Unchanged(visits, before, []);
        }

        if (await BookableReferral.FindAsync(target.Clinic, target.PatientId, cancellation) is null)
        {
            return new BookingResult.Conflict("No referral of this patient is accepted or overridden any more. Cancel the visit, or a clinician decides anew first.");
        }

        var rules = ClinicTexting.Of(target.Clinic, site).RulesFor(visits).Visits;
        var (first, last) = start.Date < before.Start.Date ? (start.Date, before.Start.Date) : (before.Start.Date, start.Date);
        var days = await ClinicDays.LoadAsync(target.Clinic, first, last, cancellation);
        var verdict = BookingCheck.Decide(start, before.Kind, Calendars.Of(target.Clinic, rules, visits, days, before.Id, now));
        if (!verdict.CanBeBooked)
        {
            return new BookingResult.Refused(verdict.Faults);
        }

        var moved = before with
        {
            Start = start,
            StartsAt = verdict.StartsAt!.Value,
            TimeZone = target.Clinic.Clinic.TimeZone,
            Version = before.Version + 1,
            ConfirmedAt = null,
            RescheduleAskedAt = null,
            ChangedAt = now,
            BookedStart = before.BookedStart ?? before.Start,
        };
        days.Remove(before.Start.Date, before.Id);
        days.Add(start.Date, Calendars.DayVisit(moved, rules));
        return await CommitAsync(target, visits, stored.Row, moved, days, verdict.Notes, cancellation);
    }

    private async Task<BookingResult?> TryCancelAsync(Target target, CancellationToken cancellation)
    {
        if (await LoadAsync(target, cancellation) is not var (visits, stored))
        {
            return new BookingResult.NotFound();
        }

        var before = stored.Value;
        var now = clock.GetCurrentInstant();
        if (before.Status == AppointmentStatus.Cancelled)
        {
            // Who presses twice sees the second answer only.
            var standing = visits.Reminders.Select(r => r.Value).Where(r => r.Template == ReminderTemplate.Cancelled && r.AppointmentVersion == before.Version).ToList();
            var told = ChangeNotes.Of(target.Clinic, site, visits, before.Start, before, standing, now);
            return before.StartsAt > now ? Unchanged(visits, before, [told.Words]) with { MustCall = told.MustCall } : Unchanged(visits, before, []);
        }

        if (!before.IsAhead(now))
        {
            // The texts behind it ("do not drive") are for somebody who was here.
            return new BookingResult.Conflict("This appointment has begun or is over. It cannot be cancelled any more.");
        }

        var days = await ClinicDays.LoadAsync(target.Clinic, before.Start.Date, before.Start.Date, cancellation);
        days.Remove(before.Start.Date, before.Id);
        var cancelled = before with { Status = AppointmentStatus.Cancelled, Version = before.Version + 1, ChangedAt = now };
        return await CommitAsync(target, visits, stored.Row, cancelled, days, [], cancellation);
    }

    private async Task<BookingResult?> CommitAsync(
        Target target, PatientVisits visits, Row row, Appointment changed, ClinicDays days, IReadOnlyList<string> notes, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        List<Appointment> all = [.. visits.Appointments.Select(a => a.Value.Id == changed.Id ? changed : a.Value)];
        var plan = ReminderChanges.Plan(target.Clinic, ClinicTexting.Of(target.Clinic, site), visits, all, now, "moved, or another visit was cancelled, late");
        var told = ChangeNotes.Of(target.Clinic, site, visits, visits.Appointments.Single(a => a.Value.Id == changed.Id).Value.Start, changed, plan, now);
        var done = new BookingResult.Done([changed], plan, [.. notes, told.Words]) { MustCall = told.MustCall };
        if (target.By is not { } by)
        {
            return done;
        }

        var action = changed.Status == AppointmentStatus.Cancelled ? "appointment.cancel" : "appointment.move";
        Change[] changes =
        [
            new Change.Replace(row.Key, RecordJson.Write(changed), row.ETag),
            .. days.Changes(),
            new AuditEntry(now, by.Id, action, row.Key).ToChange(),
            ReviewLabs.Request(target.Clinic.Clinic.Slug, target.PatientId, now),
            .. told.MustCall ? [new StaffNote(RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [target.PatientId], told.Words).Insert()] : Untold.Notes(plan, all, visits, now),
        ];
        var reminders = ReminderChanges.Changes(target.Clinic, visits, plan, all, now);
        var commit = PlanCommit.Of(target.Clinic, visits, changes, reminders, now);
        return await target.Clinic.Records.CommitAsync(commit, cancellation) is CommitResult.Committed ? done : null;
    }

    private async Task<(PatientVisits Visits, Stored<Appointment> Stored)?> LoadAsync(Target target, CancellationToken cancellation)
    {
        if (await PatientVisits.LoadAsync(target.Clinic, phones, target.PatientId, cancellation) is not { } visits)
        {
            return null;
        }

        var found = visits.Appointments.Where(a => a.Value.Id == target.Id).ToList();
        return found.Count == 0 ? null : (visits, found[0]);
    }

    private static BookingResult.Done Unchanged(PatientVisits visits, Appointment appointment, IReadOnlyList<string> notes) =>
        new([appointment], [.. visits.Reminders.Select(r => r.Value).Where(r => r.Status == ReminderStatus.Planned)], notes);

    /// <param name="By">Null for a preview.</param>
    private sealed record Target(ClinicContext Clinic, string PatientId, string Id, StaffMember? By);
}
