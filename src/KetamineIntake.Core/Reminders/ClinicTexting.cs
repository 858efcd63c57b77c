using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Where patients reach this installation; part of every link in a text. The host sets it once it knows.</summary>
public sealed class SiteAddress
{
    private string link = "https://visits.example.org";

    /// <exception cref="ArgumentException">Longer than a text has room for, or not an address.</exception>
    public string LinkBase
    {
        get => link;
        set => link = IsValid(value)
            ? value
            : throw new ArgumentException($"The address in texts must be a URL of at most {SmsSignature.MaximumLinkBase} characters without a closing slash.", nameof(value));
    }

    /// <summary>Whether texts have room for the address, and it is one of the web.</summary>
    public static bool IsValid(string address) =>
        address.Length <= SmsSignature.MaximumLinkBase && !address.EndsWith('/')
        && Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}

/// <summary>How one clinic texts.</summary>
public sealed record ClinicTexting(ReminderContent Content, ReminderRules Rules, SmsSignature Signature, bool IsSigned)
{
    // Says who it is from to somebody who expects it, and nothing to anybody else.
    private const string NeutralAlias = "Your care team";

    /// <exception cref="InvalidOperationException">The protocol has no reminder plan.</exception>
    public static ClinicTexting Of(ClinicContext clinic, SiteAddress site)
    {
        var content = ContentOf(clinic);
        var window = clinic.Clinic.TextWindow is { IsUsable: true } own ? own : content.Rules.Window;
        var alias = clinic.Clinic.TextAlias ?? (TextLint.IsUsableAlias(clinic.Clinic.Name, content.Revealing) ? clinic.Clinic.Name : NeutralAlias);
        return new ClinicTexting(
            content,
            content.Rules with { Window = window },
            new SmsSignature(alias, clinic.Clinic.Phone, site.LinkBase),
            clinic.Protocol.SignedBy is not null || clinic.Clinic.IsDemonstration);
    }

    /// <summary>The protocol's rules, where nothing of the clinic's own matters.</summary>
    /// <exception cref="InvalidOperationException">The protocol has no reminder plan.</exception>
    internal static ReminderRules RulesOf(ClinicContext clinic) => ContentOf(clinic).Rules;

    /// <summary>The rules with the lengths of this patient's visits.</summary>
    internal ReminderRules RulesFor(PatientVisits visits) => Rules with { Visits = Rules.Visits.For(visits.Indication) };

    public SmsTexts TextsFor(string language) => Content.Texts[SmsLanguages.Of(language)];

    private static ReminderContent ContentOf(ClinicContext clinic) => clinic.Protocol.Reminders ?? throw new InvalidOperationException("The protocol has no reminder plan.");

    public static DateTimeZone ZoneOf(ClinicContext clinic, Patient patient) =>
        (patient.TimeZone is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null) ?? clinic.Zone;
}
