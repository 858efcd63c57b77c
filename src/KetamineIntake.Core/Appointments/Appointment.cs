using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>What a visit is for. Stored by name.</summary>
public enum AppointmentKind
{
    /// <summary>Needs a chair, and the patient prepares for it.</summary>
    Infusion,

    /// <summary>A talk, often by video. Nothing to prepare.</summary>
    Consult,

    /// <summary>The physical examination before the first infusion. Nothing to prepare.</summary>
    Exam,
}

/// <summary>Whether a visit takes place. Stored by name.</summary>
public enum AppointmentStatus
{
    /// <summary>It takes place, or took place: nobody records that a patient came.</summary>
    Booked,

    /// <summary>For good; another time takes another visit.</summary>
    Cancelled,
}

/// <summary>One visit of one patient.</summary>
/// <param name="Start">The clinic's local time, as booked.</param>
/// <param name="TimeZone">IANA id of the clinic's zone when it was booked or last moved.</param>
/// <param name="StartsAt">The instant of <paramref name="Start"/>; of two, the earlier.</param>
/// <param name="Ordinal">1 for the patient's first visit of this kind; cancelled visits give their number back.</param>
/// <param name="Version">Grows with each move and with the cancellation, so that everything planned for an earlier version is out of date.</param>
/// <param name="SeriesId">Null for a visit booked alone.</param>
/// <param name="LinkToken">Opens the preparation page; shared by the visits booked together.</param>
/// <param name="OverrideReason">Why a clinician booked against the screening's outcome; null for an accepted referral.</param>
/// <param name="ConfirmedAt">When the patient confirmed this version.</param>
/// <param name="RescheduleAskedAt">When the patient asked for another time for this version.</param>
public sealed record Appointment(
    string Id,
    string PatientId,
    AppointmentKind Kind,
    LocalDateTime Start,
    string TimeZone,
    Instant StartsAt,
    AppointmentStatus Status,
    int Ordinal,
    int Version,
    string? SeriesId,
    string LinkToken,
    string? OverrideReason,
    Instant BookedAt,
    Instant? ConfirmedAt = null,
    Instant? RescheduleAskedAt = null)
{
    /// <summary>When it was last moved, or cancelled. Null for what happened before texts told of it.</summary>
    public Instant? ChangedAt { get; init; }

    /// <summary>The time that the patient was told when it was booked; null while it has never been moved.</summary>
    public LocalDateTime? BookedStart { get; init; }

    /// <summary>A text confirms the booking. Visits booked before there were such texts have none.</summary>
    public bool IsConfirmedByText { get; init; }

    /// <summary>Booked, and its start has not come.</summary>
    public bool IsAhead(Instant now) => Status == AppointmentStatus.Booked && StartsAt > now;
}
