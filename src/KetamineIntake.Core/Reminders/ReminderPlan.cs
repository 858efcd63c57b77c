using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// Makes a patient's reminders out of their visits: when the protocol wants each, moved into the hours in which texts may go, what is late merged, what the caps leave no room for
/// dropped by importance: what matters most takes its place first, whenever it goes. The same input gives the same plan.
/// </summary>
public static class ReminderPlan
{
    /// <summary>All reminders that are still to come, in the order of their times; those that cannot go are among them, as dropped.</summary>
    public static IReadOnlyList<PlannedReminder> For(PlanInput input)
    {
        var infusions = input.Appointments
            .Where(a => a is { Kind: AppointmentKind.Infusion, Status: AppointmentStatus.Booked })
            .OrderBy(a => a.StartsAt).ThenBy(a => a.Id, StringComparer.Ordinal).ToList();
        var atOnce = input.Rules.Window.NextInside(input.Now, input.PatientZone);
        var booked = BookingTexts.Booked(infusions, atOnce, input).Select(b => b.Place(atOnce, input)).ToList();
        if (booked.Count > 0 && !input.IsTold)
        {
            // In the window's last minute both go in that minute: tomorrow would be too late for what matters.
            var behind = atOnce + Duration.FromMinutes(1);
            atOnce = input.Rules.Window.Contains(behind, input.PatientZone) ? behind : atOnce;
        }

        var parts = new Parts(infusions, booked, atOnce);
        var plan = Make(parts, inTurn: true, input);

        // Only where a day-before text would find no room, the morning texts have to wait for all of them.
        return plan.InOrder.Any(r => r is { Template: ReminderTemplate.DayBefore, IsDropped: true }) ? Make(parts, inTurn: false, input).InOrder : plan.InOrder;
    }

    /// <param name="inTurn">Each visit's morning text takes its place before the next visit's day-before text.</param>
    private static PlanUnderCaps Make(Parts parts, bool inTurn, PlanInput input)
    {
        var (infusions, booked, atOnce) = parts;
        var ahead = BookingTexts.Ahead(infusions, booked, atOnce, input).Where(r => !r.IsDropped || (r.Template == ReminderTemplate.CallFirst && ToldTime.HasTimes(r.Visit!, input.Past))).ToList();
        var plan = new PlanUnderCaps(input);
        plan.TakeAll(ChangedVisits.Of(input, booked));
        plan.TakeAll(infusions.Select(visit => ReminderDrafts.EveningAfter(visit, input)).Where(e => input.Now < e.ActionableBy).Select(e => e.Place(atOnce, input)));
        if (!input.IsTold)
        {
            plan.TakeAll(booked.Take(1));
        }

        foreach (var visit in infusions.Where(a => a.IsAhead(input.Now)))
        {
            plan.TakeAll(DayBefore(visit, ahead, plan, atOnce, input));
            plan.TakeAll(inTurn ? DayOf(visit, infusions, plan, atOnce, input) : []);
        }

        foreach (var visit in infusions.Where(a => !inTurn && a.IsAhead(input.Now)))
        {
            plan.TakeAll(DayOf(visit, infusions, plan, atOnce, input));
        }

        var rest = ahead.Concat(booked.Where(b => !StandsFor(b, plan, input))).Concat(Labs(infusions, atOnce, input));
        plan.TakeAll(rest.OrderBy(r => r.Template).ThenBy(r => r.SendAt));
        return plan;
    }

    /// <param name="Booked">Texts about bookings.</param>
    /// <param name="AtOnce">The earliest moment for what is late.</param>
    private sealed record Parts(List<Appointment> Infusions, List<PlannedReminder> Booked, Instant AtOnce);

