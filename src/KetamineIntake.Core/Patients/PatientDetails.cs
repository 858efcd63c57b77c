using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>What a submission says about who the patient is; checked.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="TimeZone">IANA id, or null: then the clinic's.</param>
/// <param name="Language">BCP 47.</param>
public sealed record PatientDetails(
    string GivenName,
    string FamilyName,
    LocalDate BirthDate,
    string Phone,
    string? Email,
    string? TimeZone,
    string Language,
    bool SmsConsent);
