using System.Text.Json.Serialization;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>What became of a text. Stored by name.</summary>
public enum ReminderStatus
{
    Planned,

    /// <summary>Given to the provider, whose answer is not recorded yet.</summary>
    Sending,

    /// <summary>The provider took it; whether it arrived is not known yet.</summary>
    Sent,

    /// <summary>It arrived, says the carrier.</summary>
    Delivered,

    /// <summary>The provider or the carrier refused it for good, or nobody answered; staff are told.</summary>
    Failed,

    /// <summary>Not sent, because its moment passed, a cap was reached or consent is missing.</summary>
    Dropped,

    /// <summary>Not sent, because nothing wants it any more: the visit was moved or cancelled, consent ended, or the plan changed.</summary>
    Cancelled,
}

/// <summary>One text to one patient, planned, under way or done.</summary>
/// <param name="AppointmentVersion">The text is harmless as soon as the appointment has another version.</param>
/// <param name="SendAt">When it goes, or should have gone.</param>
/// <param name="ActionableBy">It never goes at or after this instant.</param>
/// <param name="Text">Its exact words.</param>
/// <param name="Why">The reason for its time and for what became of it.</param>
/// <param name="Tries">How often the provider was asked; a pause of our sender does not count.</param>
/// <param name="SendingUntil">While it is under way no second handler may send it.</param>
/// <param name="SentAt">When the provider took it.</param>
/// <param name="MessageId">The provider's id.</param>
/// <param name="IsSettled">Nothing plans it again.</param>
/// <param name="TriedSince">When the provider was first asked since its last answer. It stays over a crash, so that the provider can tell a repeated request from a new one.</param>
/// <param name="FailedIds">The provider's ids of earlier tries that it could not deliver, one behind the other with spaces between; null when there are none.</param>
public sealed record Reminder(
    string Id,
    string PatientId,
    ReminderTemplate Template,
    string? AppointmentId,
    int AppointmentVersion,
    string? SeriesId,
    Instant SendAt,
    Instant ActionableBy,
    string Text,
    string Why,
    ReminderStatus Status,
    int Tries = 0,
    Instant? SendingUntil = null,
    Instant? SentAt = null,
    string? MessageId = null,
    bool IsSettled = false,
    Instant? TriedSince = null,
    string? FailedIds = null)
{
    /// <summary>Which of the protocol's texts its words are; null for what was planned before that was kept.</summary>
    public string? TextName { get; init; }

    /// <summary>The visit's time that its words name, in the clinic's local time; null as above.</summary>
    public LocalDateTime? VisitStart { get; init; }

    /// <summary>The most texts a week that its words speak of; null when they speak of none.</summary>
    public int? MostPerWeek { get; init; }

    /// <summary>When it was found too late to go; null for one that was not, and for those of before that was kept. A clock that was ahead may have said so.</summary>
    public Instant? LateAt { get; init; }

    /// <summary>Its words ask the patient to call about food and drink. Of texts before names were kept, those of a visit that have no link did.</summary>
    [JsonIgnore]
    public bool AsksToCall => TextName is null
        ? Template is ReminderTemplate.DayBefore or ReminderTemplate.DayOf && !Text.Contains("/p/", StringComparison.Ordinal)
        : SmsTextNames.AsksToCallFirst(TextName);

    /// <summary>The contract's permanent word.</summary>
    public string StatusWord() => Status switch
    {
        ReminderStatus.Planned or ReminderStatus.Sending => "planned",
        ReminderStatus.Sent => "sent",
        ReminderStatus.Delivered => "delivered",
        ReminderStatus.Failed => "failed",
        ReminderStatus.Dropped => "dropped",
        _ => "cancelled",
    };

    /// <summary>The provider could not deliver it or did not take it, and it goes again.</summary>
    [JsonIgnore]
    public bool WaitsForRetry => Status == ReminderStatus.Planned && (Tries > 0 || FailedIds is not null);

    /// <summary>When the patient got it, as far as we know; null for one that was never sent, and for one that never arrived: neither counts for a cap or as told.</summary>
    [JsonIgnore]
    public Instant? CountsAt => Status == ReminderStatus.Failed ? null : SentAt;

    /// <summary>Its time has come and a handler may have it in hand: planning leaves it alone.</summary>
    public bool IsUnderWay(Instant now) => Status == ReminderStatus.Sending || (Status == ReminderStatus.Planned && SendAt <= now);
}

/// <summary>Serializes the planning of one patient; see Rows.Plan.</summary>
public sealed record PlanStamp(Instant PlannedAt);
