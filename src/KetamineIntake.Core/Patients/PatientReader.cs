using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>Who the patient is, as far as it could be read. <paramref name="Patient"/> is null when there is any fault.</summary>
public sealed record PatientReading(PatientDetails? Patient, IReadOnlyList<FieldFault> Faults);

/// <summary>Reads patient details by their names in the HTTP contract and names every bad one.</summary>
/// <param name="fields">What was sent, by contract name.</param>
/// <param name="pathOf">Where a field of this name stands, or would stand, in the submitted document.</param>
public sealed class PatientReader(IReadOnlyDictionary<string, RawValue> fields, Func<string, string> pathOf)
{
    public const int LongestName = 100;
    private const int LongestEmail = 254;
    private readonly List<FieldFault> faults = [];

    /// <summary>The questionnaire's identity items and the contract's names for them.</summary>
    public static IReadOnlyDictionary<string, string> FieldOfItem { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dem.givenName"] = "givenName",
        ["dem.familyName"] = "familyName",
        ["dem.dob"] = "birthDate",
        ["dem.phone"] = "phone",
        ["dem.email"] = "email",
        ["dem.tz"] = "timeZone",
        ["dem.lang"] = "language",
        ["dem.smsConsent"] = "smsConsent",
    };

    /// <param name="today">The clinic's day.</param>
    public static PatientReading Read(IReadOnlyDictionary<string, RawValue> fields, Func<string, string> pathOf, LocalDate today) =>
        new PatientReader(fields, pathOf).Read(today);

    private PatientReading Read(LocalDate today)
    {
        faults.AddRange(fields.Keys.Where(k => !FieldOfItem.Values.Contains(k, StringComparer.Ordinal))
            .Select(k => new FieldFault(pathOf(k), "is not part of a patient")));
        var patient = new PatientDetails(
            Required("givenName", NameOf, $"must be a name of 1 to {LongestName} characters") ?? "",
            Required("familyName", NameOf, $"must be a name of 1 to {LongestName} characters") ?? "",
            BirthDate(today),
            Required("phone", PhoneOf, "must be a telephone number that can be texted: +12125550123, or ten digits of a US number") ?? "",
            Optional("email", EmailOf, "must be an e-mail address"),
            Optional("timeZone", ZoneOf, "must be an IANA time zone such as America/New_York"),
            Optional("language", LanguageOf, "must be \"en\" or \"es\"") ?? "en",
            SmsConsent());
        return new PatientReading(faults.Count == 0 ? patient : null, faults);
    }

    private LocalDate BirthDate(LocalDate today)
    {
        var text = Required("birthDate", word => IsBirthDate(word, today) ? word : null, "must be a real date, YYYY-MM-DD, from 1900 and not in the future");
        return text is null ? default : PartialDateText.Parse(text)!.Value.Earliest;
    }

    private static bool IsBirthDate(string word, LocalDate today) =>
        PartialDateText.Parse(word) is { Day: not null } date && DateCheck.IsPast(date, today);

    /// <summary>Consent is a yes that was given: anything unclear is no consent, anything unreadable is a fault.</summary>
    private bool SmsConsent()
    {
        var raw = fields.GetValueOrDefault("smsConsent");
        switch (raw)
        {
            case null or RawValue.Null or RawValue.AskedUnknown:
                return false;
            case RawValue.Flag flag:
                return flag.Value;
            case RawValue.Typed or RawValue.Code when ItemCheck.WordOf(raw) is "yes" or "no" or ItemCheck.NotSure or "":
                return ItemCheck.WordOf(raw) == "yes";
            default:
                faults.Add(new FieldFault(pathOf("smsConsent"), "must be true or false"));
                return false;
        }
    }

    private string? Required(string field, Func<string, string?> parse, string expected)
    {
        var raw = fields.GetValueOrDefault(field);
        if (raw is null || ItemCheck.IsBlankField(raw))
        {
            // In FHIR a missing item has no place of its own to point at, so the words name it.
            faults.Add(new FieldFault(pathOf(field), $"{field} is required: {expected}"));
            return null;
        }

        return Parse(field, raw, parse, expected);
    }

    private string? Optional(string field, Func<string, string?> parse, string expected)
    {
        var raw = fields.GetValueOrDefault(field);
        return raw is null or RawValue.Null || ItemCheck.IsBlankField(raw) ? null : Parse(field, raw, parse, expected);
    }

    private string? Parse(string field, RawValue raw, Func<string, string?> parse, string expected)
    {
        var parsed = raw is RawValue.AskedUnknown || ItemCheck.WordOf(raw) is not { } word ? null : parse(word);
        if (parsed is null)
        {
            faults.Add(new FieldFault(pathOf(field), expected));
        }

        return parsed;
    }

    private static string? NameOf(string word) => TextCheck.IsOneLine(word, LongestName) && word.Any(char.IsLetter) ? word.Trim() : null;

    private static string? PhoneOf(string word) => PhoneNumber.TryParse(word, out var number) ? number.E164 : null;

    private static string? ZoneOf(string word) => DateTimeZoneProviders.Tzdb.Ids.Contains(word, StringComparer.Ordinal) ? word : null;

    /// <summary>Of any country: whoever sends es-MX means Spanish.</summary>
    private static string? LanguageOf(string word) => word.Split("-", 2)[0].ToUpperInvariant() switch
    {
        "EN" => "en",
        "ES" => "es",
        _ => null,
    };

    /// <summary>Plausible only: somebody, an at sign, and a domain with a dot. Whether mail arrives is for a mail to find out.</summary>
    private static string? EmailOf(string word)
    {
        var parts = word.Trim().Split('@');
        var isPlausible = word.Length <= LongestEmail && TextCheck.IsOneLine(word, LongestEmail) && !word.Trim().Any(char.IsWhiteSpace)
            && parts is [{ Length: > 0 }, { Length: > 2 } domain]
            && domain.Contains('.', StringComparison.Ordinal) && domain.Split('.').All(label => label.Length > 0);
        return isPlausible ? word.Trim() : null;
    }
}
