using System.Text.Json.Serialization;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>A required test that is missing, or too old today or on the day of a booked infusion. One flag stands for one fact, for ever.</summary>
/// <param name="Id">The same fact makes the same id, so that it is never opened twice.</param>
/// <param name="Kind">Never <see cref="LabStanding.Valid"/>.</param>
/// <param name="VisitId">The first booked infusion that the requirement fails; null when none is booked.</param>
/// <param name="ClosedAt">Null while open.</param>
/// <param name="History">Oldest first; the first entry is the opening.</param>
public sealed record LabFlag(
    string Id,
    string PatientId,
    string Test,
    LabStanding Kind,
    string? VisitId,
    LocalDate? VisitOn,
    LocalDate? ExpiresOn,
    Instant OpenedAt,
    Instant? ClosedAt,
    IReadOnlyList<LabFlagEvent> History)
{
    [JsonIgnore]
    public bool IsOpen => ClosedAt is null;

    /// <summary>
    /// Whether the test is not valid on this day, today or later. The flag's own facts say so for every visit of the series, not only for the first that
    /// fails, and also when nobody has judged today yet: a result that would change it would have closed it.
    /// </summary>
    /// <param name="day">The clinic's day.</param>
    public bool FailsOn(LocalDate day) => IsOpen && (ExpiresOn is not { } last || day > last);

    internal bool Says(LabStatus status) =>
        Kind == status.Standing && VisitId == status.Visit?.Id && VisitOn == status.Visit?.Date && ExpiresOn == status.ExpiresOn;
}

/// <summary>What happened to a flag. Who did it stands in no flag: the facts did.</summary>
public enum LabFlagAction
{
    /// <summary>Once in a flag's life: its first entry.</summary>
    Opened,

    /// <summary>Another visit, another kind or another last day of the same result.</summary>
    Changed,

    /// <summary>The facts no longer bear it out.</summary>
    Closed,

    /// <summary>The very same fact is true again, for example because a result was taken back.</summary>
    Reopened,
}

/// <summary>One step in a flag's life.</summary>
public sealed record LabFlagEvent(Instant At, LabFlagAction Action, LabStanding Kind, string? VisitId, LocalDate? VisitOn, LocalDate? ExpiresOn);

/// <summary>A flag as it should be stored, and what changed; a null <paramref name="Action"/> means that nothing did.</summary>
public sealed record LabFlagChange(LabFlag Flag, LabFlagAction? Action);
