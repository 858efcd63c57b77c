using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// The texts about visits that were moved or cancelled: a while after the last change, or at the next allowed minute. Whoever was told a time that is no longer so, hears the one that is;
/// whoever was not, hears nothing of it.
/// </summary>
internal static class ChangedVisits
{
    /// <param name="booked">Texts about bookings that are still to go: they name the time as it is now.</param>
    public static IEnumerable<PlannedReminder> Of(PlanInput input, IReadOnlyCollection<PlannedReminder> booked)
    {
        foreach (var visit in input.Appointments.Where(a => a.ChangedAt is not null).OrderBy(a => a.ChangedAt).ThenBy(a => a.Id, StringComparer.Ordinal))
        {
            var told = ToldTime.Of(visit, input.Past);
            var isSaid = booked.Any(b => !b.IsDropped && b.Visit?.Id == visit.Id);
            if (visit.Status == AppointmentStatus.Cancelled && InstantOf(told, input) > input.Now)
            {
                yield return Cancelled(visit, InstantOf(told, input), input);
            }
            else if (visit.IsAhead(input.Now) && told != visit.Start && !isSaid)
            {
                yield return Moved(visit, input);
            }
        }
    }

    private static PlannedReminder Moved(Appointment visit, PlanInput input)
    {
        var sendAt = SendAt(visit, input);
        var dayBefore = visit.Start.Date.PlusDays(-1).AtStartOfDayInZone(input.ClinicZone).ToInstant();
        var fasts = visit.Kind == AppointmentKind.Infusion && !input.CallFirst.Contains(visit.Id);
        if (fasts && sendAt >= dayBefore)
        {
            var cutOff = VisitTimes.Of(visit, input.Rules).NoFoodFrom;
            return Planned(ReminderTemplate.MovedSoon, visit, sendAt, cutOff, "; stands for the day-before and the day-of text", input);
        }

        // From the day before on it has to name food and water, so it must not go without them.
        return Planned(ReminderTemplate.Moved, visit, sendAt, fasts ? dayBefore : visit.StartsAt, "", input);
    }

    private static PlannedReminder Cancelled(Appointment visit, Instant told, PlanInput input) =>
        Planned(ReminderTemplate.Cancelled, visit, SendAt(visit, input), told, "", input);

    private static PlannedReminder Planned(ReminderTemplate template, Appointment visit, Instant sendAt, Instant by, string also, PlanInput input)
    {
        var wanted = Wanted(visit, input);
        var basis = $"{input.Rules.Times.ChangeMinutes} minutes after the change";
        var draft = new ReminderDraft(template, visit, wanted, by, by, Instant.MinValue, basis);
        var why = (sendAt == wanted ? basis : $"{basis}; {PlanWords.Moved(wanted, sendAt, input)}") + also;
        return sendAt < by
            ? draft.Planned(sendAt, why, false, input)
            : draft.Planned(sendAt, $"{basis}; not sent: no time is left in which it may go and still helps", true, input);
    }

    private static Instant SendAt(Appointment visit, PlanInput input) =>
        input.Rules.Window.NextInside(Instant.Max(Wanted(visit, input), input.Now), input.PatientZone);

    private static Instant Wanted(Appointment visit, PlanInput input) => visit.ChangedAt!.Value + Duration.FromMinutes(input.Rules.Times.ChangeMinutes);

    private static Instant InstantOf(LocalDateTime clinicTime, PlanInput input) => clinicTime.InZoneLeniently(input.ClinicZone).ToInstant();
}
