using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>What a patient tells about themselves, checked: see <see cref="Patient"/> for the meanings.</summary>
public sealed record PatientDetails(
    string GivenName,
    string FamilyName,
    LocalDate BirthDate,
    string Phone,
    string? Email,
    string? TimeZone,
    string Language,
    bool SmsConsent)
{
    public bool? IsPhoneUnconfirmed { get; init; }

    public string? AskedLanguage { get; init; }

    public string? AskedTimeZone { get; init; }

    public Patient ToPatient(string id, Instant now) => new(id, GivenName, FamilyName, BirthDate, Phone, Email, TimeZone, Language, SmsConsent, now)
    {
        IsPhoneUnconfirmed = IsPhoneUnconfirmed,
        AskedLanguage = AskedLanguage,
        AskedTimeZone = AskedTimeZone,
    };
}
