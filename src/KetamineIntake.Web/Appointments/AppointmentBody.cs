using System.Text.Json.Serialization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Web.Reminders;
using NodaTime;

namespace KetamineIntake.Web.Appointments;

/// <summary>An appointment as the contract writes it.</summary>
/// <param name="Hold">True on the day of an infusion that waits because a required test is missing or out of date; only in lists.</param>
/// <param name="Notes">What the person who books should know: outside opening hours, an hour that exists twice. Only in answers to a booking or move.</param>
internal sealed record AppointmentBody(
    string Id,
    LocalDateTime Start,
    string TimeZone,
    Instant StartsAt,
    string Status,
    string Kind,
    int Ordinal,
    string? Series,
    string? OverrideReason,
    Instant? ConfirmedAt,
    Instant? RescheduleAskedAt,
    IReadOnlyList<string>? Notes,
    bool? Hold = null)
{
    public static AppointmentBody Of(Appointment appointment, IReadOnlyList<string>? notes = null) => new(
        appointment.Id, appointment.Start, appointment.TimeZone, appointment.StartsAt, AppointmentWords.Of(appointment.Status),
        AppointmentWords.Of(appointment.Kind), appointment.Ordinal, appointment.SeriesId, appointment.OverrideReason,
        appointment.ConfirmedAt, appointment.RescheduleAskedAt, notes is { Count: > 0 } ? notes : null);
}

internal sealed record AppointmentListBody(
    IReadOnlyList<AppointmentBody> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    IReadOnlyList<string>? Notes = null);

/// <summary>What a booking would store and text.</summary>
internal sealed record PreviewBody(IReadOnlyList<AppointmentBody> Appointments, IReadOnlyList<ReminderBody> Reminders, IReadOnlyList<string> Notes);