    /// <summary>
    /// None where the text about another time names food and water. Who has to call first hears it once that day, and then as early as it can be said.
    /// </summary>
    private static IEnumerable<PlannedReminder> DayBefore(Appointment visit, List<PlannedReminder> ahead, PlanUnderCaps plan, Instant atOnce, PlanInput input)
    {
        if (plan.Find(visit, ReminderTemplate.MovedSoon) is not null || ToldTime.IsPrepared(visit, input.Past))
        {
            yield break;
        }

        var dayBefore = ReminderDrafts.DayBefore(visit, input).Place(atOnce, input);
        var call = ahead.Find(r => r.Template == ReminderTemplate.CallFirst && r.Visit?.Id == visit.Id);
        if (call is not null && !dayBefore.IsDropped && DateOf(call.SendAt, input) >= DateOf(dayBefore.SendAt, input))
        {
            ahead.Remove(call);
            dayBefore = dayBefore with { SendAt = Instant.Min(call.SendAt, dayBefore.SendAt), Why = $"{dayBefore.Why}; also asks to call first" };
        }

        yield return dayBefore;
    }

    /// <summary>For the first infusion, and where no day-before text could go; no infusion gets a second one.</summary>
    private static IEnumerable<PlannedReminder> DayOf(Appointment visit, List<Appointment> infusions, PlanUnderCaps plan, Instant atOnce, PlanInput input)
    {
        if (input.Past.Any(p => p is { Template: ReminderTemplate.DayOf, SentAt: not null } && p.AppointmentId == visit.Id))
        {
            yield break;
        }

        var draft = ReminderDrafts.DayOf(visit, input);
        if (!IsPrepared(visit, plan, input))
        {
            yield return draft.Place(atOnce, input);
            yield break;
        }

        var isFirst = visit.SeriesId is null ? infusions[0].Id == visit.Id : BookingTexts.IsFirst(visit, infusions);
        if (isFirst && plan.Find(visit, ReminderTemplate.MovedSoon) is null && !WasMovedSoon(visit, input))
        {
            if (!Folds(draft, input))
            {
                yield return draft.Place(atOnce, input);
            }
            else if (plan.Find(visit, ReminderTemplate.DayBefore) is { } dayBefore)
            {
                plan.Replace(dayBefore, dayBefore with
                {
                    Why = $"{dayBefore.Why}; also stands for the text {draft.Basis}: {PlanWords.Clock(draft.Wanted.InZone(input.PatientZone).TimeOfDay)} is in quiet hours or too near the water cut-off",
                });
            }
        }
    }

    private static bool IsPrepared(Appointment visit, PlanUnderCaps plan, PlanInput input) =>
        plan.Find(visit, ReminderTemplate.DayBefore) is { IsDropped: false } || plan.Find(visit, ReminderTemplate.MovedSoon) is { IsDropped: false } || ToldTime.IsPrepared(visit, input.Past);

    private static bool WasMovedSoon(Appointment visit, PlanInput input) =>
        input.Past.Any(p => p is { Template: ReminderTemplate.MovedSoon, SentAt: not null } && p.AppointmentId == visit.Id && p.Version == visit.Version);

    // Nobody needs two texts at one moment about the same visit, once they know how to stop texts.
    private static bool StandsFor(PlannedReminder booked, PlanUnderCaps plan, PlanInput input) =>
        input.IsTold && plan.Find(booked.Visit!, ReminderTemplate.DayBefore) is { IsDropped: false } dayBefore && dayBefore.SendAt <= booked.SendAt;

    private static bool Folds(ReminderDraft dayOf, PlanInput input) =>
        !input.Rules.Window.Contains(dayOf.Wanted, input.PatientZone)
        || dayOf.Wanted + Duration.FromMinutes(input.Rules.Times.DayOfMargin) > dayOf.ActionableBy;

    // One text for a series or a visit booked alone, when a visit is blocked; farther ahead and afterwards the page says what is missing.
    private static IEnumerable<PlannedReminder> Labs(List<Appointment> infusions, Instant atOnce, PlanInput input) =>
        from notice in input.LabNotices
        where notice.Stands && notice.DaysBefore <= input.Rules.Times.LabsDays
        let visit = infusions.Find(a => a.Id == notice.Visit.Id && a.IsAhead(input.Now))
        where visit is not null && !BookingTexts.IsDone(visit, input, p => p.Template == ReminderTemplate.Labs && p.Id != notice.Id)
        select ReminderDrafts.Labs(visit, notice, input).Place(atOnce, input) with { Id = notice.Id };

    private static LocalDate DateOf(Instant instant, PlanInput input) => instant.InZone(input.PatientZone).Date;
}
