using System.Globalization;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>The reasons for a reminder's time, in words for the clinic.</summary>
internal static class PlanWords
{
    public static string Clock(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For example "moved from 02:00 to 19:59 the evening before: quiet hours", in the patient's local time.</summary>
    public static string Moved(Instant wanted, Instant sendAt, PlanInput input)
    {
        var from = wanted.InZone(input.PatientZone);
        var to = sendAt.InZone(input.PatientZone);
        var reason = input.Rules.Window.Contains(wanted, input.PatientZone) ? "the cut-off it names" : "quiet hours";
        var where = input.PatientZone.Id == input.ClinicZone.Id ? string.Empty : ", patient's time";
        return $"moved from {Clock(from.TimeOfDay)} to {Clock(to.TimeOfDay)}{Day(from.Date, to.Date)}: {reason}{where}";
    }

    private static string Day(LocalDate from, LocalDate to) => Period.DaysBetween(from, to) switch
    {
        0 => string.Empty,
        -1 => " the evening before",
        1 => " the next morning",
        var days when days < 0 => $" {-days} days before",
        var days => $" {days} days later",
    };
}
