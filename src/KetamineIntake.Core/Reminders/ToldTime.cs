using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Which time of a visit the patient has in mind.</summary>
public static class ToldTime
{
    /// <summary>What the last text about the visit named; before any, what was said when it was booked. In the clinic's local time.</summary>
    public static LocalDateTime Of(Appointment visit, IReadOnlyList<PastReminder> past) =>
        Last(visit, past, _ => true) is { } last ? StartOf(last, visit)!.Value : visit.BookedStart ?? visit.Start;

    /// <summary>
    /// Whether the patient has this visit's food and water times: a text named them for this very time, and none said since that the visit is at another.
    /// </summary>
    public static bool IsPrepared(Appointment visit, IReadOnlyList<PastReminder> past) =>
        Last(visit, past, p => ReminderWords.Prepares(p.Template) || p.Template == ReminderTemplate.Moved) is { } last
        && ReminderWords.Prepares(last.Template) && StartOf(last, visit) == visit.Start;

    /// <summary>Whether the last that the patient read about food for this visit were times, and no text since has asked to call first.</summary>
    public static bool HasTimes(Appointment visit, IReadOnlyList<PastReminder> past) =>
        Last(visit, past, p => p.AskedToCall || ReminderWords.Prepares(p.Template) || p.Template == ReminderTemplate.DayOf) is { AskedToCall: false };

    private static PastReminder? Last(Appointment visit, IReadOnlyList<PastReminder> past, Func<PastReminder, bool> counts) => past
        .Where(p => p.AppointmentId == visit.Id && p.SentAt is not null && NamesTime(p.Template) && StartOf(p, visit) is not null && counts(p)).MaxBy(p => p.SentAt);

    private static LocalDateTime? StartOf(PastReminder past, Appointment visit) => past.Start ?? (past.Version == visit.Version ? visit.Start : null);

    private static bool NamesTime(ReminderTemplate template) => template is not
        (ReminderTemplate.OptIn or ReminderTemplate.EveningAfter or ReminderTemplate.Labs or ReminderTemplate.CheckIn or ReminderTemplate.Cancelled);
}
