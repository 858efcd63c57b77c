using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// Makes a patient's reminders out of their visits: when the protocol wants each, moved into the hours in which texts may go, what is late merged, what the caps leave no room for
/// dropped by importance. The same input gives the same plan.
/// </summary>
public static class ReminderPlan
{
    /// <summary>All reminders that are still to come, in the order of their times; those that cannot go are among them, as dropped.</summary>
    public static IReadOnlyList<PlannedReminder> For(PlanInput input)
    {
        var settled = input.Past.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var planned = Wanted(input).Where(r => !settled.Contains(r.Id));
        var caps = new CapLedger(input.Rules.Caps, input.PatientZone, input.Past.Select(p => p.SentAt).OfType<Instant>());
        return
        [
            .. planned.OrderBy(r => r.Template).ThenBy(r => r.SendAt).Select(r => UnderCaps(r, caps)).ToList()
                .OrderBy(r => r.SendAt).ThenBy(r => r.Template).ThenBy(r => r.Id, StringComparer.Ordinal),
        ];
    }

    private static PlannedReminder UnderCaps(PlannedReminder reminder, CapLedger caps) =>
        !reminder.IsDropped && caps.TryAdd(reminder.SendAt) is { } full
            ? reminder with { IsDropped = true, Why = $"{reminder.Why}; not sent: {full}, and other texts matter more" }
            : reminder;

    private static IEnumerable<PlannedReminder> Wanted(PlanInput input)
    {
        var infusions = input.Appointments
            .Where(a => a is { Kind: AppointmentKind.Infusion, Status: AppointmentStatus.Booked })
            .OrderBy(a => a.StartsAt).ThenBy(a => a.Id, StringComparer.Ordinal).ToList();
        var atOnce = input.Rules.Window.NextInside(input.Now, input.PatientZone);
        if (infusions.FindLast(a => a.IsAhead(input.Now)) is { } last && input.Past.All(p => p.Template != ReminderTemplate.OptIn))
        {
            var optIn = ReminderDrafts.OptIn(last, input);
            yield return atOnce < last.StartsAt
                ? Reminder(optIn, atOnce, optIn.Basis, false, input)
                : Reminder(optIn, atOnce, $"{optIn.Basis}; not sent: no time is left before the last visit", true, input);

            // In the window's last minute both go in that minute: tomorrow would be too late for what matters.
            var behind = atOnce + Duration.FromMinutes(1);
            atOnce = input.Rules.Window.Contains(behind, input.PatientZone) ? behind : atOnce;
        }

        foreach (var reminder in infusions.SelectMany(visit => OfVisit(visit, infusions, atOnce, input)))
        {
            yield return reminder;
        }

        foreach (var notice in input.LabNotices.Where(n => n.Stands))
        {
            if (infusions.Find(a => a.Id == notice.Visit.Id && a.IsAhead(input.Now)) is { } visit)
            {
                yield return Place(ReminderDrafts.Labs(visit, notice, input), atOnce, input) with { Id = notice.Id };
            }
        }
    }

    private static IEnumerable<PlannedReminder> OfVisit(Appointment visit, List<Appointment> infusions, Instant atOnce, PlanInput input)
    {
        if (visit.IsAhead(input.Now))
        {
            foreach (var reminder in Preparation(visit, infusions, atOnce, input))
            {
                yield return reminder;
            }
        }

        var evening = ReminderDrafts.EveningAfter(visit, input);
        if (input.Now < evening.ActionableBy)
        {
            yield return Place(evening, atOnce, input);
        }
    }

    private static IEnumerable<PlannedReminder> Preparation(Appointment visit, List<Appointment> infusions, Instant atOnce, PlanInput input)
    {
        var dayBefore = Place(ReminderDrafts.DayBefore(visit, input), atOnce, input);
        if (GetsWeekBefore(visit, infusions, input.Past))
        {
            var weekBefore = Place(ReminderDrafts.WeekBefore(visit, input), atOnce, input);
            if (weekBefore.IsDropped)
            {
                dayBefore = With(dayBefore, $"{input.Late}, so it stands for the week-before text too");
            }
            else
            {
                yield return weekBefore;
            }
        }

        var dayOf = ReminderDrafts.DayOf(visit, input);
        if (!dayBefore.IsDropped && Folds(dayOf, input))
        {
            yield return With(dayBefore, $"also stands for the text {dayOf.Basis}: {PlanWords.Clock(dayOf.Wanted.InZone(input.PatientZone).TimeOfDay)} is in quiet hours or too near the water cut-off");
            yield break;
        }

        yield return dayBefore;
        yield return Place(dayOf, atOnce, input);
    }

    // The day-before text always carries food, water and ride, so nothing is lost.
    private static bool Folds(ReminderDraft dayOf, PlanInput input) =>
        !input.Rules.Window.Contains(dayOf.Wanted, input.PatientZone)
        || dayOf.Wanted + Duration.FromMinutes(input.Rules.Times.DayOfMargin) > dayOf.ActionableBy;

    private static bool GetsWeekBefore(Appointment visit, List<Appointment> infusions, IReadOnlyList<PastReminder> past) =>
        visit.SeriesId is null
        || (infusions.First(a => a.SeriesId == visit.SeriesId).Id == visit.Id
            && !past.Any(p => p.Template == ReminderTemplate.WeekBefore && p.SeriesId == visit.SeriesId && p.AppointmentId != visit.Id && p.SentAt is not null));

    private static PlannedReminder Place(ReminderDraft draft, Instant atOnce, PlanInput input)
    {
        if (InTime(draft, input) is { } inTime && inTime >= input.Now)
        {
            var why = inTime == draft.Wanted ? draft.Basis : $"{draft.Basis}; {PlanWords.Moved(draft.Wanted, inTime, input)}";
            return Reminder(draft, inTime, why, false, input);
        }

        return atOnce < draft.ActionableBy && atOnce >= draft.NotBefore
            ? Reminder(draft, atOnce, $"{input.Late}: sent at once", false, input)
            : Reminder(draft, draft.Wanted, $"{draft.Basis}; not sent: no time is left in which it may go and still helps", true, input);
    }

    private static Instant? InTime(ReminderDraft draft, PlanInput input)
    {
        var next = input.Rules.Window.NextInside(draft.Wanted, input.PatientZone);
        if (next < draft.PlanBefore)
        {
            return next;
        }

        var last = input.Rules.Window.LastBefore(draft.PlanBefore, input.PatientZone);
        return last >= draft.NotBefore ? last : null;
    }

    private static PlannedReminder Reminder(ReminderDraft draft, Instant sendAt, string why, bool isDropped, PlanInput input)
    {
        var id = ReminderId.For(input.Clinic, input.PatientId, draft.Visit?.Id, draft.Visit?.Version ?? 0, draft.Template);
        return new PlannedReminder(id, draft.Template, draft.Visit, sendAt, draft.ActionableBy, why, isDropped);
    }

    private static PlannedReminder With(PlannedReminder reminder, string also) => reminder with { Why = $"{reminder.Why}; {also}" };
}
