using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Where a required test stands.</summary>
public enum LabStanding
{
    /// <summary>Good on the day of every booked infusion; with none booked, good today.</summary>
    Valid,

    /// <summary>No result counts.</summary>
    Missing,

    /// <summary>The newest result that counts is too old today.</summary>
    Expired,

    /// <summary>Good today, too old on the day of a booked infusion.</summary>
    ExpiresBeforeVisit,
}

/// <summary>One required test, judged.</summary>
/// <param name="CollectedOn">Of the newest result that counts; null when missing.</param>
/// <param name="ExpiresOn">The last day on which that result is good.</param>
/// <param name="Visit">The first booked infusion that the requirement fails; null when none is booked or none fails.</param>
public sealed record LabStatus(string Test, LabStanding Standing, LocalDate? CollectedOn, LocalDate? ExpiresOn, LabVisit? Visit);
