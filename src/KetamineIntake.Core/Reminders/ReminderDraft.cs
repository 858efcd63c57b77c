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
    ReminderTemplate Template, Appointment? Visit, Instant Wanted, Instant PlanBefore, Instant ActionableBy, Instant NotBefore, string Basis);

/// <summary>What the protocol's plan wants for one infusion, before windows and caps.</summary>
internal static class ReminderDrafts
{
    public static ReminderDraft WeekBefore(Appointment visit, PlanInput input)
    {
        var times = input.Rules.Times;
        var cutOff = VisitTimes.Of(visit, input.Rules).NoAlcoholFrom;
        var wanted = visit.Start.Date.PlusDays(-times.WeekBeforeDays).At(times.WeekBeforeAt);
        return new ReminderDraft(
            ReminderTemplate.WeekBefore, visit, At(wanted, input), cutOff, cutOff, Instant.MinValue,
            $"{PlanWords.Clock(times.WeekBeforeAt)} clinic time, {times.WeekBeforeDays} days before the visit");
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

    /// <summary>Its words are about this evening, so it goes after the visit and before the day is over, or not at all.</summary>
    public static ReminderDraft EveningAfter(Appointment visit, PlanInput input)
    {
        var at = input.Rules.Times.EveningAfterAt;
        var evening = At(visit.Start.Date.At(at), input);
        var end = VisitTimes.Of(visit, input.Rules).EndsAt;
        var dayOver = visit.Start.Date.PlusDays(1).AtStartOfDayInZone(input.ClinicZone).ToInstant();
        var basis = end > evening ? "when the visit ends" : $"{PlanWords.Clock(at)} clinic time, after the visit";
        return new ReminderDraft(ReminderTemplate.EveningAfter, visit, Instant.Max(evening, end), dayOver, dayOver, end, basis);
    }

    /// <summary>When the judgement asked for it; on the day of the visit it is too late for a text.</summary>
    public static ReminderDraft Labs(Appointment visit, LabNotice notice, PlanInput input)
    {
        var dayOfVisit = visit.Start.Date.AtStartOfDayInZone(input.ClinicZone).ToInstant();
        return new ReminderDraft(
            ReminderTemplate.Labs, visit, notice.AskedAt, dayOfVisit, dayOfVisit, notice.AskedAt,
            $"a test needed before the visit is missing or will expire, told {notice.DaysBefore} days ahead or as soon as that");
    }

    /// <summary>It alone says how to end the texts, so it goes as long as any visit is ahead that texts are sent about.</summary>
    public static ReminderDraft OptIn(Appointment lastVisit, PlanInput input) => new(
        ReminderTemplate.OptIn, null, input.Now, lastVisit.StartsAt, lastVisit.StartsAt, Instant.MinValue, "with the first booking");

    private static Instant At(LocalDateTime clinicTime, PlanInput input) => clinicTime.InZoneLeniently(input.ClinicZone).ToInstant();
}
