using System.Text.Json.Serialization;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Why a result could not be placed by itself. Stored by name.</summary>
public enum UnplacedReason
{
    /// <summary>It has its laboratory's own code only: which test it is, somebody has to say.</summary>
    NoCode,

    /// <summary>It says when it was issued and not when it was collected.</summary>
    NoDate,

    /// <summary>It corrects something, and nothing or more than one thing that is stored goes by its names.</summary>
    NoOriginal,
}

/// <summary>A result that a person has to match, as its document says it.</summary>
/// <param name="Id">The same content makes the same id, so that it is kept once however often it comes.</param>
/// <param name="Words">What its laboratory calls it.</param>
/// <param name="Values">As sent.</param>
/// <param name="Result">All but the day, where nothing else is missing; else null.</param>
public sealed record UnplacedResult(
    string Id, UnplacedReason Reason, string Words, string Status, LocalDate? CollectedOn, Instant? IssuedAt, IReadOnlyList<string> Values, LabResult? Result)
{
    /// <summary>Staff hear of it by a note: what is stored may be wrong, or a value that matters waits.</summary>
    [JsonIgnore]
    public bool IsToBeTold => Reason != UnplacedReason.NoCode;
}

/// <summary>A result that waits for a person, or was dealt with. Stored under <c>labunplaced|{patient}|{id}</c> while it waits, then under <c>labplaced|...</c>.</summary>
/// <param name="By">Id of the staff key that dealt with it; null while it waits.</param>
/// <param name="Decision">match or dismiss.</param>
public sealed record UnplacedLab(
    string PatientId, string PatientName, UnplacedResult What, Instant ReceivedAt, string? Decision = null, string? By = null, Instant? DecidedAt = null);
