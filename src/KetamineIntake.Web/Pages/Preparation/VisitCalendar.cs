using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Web.Pages.Preparation;

/// <summary>A visit as a calendar file (RFC 5545). Calendars are shared and shown on locked screens, so it says no more than a text would.</summary>
internal static class VisitCalendar
{
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <param name="madeAt">Of two copies with one UID a calendar keeps the one with the higher SEQUENCE, then the later of these.</param>
    public static string Of(Clinic clinic, Appointment visit, Instant endsAt, Instant madeAt) => string.Join("\r\n",
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Visits//Visits//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        $"UID:{visit.Id}@visits",
        $"SEQUENCE:{visit.Version.ToString(CultureInfo.InvariantCulture)}",
        $"DTSTAMP:{Utc.Format(madeAt)}",
        $"DTSTART:{Utc.Format(visit.StartsAt)}",
        $"DTEND:{Utc.Format(endsAt)}",
        "SUMMARY:Visit",
        $"DESCRIPTION:{clinic.Phone}",
        $"STATUS:{(visit.Status == AppointmentStatus.Booked ? "CONFIRMED" : "CANCELLED")}",
        "END:VEVENT",
        "END:VCALENDAR",
        "");
}
