using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>A reminder before it has its time.</summary>
/// <param name="Wanted">When the plan wants it.</param>
/// <param name="PlanBefore">Its time is chosen before this instant, at the latest <paramref name="ActionableBy"/>.</param>
/// <param name="NotBefore">Moved earlier it must not go before this instant.</param>
/// <param name="Basis">The plan's own words for <paramref name="Wanted"/>.</param>
internal sealed record ReminderDraft(
    ReminderTemplate Template, Appointment? Visit, Instant Wanted, Instant PlanBefore, Instant ActionableBy, Instant NotBefore, string Basis)
{
    /// <summary>
    /// Its time inside the hours in which texts may go: the plan's, else the next that still helps, else at once. Dropped when there is none.
    /// </summary>
    /// <param name="atOnce">The earliest moment for what is late.</param>
    public PlannedReminder Place(Instant atOnce, PlanInput input)
    {
        if (InTime(input) is { } inTime && inTime >= input.Now)
        {
            return Planned(inTime, inTime == Wanted ? Basis : $"{Basis}; {PlanWords.Moved(Wanted, inTime, input)}", false, input);
        }

        return atOnce < ActionableBy && atOnce >= NotBefore
            ? Planned(atOnce, $"{input.Late}: sent at once", false, input)
            : Planned(Wanted, $"{Basis}; not sent: no time is left in which it may go and still helps", true, input);
    }

    /// <summary>The reminder at a time that is chosen already.</summary>
    public PlannedReminder Planned(Instant sendAt, string why, bool isDropped, PlanInput input)
    {
        var id = ReminderId.For(input.Clinic, input.PatientId, Visit?.Id, Visit?.Version ?? 0, Template);
        return new PlannedReminder(id, Template, Visit, sendAt, ActionableBy, why, isDropped);
    }

    private Instant? InTime(PlanInput input)
    {
        var next = input.Rules.Window.NextInside(Wanted, input.PatientZone);
        if (next < PlanBefore)
        {
            return next;
        }

        var last = input.Rules.Window.LastBefore(PlanBefore, input.PatientZone);
        return last >= NotBefore ? last : null;
    }
}

/// <summary>What the protocol's plan wants for one infusion, before windows and caps.</summary>
internal static class ReminderDrafts
{
    public static ReminderDraft WeekBefore(Appointment visit, PlanInput input)
    {
        var cutOff = VisitTimes.Of(visit, input.Rules).NoAlcoholFrom;
        return new ReminderDraft(ReminderTemplate.WeekBefore, visit, WeekBeforeAt(visit, input), cutOff, cutOff, Instant.MinValue, WeekBeforeWords(input));
    }

    /// <summary>It names no cut-off; once food must stop, a talk about food comes too late.</summary>
    public static ReminderDraft CallFirst(Appointment visit, PlanInput input)
    {
        var cutOff = VisitTimes.Of(visit, input.Rules).NoFoodFrom;
        return new ReminderDraft(
            ReminderTemplate.CallFirst, visit, WeekBeforeAt(visit, input), cutOff, cutOff, Instant.MinValue, $"{WeekBeforeWords(input)}, in place of the week-before text");
    }

    /// <summary>Planned for the day before, even where the cut-off is later: a ride is not arranged at night.</summary>
    public static ReminderDraft DayBefore(Appointment visit, PlanInput input)
    {
        var cutOff = VisitTimes.Of(visit, input.Rules).NoFoodFrom;
        var dayOfVisit = visit.Start.Date.AtStartOfDayInZone(input.ClinicZone).ToInstant();
        var at = input.Rules.Times.DayBeforeAt;
        return new ReminderDraft(
            ReminderTemplate.DayBefore, visit, At(visit.Start.Date.PlusDays(-1).At(at), input), Instant.Min(cutOff, dayOfVisit), cutOff, Instant.MinValue,
            $"{PlanWords.Clock(at)} clinic time, the day before the visit");
    }

    public static ReminderDraft DayOf(Appointment visit, PlanInput input)
    {
        var cutOff = VisitTimes.Of(visit, input.Rules).NoWaterFrom;
        var hours = input.Rules.Times.DayOfHours;
        return new ReminderDraft(
            ReminderTemplate.DayOf, visit, visit.StartsAt - Duration.FromHours(hours), cutOff, cutOff, Instant.MinValue, $"{hours} hours before the visit");
    }

    /// <summary>Its words are about this evening, so it goes once the visit has begun and before the day is over, or not at all.</summary>
    public static ReminderDraft EveningAfter(Appointment visit, PlanInput input)
    {
        var times = input.Rules.Times;
        var latest = At(visit.Start.Date.At(times.EveningAfterLatest), input);
        var rested = VisitTimes.Of(visit, input.Rules).EndsAt + Duration.FromMinutes(times.EveningAfterMinutes);
        var dayOver = visit.Start.Date.PlusDays(1).AtStartOfDayInZone(input.ClinicZone).ToInstant();
        var basis = rested <= latest ? $"{times.EveningAfterMinutes} minutes after the visit's end" : $"{PlanWords.Clock(times.EveningAfterLatest)} clinic time, at the latest";
        return new ReminderDraft(ReminderTemplate.EveningAfter, visit, Instant.Max(Instant.Min(rested, latest), visit.StartsAt), dayOver, dayOver, visit.StartsAt, basis);
    }

    /// <summary>When the judgement asked for it; on the day of the visit it is too late for a text.</summary>
    public static ReminderDraft Labs(Appointment visit, LabNotice notice, PlanInput input)
    {
        var dayOfVisit = visit.Start.Date.AtStartOfDayInZone(input.ClinicZone).ToInstant();
        return new ReminderDraft(
            ReminderTemplate.Labs, visit, notice.AskedAt, dayOfVisit, dayOfVisit, notice.AskedAt,
            $"a test that blocks the visit is missing or will expire, told {notice.DaysBefore} days ahead or as soon as that");
    }

    /// <summary>It alone says how to end the texts, so it goes as long as the visit is ahead.</summary>
    public static ReminderDraft Booked(Appointment visit, PlanInput input) => new(
        ReminderTemplate.Booked, visit, visit.IsConfirmedByText ? visit.BookedAt : input.Now, visit.StartsAt, visit.StartsAt, Instant.MinValue, "with the booking");

    private static Instant WeekBeforeAt(Appointment visit, PlanInput input) =>
        At(visit.Start.Date.PlusDays(-input.Rules.Times.WeekBeforeDays).At(input.Rules.Times.WeekBeforeAt), input);

    private static string WeekBeforeWords(PlanInput input) =>
        $"{PlanWords.Clock(input.Rules.Times.WeekBeforeAt)} clinic time, {input.Rules.Times.WeekBeforeDays} days before the visit";

    private static Instant At(LocalDateTime clinicTime, PlanInput input) => clinicTime.InZoneLeniently(input.ClinicZone).ToInstant();
}
