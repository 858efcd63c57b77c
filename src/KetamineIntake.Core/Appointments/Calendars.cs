using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>Puts together what a booking is checked against.</summary>
internal static class Calendars
{
    /// <param name="moving">The appointment that gives up its own time; null for a new one.</param>
    public static Calendar Of(ClinicContext clinic, VisitRules rules, PatientVisits visits, ClinicDays days, string? moving, Instant now) => new(
        clinic.Zone,
        clinic.Clinic.Schedule ?? ClinicSchedule.Default,
        rules,
        [.. days.All.Where(v => v.AppointmentId != moving)],
        [.. visits.Appointments.Select(a => a.Value).Where(a => a.Status == AppointmentStatus.Booked && a.Id != moving).Select(a => DayVisit(a, rules))],
        now);

    public static DayVisit DayVisit(Appointment visit, VisitRules rules) =>
        new(visit.Id, visit.PatientId, visit.Kind, visit.StartsAt, visit.StartsAt + rules.LengthOf(visit.Kind));
}
