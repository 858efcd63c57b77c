using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>By when somebody at the clinic has to decide on a doubtful text: the end of the next business day (domain 8).</summary>
internal static class DecisionDay
{
    private const int DaysOfAWeek = 7;

    public static Instant EndAfter(ClinicContext clinic, Instant heard)
    {
        var schedule = clinic.Clinic.Schedule ?? ClinicSchedule.Default;
        var today = clinic.DayAt(heard);
        var open = Enumerable.Range(1, DaysOfAWeek).Select(today.PlusDays).FirstOrDefault(d => schedule.On(d) is not null, today.PlusDays(1));

        // A clinic that says it is never open is not asked to decide later than the others.
        return open.At(schedule.On(open)?.Until ?? ClinicTexting.RulesOf(clinic).Doubts.BusinessDayEnds).InZoneLeniently(clinic.Zone).ToInstant();
    }
}
