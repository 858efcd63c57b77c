using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>How long visits take and how far apart they are, from the protocol.</summary>
/// <param name="InfusionMinutes">Arrival to leaving: preparation, infusion, observation (domain conflict C4: book 150).</param>
/// <param name="Sessions">Of a series, unless the request says otherwise.</param>
/// <param name="PerWeek">Of a series, unless the request says otherwise.</param>
/// <param name="MinimumGapHours">Elapsed hours between the starts of two infusions of one patient.</param>
public sealed record VisitRules(int InfusionMinutes, int ConsultMinutes, int ExamMinutes, int Sessions, int PerWeek, int MinimumGapHours)
{
    /// <summary>The infusion itself (domain conflict C3).</summary>
    public required int DripMinutes { get; init; }

    /// <summary>The infusion itself, for pain.</summary>
    public required int PainDripMinutes { get; init; }

    /// <summary>At least so long under observation afterwards (C4).</summary>
    public required int ObserveMinutes { get; init; }

    /// <summary>A series that takes longer, because sessions moved, may have to be thought over.</summary>
    public required int UsualWeeks { get; init; }

    /// <summary>What is treated as pain, by the codes of the questionnaire.</summary>
    public IReadOnlyList<string> PainIndications { get; init; } = [];

    public Duration LengthOf(AppointmentKind kind) => Duration.FromMinutes(kind switch
    {
        AppointmentKind.Infusion => InfusionMinutes,
        AppointmentKind.Consult => ConsultMinutes,
        _ => ExamMinutes,
    });

    public Duration MinimumGap => Duration.FromHours(MinimumGapHours);

    /// <summary>The lengths for somebody who is treated for this; the visit is never shorter than infusion and observation.</summary>
    /// <param name="indication">Null when it is not known.</param>
    public VisitRules For(string? indication) => indication is not null && PainIndications.Contains(indication, StringComparer.Ordinal)
        ? this with { DripMinutes = PainDripMinutes, InfusionMinutes = Math.Max(InfusionMinutes, PainDripMinutes + ObserveMinutes) }
        : this;
}
