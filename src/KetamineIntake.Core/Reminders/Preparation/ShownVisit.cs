using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>Which of the visits behind a preparation page the page is about.</summary>
internal static class ShownVisit
{
    // A visit's own words about the hours afterwards.
    private static readonly Duration Afterwards = Duration.FromHours(24);

    /// <summary>
    /// The infusion that the patient prepares for now: times of an earlier visit would end the fast at the wrong hour. Else one that began less than a day ago, else the next visit, else
    /// the last.
    /// </summary>
    /// <param name="booked">At least one, in the order of their starts.</param>
    /// <param name="reminders">The patient's texts.</param>
    public static Appointment Of(IReadOnlyList<Appointment> booked, IReadOnlyList<Reminder> reminders, ReminderRules rules, Instant now)
    {
        var infusions = booked.Where(a => a.Kind == AppointmentKind.Infusion).ToList();
        return infusions.Find(a => a.IsAhead(now) && now >= PreparedFrom(a, reminders, rules))
            ?? infusions.FindLast(a => !a.IsAhead(now) && IsRecent(a, now))
            ?? booked.FirstOrDefault(a => IsRecent(a, now))
            ?? booked[^1];
    }

    private static bool IsRecent(Appointment visit, Instant now) => now < visit.StartsAt + Afterwards;

    // Its day-before text leads here; where that went earlier than planned, or the fast begins before it, the page must not lag behind.
    private static Instant PreparedFrom(Appointment visit, IReadOnlyList<Reminder> reminders, ReminderRules rules)
    {
        var planned = visit.Start.Date.PlusDays(-1).At(rules.Times.DayBeforeAt).InZoneLeniently(DateTimeZoneProviders.Tzdb[visit.TimeZone]).ToInstant();
        return reminders
            .Where(r => ReminderWords.Prepares(r.Template) && r.AppointmentId == visit.Id && r.AppointmentVersion == visit.Version)
            .Select(r => r.SendAt).Append(planned).Append(VisitTimes.Of(visit, rules).NoFoodFrom).Min();
    }
}
