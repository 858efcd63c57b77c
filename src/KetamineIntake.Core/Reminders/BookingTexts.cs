using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>The texts that a series, or a visit booked alone, gets once: about its booking, the week before, and the call that has to come first.</summary>
internal static class BookingTexts
{
    /// <summary>
    /// One for each booking that a text confirms; and one, of whichever booking, as long as nothing has told the patient how to stop texts.
    /// </summary>
    /// <param name="infusions">Booked ones in the order of their starts.</param>
    public static IReadOnlyList<ReminderDraft> Booked(IReadOnlyList<Appointment> infusions, Instant atOnce, PlanInput input)
    {
        var firsts = FirstAhead(infusions, input, atOnce).Where(a => !IsDone(a, input, p => p.Template == ReminderTemplate.Booked)).ToList();
        List<Appointment> confirmed = [.. firsts.Where(a => a.IsConfirmedByText)];
        if (confirmed.Count == 0 && !input.IsTold)
        {
            confirmed.AddRange(firsts.Take(1));
        }

        return [.. confirmed.Select(a => ReminderDrafts.Booked(a, input))];
    }

    /// <summary>Once for a series. Who has to call about food first is asked that instead, and again for whatever is booked later.</summary>
    public static IEnumerable<PlannedReminder> Ahead(IReadOnlyList<Appointment> infusions, IReadOnlyCollection<PlannedReminder> booked, Instant atOnce, PlanInput input)
    {
        // Times that went out for a visit are taken back for that very visit: one that can no longer go stays in the plan as dropped, and becomes a note.
        var toTakeBack = infusions.Where(a => a.IsAhead(input.Now) && input.CallFirst.Contains(a.Id) && ToldTime.HasTimes(a, input.Past)).ToList();
        foreach (var visit in toTakeBack)
        {
            yield return ReminderDrafts.CallFirst(visit, input).Place(atOnce, input);
        }

        foreach (var visit in FirstAhead(infusions, input).Where(first => !toTakeBack.Exists(a => IsSameBooking(a, first))))
        {
            // Booked late, the text about the booking says it.
            var isSaid = booked.Any(b => !b.IsDropped && b.Visit?.Id == visit.Id) && input.IsBookedLate(visit);
            if (isSaid)
            {
                continue;
            }

            if (NextToCallFirst(visit, infusions, input) is { } next)
            {
                if (!IsDone(visit, input, p => p.AskedToCall))
                {
                    yield return ReminderDrafts.CallFirst(next, input).Place(atOnce, input);
                }
            }
            else if (IsFirst(visit, infusions) && !input.IsBookedLate(visit) && !IsDone(visit, input, p => p.Template == ReminderTemplate.WeekBefore))
            {
                yield return ReminderDrafts.WeekBefore(visit, input).Place(atOnce, input);
            }
        }
    }

    /// <summary>The first of its series; of visits booked alone, the patient's first infusion.</summary>
    public static bool IsFirst(Appointment visit, IReadOnlyList<Appointment> infusions) =>
        visit.SeriesId is null || infusions.First(a => a.SeriesId == visit.SeriesId).Id == visit.Id;

    // Of those that a plan is needed for, the next whose text can still help.
    private static Appointment? NextToCallFirst(Appointment first, IReadOnlyList<Appointment> infusions, PlanInput input) => infusions
        .Where(a => a.IsAhead(input.Now) && IsSameBooking(a, first) && input.CallFirst.Contains(a.Id))
        .Select(a => (Appointment?)a)
        .OrderBy(a => ReminderDrafts.CallFirst(a!, input).Place(input.Rules.Window.NextInside(input.Now, input.PatientZone), input).IsDropped)
        .FirstOrDefault();

    // Of a booking whose first visit begins before any text may go, the next.
    private static IEnumerable<Appointment> FirstAhead(IReadOnlyList<Appointment> infusions, PlanInput input, Instant? after = null) =>
        infusions.Where(a => a.IsAhead(input.Now)).GroupBy(a => a.SeriesId ?? a.Id, StringComparer.Ordinal).Select(g => g.FirstOrDefault(a => !(a.StartsAt <= after)) ?? g.First());

    private static bool IsSameBooking(Appointment one, Appointment other) => one.Id == other.Id || (one.SeriesId is not null && one.SeriesId == other.SeriesId);

    /// <summary>Whether the visit, or its series, had such a text. On its way counts; what never arrived does not.</summary>
    public static bool IsDone(Appointment visit, PlanInput input, Func<PastReminder, bool> does) => input.Past.Any(p =>
        p.SentAt is not null && (p.AppointmentId == visit.Id || (p.SeriesId is not null && p.SeriesId == visit.SeriesId)) && does(p));
}
