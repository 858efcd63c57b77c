namespace KetamineIntake.Core.Appointments;

/// <summary>Numbers a patient's visits of one kind.</summary>
internal static class Ordinals
{
    /// <summary>The lowest numbers that no booked visit of the kind has, ascending.</summary>
    public static IEnumerable<int> Free(IEnumerable<Appointment> appointments, AppointmentKind kind)
    {
        var taken = appointments.Where(a => a.Kind == kind && a.Status == AppointmentStatus.Booked).Select(a => a.Ordinal).ToHashSet();
        for (var ordinal = 1; ; ordinal++)
        {
            if (!taken.Contains(ordinal))
            {
                yield return ordinal;
            }
        }
    }
}
