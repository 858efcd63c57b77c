using System.Globalization;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Core.Patients;

/// <summary>Who the patient is, as far as it could be read. <paramref name="Patient"/> is null when there is any fault.</summary>
public sealed record PatientReading(PatientDetails? Patient, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>All that could be read, whatever else is wrong; names and phone are empty where they could not.</summary>
    public required PatientDetails Partial { get; init; }
}

/// <summary>Reads patient details by their names in the HTTP contract and names every bad one.</summary>
/// <param name="fields">What was sent, by contract name.</param>
/// <param name="pathOf">Where a field of this name stands, or would stand, in the submitted document.</param>
public sealed class PatientReader(IReadOnlyDictionary<string, RawValue> fields, Func<string, string> pathOf)
{
    public const int LongestName = NameText.Longest;
    private const int LongestEmail = 254;
    private const string ExpectedDate = "must be a real date, YYYY-MM-DD, from 1900 and not in the future";
    private const string ExpectedPhone = "must be a telephone number that can be texted: +12125550123, or ten digits of a US number";
    private static readonly string ExpectedName = $"must be a name of 1 to {LongestName} characters";
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
        var (given, family) = Names();
        var born = Required("birthDate", ExpectedDate, word => BirthDate(word, today));
        var phone = Required("phone", ExpectedPhone, PhoneOf);
        var (language, askedLanguage) = SpokenLanguage.Of(Optional("language", "must be a language tag such as \"en\" or \"es-MX\"", Anything) ?? SpokenLanguage.Default);
        var asked = Optional("timeZone", "must be an IANA time zone such as America/New_York", Anything);
        var zone = asked is null ? null : ZoneOf(asked);
        var patient = new PatientDetails(
            given ?? "", family ?? "", born ?? default, phone?.E164 ?? "",
            Optional("email", "must be an e-mail address", EmailOf), zone, language, SmsConsent())
        {
            IsPhoneUnconfirmed = phone is { IsConfirmed: false } ? true : null,
            AskedLanguage = askedLanguage,
            AskedTimeZone = asked is not null && zone is null ? SpokenLanguage.Kept(asked) : null,
        };
        return new PatientReading(faults.Count == 0 ? patient : null, faults) { Partial = patient };
    }

    /// <summary>Many people have one name, and the form cannot know which of the two boxes it belongs in.</summary>
    private (string? Given, string? Family) Names()
    {
        if (IsBlank("givenName") && IsBlank("familyName"))
        {
            faults.Add(new FieldFault(pathOf("givenName"), $"givenName or familyName is required: {ExpectedName}") { Words = new("name.missing") });
            return (null, null);
        }

        return (Name("givenName"), Name("familyName"));
    }

    private string? Name(string field) => IsBlank(field) ? null : Parse(field, ExpectedName, NameText.Read);

    private bool IsBlank(string field) =>
        fields.GetValueOrDefault(field) is not { } raw || raw is RawValue.Null || ItemCheck.IsBlankField(raw) || (raw is RawValue.Word && string.IsNullOrWhiteSpace(ItemCheck.WordOf(raw)));

    private static (LocalDate? Date, FaultWords? Fault) BirthDate(string word, LocalDate today) =>
        TypedDate.ReadWhole(word, today) is ({ } date, _) ? (date, null) : (null, TypedDate.Words(TypedDate.ReadWhole(word, today).Fault!.Value));

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

    private T? Required<T>(string field, string expected, Func<string, (T? Value, FaultWords? Fault)> parse)
        where T : struct
    {
        var raw = fields.GetValueOrDefault(field);
        if (raw is null || ItemCheck.IsBlankField(raw))
        {
            // In FHIR a missing item has no place of its own to point at, so the words name it.
            faults.Add(new FieldFault(pathOf(field), $"{field} is required: {expected}") { Words = new($"{field}.missing") });
            return null;
        }

        return WordOf(field, raw, expected) is { } word ? Kept(field, expected, parse(word)) : null;
    }

    private string? Optional(string field, string expected, Func<string, (string? Value, FaultWords? Fault)> parse)
    {
        var raw = fields.GetValueOrDefault(field);
        return raw is null or RawValue.Null or RawValue.AskedUnknown || ItemCheck.IsBlankField(raw) ? null : Parse(field, expected, parse);
    }

    private string? Parse(string field, string expected, Func<string, (string? Value, FaultWords? Fault)> parse) =>
        WordOf(field, fields[field], expected) is { } word ? Kept(field, expected, parse(word)) : null;

    private string? WordOf(string field, RawValue raw, string expected)
    {
        var word = raw is RawValue.AskedUnknown ? null : ItemCheck.WordOf(raw);
        if (word is null)
        {
            faults.Add(new FieldFault(pathOf(field), expected));
        }

        return word;
    }

    private T? Kept<T>(string field, string expected, (T? Value, FaultWords? Fault) parsed)
    {
        if (parsed.Fault is { } fault)
        {
            faults.Add(new FieldFault(pathOf(field), $"{expected}. {fault.English}") { Words = fault });
        }

        return parsed.Value;
    }

    private static (PhoneNumber? Number, FaultWords? Fault) PhoneOf(string word) =>
        PhoneNumber.Read(word) is ({ } number, _) ? (number, null) : (null, PhoneFaultWords.Of(PhoneNumber.Read(word).Fault!.Value));

    private static (string? Word, FaultWords? Fault) Anything(string word) => (string.IsNullOrWhiteSpace(word) ? null : word, null);

    /// <summary>Null for none that is known: the clinic's then, as for whoever says nothing.</summary>
    private static string? ZoneOf(string word) => DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(id => id.Equals(word.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Plausible only: somebody, an at sign, and a domain with a dot. Whether mail arrives is for a mail to find out.</summary>
    private static (string? Address, FaultWords? Fault) EmailOf(string word)
    {
        var text = word.Trim();
        var parts = text.Split('@');
        return text switch
        {
            { Length: > LongestEmail } => (null, new("email.long", ("most", LongestEmail.ToString(CultureInfo.InvariantCulture)))),
            _ when !TextCheck.IsOneLine(text, LongestEmail) => (null, new("email.hidden")),
            _ when text.Any(char.IsWhiteSpace) => (null, new("email.spaces")),
            _ when parts is not [{ Length: > 0 }, { Length: > 2 } domain] || !domain.Contains('.', StringComparison.Ordinal) || domain.Split('.').Any(label => label.Length == 0) =>
                (null, new("email.unlike")),
            _ => (text, null),
        };
    }
}
