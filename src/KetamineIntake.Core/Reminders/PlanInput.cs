using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Everything that one patient's plan follows from.</summary>
/// <param name="Appointments">All of the patient's, also past and cancelled ones.</param>
/// <param name="PatientZone">Where the patient lives, else the clinic's zone.</param>
/// <param name="Past">Reminders that are settled or on their way; they are never planned again and count for the caps.</param>
public sealed record PlanInput(
    string Clinic,
    string PatientId,
    IReadOnlyList<Appointment> Appointments,
    ReminderRules Rules,
    DateTimeZone ClinicZone,
    DateTimeZone PatientZone,
    IReadOnlyList<PastReminder> Past,
    Instant Now)
{
    /// <summary>Texts that missing or expiring tests ask for.</summary>
    public IReadOnlyList<LabNotice> LabNotices { get; init; } = [];

    /// <summary>Ids of visits whose fasting a clinician has to plan with the patient first.</summary>
    public IReadOnlySet<string> CallFirst { get; init; } = new HashSet<string>();

    /// <summary>What happened that a text whose time has passed is planned only now; for the clinic.</summary>
    public string Late { get; init; } = BookedLate;

    public const string BookedLate = "booked late";

    /// <summary>The patient has had a text that says how to stop texts.</summary>
    public bool IsTold => Past.Any(p => ReminderWords.TellsHowToStop(p.Template) && p.SentAt is not null);

    /// <summary>Booked too late for a week-before text.</summary>
    public bool IsBookedLate(Appointment visit) =>
        Period.DaysBetween(visit.BookedAt.InZone(ClinicZone).Date, visit.Start.Date) <= Rules.Times.BookedLateDays;
}

/// <param name="SentAt">Null when it was never sent.</param>
public sealed record PastReminder(string Id, ReminderTemplate Template, string? AppointmentId, string? SeriesId, Instant? SentAt)
{
    public int Version { get; init; }

    /// <summary>The visit's time that its words name; null where that was not kept.</summary>
    public LocalDateTime? Start { get; init; }

    /// <summary>Its words asked the patient to call about food and drink.</summary>
    public bool AskedToCall { get; init; }

    /// <summary>The most texts a week that its words speak of; null when they speak of none.</summary>
    public int? MostPerWeek { get; init; }
}

/// <summary>One reminder of a plan.</summary>
/// <param name="Visit">Null for the opt-in text of earlier versions.</param>
/// <param name="ActionableBy">The text must not go at or after this instant: the first cut-off it names is over, or its words are no longer true.</param>
/// <param name="Why">The reason for its time, for the clinic.</param>
/// <param name="IsDropped">It will not be sent; <paramref name="Why"/> says why not.</param>
public sealed record PlannedReminder(
    string Id, ReminderTemplate Template, Appointment? Visit, Instant SendAt, Instant ActionableBy, string Why, bool IsDropped);
