using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Turns a patient's plan into changes of a commit: new reminders with their messages, changed ones, and those that nothing wants any more.</summary>
internal static class ReminderChanges
{
    /// <summary>What the patient's reminders are to be.</summary>
    /// <param name="appointments">All of the patient's as they will be after the commit.</param>
    /// <param name="late">What is behind a text that is planned after its time, in words for the clinic.</param>
    public static IReadOnlyList<Reminder> Plan(
        ClinicContext clinic, ClinicTexting texting, PatientVisits visits, IReadOnlyList<Appointment> appointments, Instant now, string late = PlanInput.BookedLate)
    {
        if (!visits.MayBeTexted || !texting.IsSigned)
        {
            return [];
        }

        var input = InputOf(clinic, texting, visits, appointments, now) with { Late = late };
        var wording = new Wording(visits, texting, input.PatientZone, input.Past);
        return [.. ReminderPlan.For(input).Select(planned => wording.Of(ReminderOf(planned, visits), planned.Visit)).Where(visits.MayGet)];
    }

    /// <summary>What the plan of a patient follows from.</summary>
    public static PlanInput InputOf(ClinicContext clinic, ClinicTexting texting, PatientVisits visits, IReadOnlyList<Appointment> appointments, Instant now) => new(
        clinic.Clinic.Slug, visits.Patient.Id, appointments, texting.RulesFor(visits), clinic.Zone, ClinicTexting.ZoneOf(clinic, visits.Patient),
        [.. visits.Reminders.Select(r => r.Value).Where(r => IsDone(r, now) || IsOnItsWay(r, appointments, now)).Select(PastOf)], now)
    {
        LabNotices = visits.Labs.Notices,
        CallFirst = appointments.Where(a => visits.CallsFirst(a)).Select(a => a.Id).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>The changes that make the stored reminders those of the plan.</summary>
    public static IReadOnlyList<Change> Changes(
        ClinicContext clinic, PatientVisits visits, IReadOnlyList<Reminder> plan, IReadOnlyList<Appointment> appointments, Instant now)
    {
        var changes = new List<Change>();
        var stored = visits.Reminders.ToDictionary(r => r.Value.Id, StringComparer.Ordinal);
        foreach (var wanted in plan)
        {
            changes.AddRange(Write(clinic, stored.TryGetValue(wanted.Id, out var before) ? before : null, wanted));
        }

        var kept = plan.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        changes.AddRange(visits.Reminders
            .Where(r => r.Value.Status == ReminderStatus.Planned && !kept.Contains(r.Value.Id) && !IsOnItsWay(r.Value, appointments, now))
            .Select(r => Replace(r, r.Value with { Status = ReminderStatus.Cancelled, Why = r.Value.Why + "; not sent: " + WhyNot(r.Value, visits, appointments) })));
        changes.AddRange(OptInUntil(visits, appointments, now));
        return changes;
    }

    public static Message MessageOf(ClinicContext clinic, Reminder reminder) => new(Queues.Reminders, clinic.Clinic.Slug, Rows.Reminder(reminder.PatientId, reminder.Id));

    public static Change Replace(Stored<Reminder> stored, Reminder reminder) => new Change.Replace(stored.Row.Key, RecordJson.Write(reminder), stored.Row.ETag);

    /// <summary>Whether the reminder's appointment is still the one it was planned for; texts about no single one need any.</summary>
    public static bool IsCurrent(Reminder reminder, IReadOnlyList<Appointment> appointments) =>
        appointments.Any(a => a.Status == (reminder.Template == ReminderTemplate.Cancelled ? AppointmentStatus.Cancelled : AppointmentStatus.Booked)
            && (reminder.AppointmentId is null || (a.Id == reminder.AppointmentId && a.Version == reminder.AppointmentVersion)));

    // With the provider it is sent, whatever became of its visit: a plan that took its row would lose that it went. One that waits for its next try keeps its tries.
    private static bool IsOnItsWay(Reminder reminder, IReadOnlyList<Appointment> appointments, Instant now) =>
        reminder.Status == ReminderStatus.Sending || ((reminder.WaitsForRetry || reminder.IsUnderWay(now)) && IsCurrent(reminder, appointments));

    // Texts must not go on without the one that says how to end them: where it cannot have gone, it is planned again. So is what was found late by a clock that was ahead.
    private static bool IsDone(Reminder reminder, Instant now) =>
        reminder.IsSettled && !(reminder.LateAt > now) && !(ReminderWords.TellsHowToStop(reminder.Template) && reminder is { SentAt: null, TriedSince: null });

    /// <summary>An opt-in text on its way goes as long as any infusion is ahead, wherever those have been moved since.</summary>
    private static IEnumerable<Change> OptInUntil(PatientVisits visits, IReadOnlyList<Appointment> appointments, Instant now) =>
        appointments.Where(a => a.Kind == AppointmentKind.Infusion && a.IsAhead(now)).MaxBy(a => a.StartsAt) is { } last
            ? visits.Reminders
                .Where(r => r.Value.Template == ReminderTemplate.OptIn && IsOnItsWay(r.Value, appointments, now) && r.Value.ActionableBy != last.StartsAt)
                .Select(r => Replace(r, r.Value with { ActionableBy = last.StartsAt }))
            : [];

    private static PastReminder PastOf(Reminder reminder) => new(
        reminder.Id, reminder.Template, reminder.AppointmentId, reminder.SeriesId,
        reminder.CountsAt ?? (reminder.IsSettled ? null : reminder.SendAt))
    {
        Version = reminder.AppointmentVersion,
        Start = reminder.VisitStart,
        AskedToCall = reminder.AsksToCall,
        MostPerWeek = reminder.MostPerWeek,
    };

    private static Reminder ReminderOf(PlannedReminder planned, PatientVisits visits) => new(
        planned.Id, visits.Patient.Id, planned.Template, planned.Visit?.Id, planned.Visit?.Version ?? 0, planned.Visit?.SeriesId,
        planned.SendAt, planned.ActionableBy, string.Empty, planned.Why, planned.IsDropped ? ReminderStatus.Dropped : ReminderStatus.Planned);

    private static IEnumerable<Change> Write(ClinicContext clinic, Stored<Reminder>? before, Reminder planned)
    {
        // Reports about an earlier try may still come.
        var wanted = planned with { FailedIds = before?.Value.FailedIds };
        if (before is { } known && known.Value == wanted)
        {
            yield break;
        }

        yield return before is { } old
            ? Replace(old, wanted)
            : new Change.Insert(Rows.Reminder(wanted.PatientId, wanted.Id), RecordJson.Write(wanted));
        if (wanted.Status == ReminderStatus.Planned && !(before is { Value.Status: ReminderStatus.Planned } same && same.Value.SendAt == wanted.SendAt))
        {
            yield return Outbox.Row(MessageOf(clinic, wanted), wanted.SendAt);
        }
    }

    private static string WhyNot(Reminder reminder, PatientVisits visits, IReadOnlyList<Appointment> appointments) =>
        !IsCurrent(reminder, appointments) ? "the visit was moved or cancelled"
        : visits.MayGet(reminder) ? "the plan changed"
        : visits.WhyNot;
}
