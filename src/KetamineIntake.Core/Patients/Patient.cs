using System.Text.Json.Serialization;
using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>Who the patient is and how to reach them. Each submission makes a new record; staff merge.</summary>
/// <param name="GivenName">Empty where the patient has a family name only.</param>
/// <param name="FamilyName">Empty where the patient has a given name only.</param>
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
    Instant CreatedAt)
{
    /// <summary>True where the number is possible but not known to be in use (see <see cref="PhoneNumber.IsConfirmed"/>); null where it is, and in records from before this was kept.</summary>
    public bool? IsPhoneUnconfirmed { get; init; }

    /// <summary>The language asked for where it is none that we have; null otherwise.</summary>
    public string? AskedLanguage { get; init; }

    /// <summary>The time zone asked for where it is none that is known; null otherwise.</summary>
    public string? AskedTimeZone { get; init; }

    /// <summary>As a list shows it: one name is enough.</summary>
    [JsonIgnore]
    public string Name => $"{GivenName} {FamilyName}".Trim();
}
