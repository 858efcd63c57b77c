using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Tests.Patients;

public sealed class PatientReaderTests
{
    private static readonly LocalDate Today = new(2026, 12, 1);

    [Fact]
    public void Only_names_birth_date_and_phone_are_needed_and_consent_is_never_assumed()
    {
        var patient = Read().Patient!;

        Assert.Equal(new PatientDetails("Ada", "Byron", new LocalDate(1990, 3, 4), "+12125550123", null, null, "en", false), patient);
    }

    [Theory]
    [InlineData("1900-01-01", true)]
    [InlineData("1899-12-31", false)]
    [InlineData("2026-12-01", true)]
    [InlineData("2026-12-02", false)]
    [InlineData("2000-02-29", true)]
    [InlineData("2001-02-29", false)]
    [InlineData("2001", false)]
    [InlineData("2001-02", false)]
    [InlineData("not-sure", false)]
    public void A_birth_date_is_a_whole_date_from_1900_to_today(string text, bool isValid) =>
        AssertField("birthDate", new RawValue.Word(text), isValid);

    [Theory]
    [InlineData("Ngọc Ánh", true)]
    [InlineData("O'Brien-Smith Jr.", true)]
    [InlineData("李", true)]
    [InlineData("42", false)]
    [InlineData(" ", false)]
    [InlineData("A\tB", false)]
    public void A_name_is_whatever_people_are_called_on_one_line(string text, bool isValid) =>
        AssertField("givenName", new RawValue.Word(text), isValid);

    [Fact]
    public void A_name_has_100_characters_at_most()
    {
        AssertField("familyName", new RawValue.Word(new string('x', 100)), true);
        AssertField("familyName", new RawValue.Word(new string('x', 101)), false);
    }

    [Theory]
    [InlineData("America/New_York", true)]
    [InlineData("Pacific/Honolulu", true)]
    [InlineData("america/new_york", false)]
    [InlineData("Eastern Standard Time", false)]
    public void A_time_zone_is_an_IANA_id(string text, bool isValid) => AssertField("timeZone", new RawValue.Word(text), isValid);

    [Theory]
    [InlineData("es", "es")]
    [InlineData("en-US", "en")]
    [InlineData("ES-us", "es")]
    public void English_and_Spanish_are_spoken(string text, string language) =>
        Assert.Equal(language, Read(("language", new RawValue.Word(text))).Patient!.Language);

    [Fact]
    public void Consent_is_a_yes_and_nothing_else()
    {
        Assert.True(Consents(new RawValue.Flag(true)));
        Assert.True(Consents(new RawValue.Typed("yes")));
        Assert.True(Consents(new RawValue.Code("yes")));
        Assert.False(Consents(new RawValue.Flag(false)));
        Assert.False(Consents(new RawValue.Typed("no")));
        Assert.False(Consents(new RawValue.Typed("")));
        Assert.False(Consents(new RawValue.AskedUnknown()));
        Assert.False(Consents(new RawValue.Null()));
        AssertField("smsConsent", new RawValue.Word("yes"), false);
        AssertField("smsConsent", new RawValue.Typed("perhaps"), false);
        AssertField("smsConsent", new RawValue.Number(1), false);
    }

    [Fact]
    public void Optional_fields_may_be_null_or_blank_and_required_ones_may_not()
    {
        Assert.Null(Read(("email", new RawValue.Null()), ("timeZone", new RawValue.Typed(" "))).Patient!.Email);
        AssertField("phone", new RawValue.Null(), false);
        AssertField("givenName", new RawValue.Typed(""), false);
    }

    [Fact]
    public void Every_bad_field_is_named_and_none_of_the_values()
    {
        var reading = Read(("givenName", new RawValue.Number(1)), ("phone", new RawValue.Word("secret")), ("email", new RawValue.Word("secret")), ("ssn", new RawValue.Word("secret")));

        Assert.Null(reading.Patient);
        Assert.Equal(["/patient/ssn", "/patient/givenName", "/patient/phone", "/patient/email"], reading.Faults.Select(f => f.Pointer));
        Assert.DoesNotContain(reading.Faults, f => f.Detail.Contains("secret", StringComparison.Ordinal));
    }

    private static bool Consents(RawValue raw) => Read(("smsConsent", raw)).Patient!.SmsConsent;

    private static void AssertField(string field, RawValue value, bool isValid)
    {
        var reading = Read((field, value));
        Assert.Equal(isValid ? [] : [$"/patient/{field}"], reading.Faults.Select(f => f.Pointer));
        Assert.Equal(isValid, reading.Patient is not null);
    }

    private static PatientReading Read(params (string Field, RawValue Value)[] fields)
    {
        var all = new Dictionary<string, RawValue>
        {
            ["givenName"] = new RawValue.Word("Ada"),
            ["familyName"] = new RawValue.Word("Byron"),
            ["birthDate"] = new RawValue.Word("1990-03-04"),
            ["phone"] = new RawValue.Word("(212) 555-0123"),
        };
        foreach (var (field, value) in fields)
        {
            all[field] = value;
        }

        return PatientReader.Read(all, name => $"/patient/{name}", Today);
    }
}
