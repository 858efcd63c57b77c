using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>A booked infusion, as the judgement of laboratory tests sees it.</summary>
/// <param name="Date">The clinic-local day.</param>
public sealed record LabVisit(string Id, LocalDate Date)
{
    /// <summary>Those of a patient's appointments for which tests are required: infusions that are booked. Consultations and examinations need none.</summary>
    public static IReadOnlyList<LabVisit> Of(IEnumerable<Appointment> appointments) =>
        [.. appointments.Where(a => a is { Kind: AppointmentKind.Infusion, Status: AppointmentStatus.Booked }).Select(a => new LabVisit(a.Id, a.Start.Date))];
}
