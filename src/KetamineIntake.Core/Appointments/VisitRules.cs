using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>How long visits take and how far apart they are, from the protocol.</summary>
/// <param name="InfusionMinutes">Arrival to leaving: preparation, infusion, observation (domain conflict C4: book 150).</param>
/// <param name="Sessions">Of a series, unless the request says otherwise.</param>
/// <param name="PerWeek">Of a series, unless the request says otherwise.</param>
/// <param name="MinimumGapHours">Elapsed hours between the starts of two infusions of one patient.</param>
public sealed record VisitRules(int InfusionMinutes, int ConsultMinutes, int ExamMinutes, int Sessions, int PerWeek, int MinimumGapHours)
{
    public Duration LengthOf(AppointmentKind kind) => Duration.FromMinutes(kind switch
    {
        AppointmentKind.Infusion => InfusionMinutes,
        AppointmentKind.Consult => ConsultMinutes,
        _ => ExamMinutes,
    });

    public Duration MinimumGap => Duration.FromHours(MinimumGapHours);
}
