namespace KetamineIntake.Core.Appointments;

/// <summary>The contract's permanent words.</summary>
public static class AppointmentWords
{
    public static string Of(AppointmentKind kind) => kind switch
    {
        AppointmentKind.Infusion => "infusion",
        AppointmentKind.Consult => "consult",
        _ => "exam",
    };

    public static string Of(AppointmentStatus status) => status == AppointmentStatus.Booked ? "booked" : "cancelled";
}
