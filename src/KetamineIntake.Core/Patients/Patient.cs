using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>Who the patient is and how to reach them. Each submission makes a new record; staff merge.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="TimeZone">IANA id as the patient stated it, else null: then the clinic's.</param>
/// <param name="Language">BCP 47; "en" by default.</param>
/// <param name="SmsConsent">False unless the patient said yes.</param>
public sealed record Patient(
    string Id,
    string GivenName,
    string FamilyName,
    LocalDate BirthDate,
    string Phone,
    string? Email,
    string? TimeZone,
    string Language,
    bool SmsConsent,
    Instant CreatedAt);
