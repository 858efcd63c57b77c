using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Clinics;

/// <summary>All that a use case may touch: one clinic, its protocol with the clinic's overrides, and the store bound to it.</summary>
public sealed record ClinicContext(Clinic Clinic, Protocol Protocol, RuleSet Rules, IRecordStore Records)
{
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[Clinic.TimeZone];

    /// <summary>The clinic's day at an instant.</summary>
    public LocalDate DayAt(Instant instant) => instant.InZone(Zone).Date;
}
