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
    [InlineData("\U00020BB7", true)]
    [InlineData("\U0001E922\U0001E923", true)]
    [InlineData("42", false)]
    [InlineData("Ada\u202E", false)]
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
    [InlineData("America/New_York", "America/New_York", null)]
    [InlineData("america/new_york", "America/New_York", null)]
    [InlineData("Eastern Standard Time", null, "Eastern Standard Time")]
    [InlineData("Mars/Olympus", null, "Mars/Olympus")]
    [InlineData("", null, null)]
    public void A_time_zone_that_nobody_knows_is_kept_as_asked_for_and_turns_nobody_away(string text, string? zone, string? asked)
    {
        var patient = Read(("timeZone", new RawValue.Word(text))).Patient!;

        Assert.Equal((zone, asked), (patient.TimeZone, patient.AskedTimeZone));
    }

    [Theory]
    [InlineData("es", "es")]
    [InlineData("en-US", "en")]
    [InlineData("ES-us", "es")]
    [InlineData("es_MX", "es")]
    [InlineData("spa", "es")]
    [InlineData("español", "es")]
    [InlineData("", "en")]
    [InlineData("est", "en", "est")]
    [InlineData("fr", "en", "fr")]
    [InlineData("zh-Hant-TW", "en", "zh-Hant-TW")]
    [InlineData("f\u202Er\n", "en", "fr")]
    public void English_and_Spanish_are_spoken_and_any_other_language_is_kept_as_asked_for(string text, string language, string? asked = null)
    {
        var patient = Read(("language", new RawValue.Word(text))).Patient!;

        Assert.Equal((language, asked), (patient.Language, patient.AskedLanguage));
    }

    [Fact]
    public void A_language_that_is_no_text_is_still_a_mistake() => AssertField("language", new RawValue.Number(5), false);

    [Theory]
    [InlineData("Madonna", "")]
    [InlineData("", "Madonna")]
    public void One_name_is_enough(string given, string family)
    {
        var patient = Read(("givenName", new RawValue.Word(given)), ("familyName", new RawValue.Word(family))).Patient!;

        Assert.Equal((given, family, "Madonna"), (patient.GivenName, patient.FamilyName, patient.ToPatient("p", default).Name));
    }

    [Theory]
    [InlineData("  ", " ", "Enter your name: the first name, the last name, or both.")]
    [InlineData("Ada\u200B", "Byron", "There is a mark in it that cannot be seen (U+200B). Type the name by hand instead of pasting it.")]
    [InlineData("Ada\u202E", "Byron", "There is a mark in it that cannot be seen (U+202E). Type the name by hand instead of pasting it.")]
    [InlineData("A\nB", "Byron", "A name stands on one line.")]
    [InlineData("42", "Byron", "A name has at least one letter.")]
    public void What_is_wrong_with_a_name_is_said(string given, string family, string words) =>
        Assert.Equal(words, Assert.Single(Read(("givenName", new RawValue.Typed(given)), ("familyName", new RawValue.Typed(family))).Faults).Plain);

    [Fact]
    public void Too_many_letters_are_counted() =>
        Assert.Equal("400 letters are too many: a name has 100 at most.", Assert.Single(Read(("givenName", new RawValue.Typed(new string('x', 400)))).Faults).Plain);

    [Theory]
    [InlineData("1985-02-30", "There is no such day in that month.")]
    [InlineData("1985-13-01", "The month is a number from 1 to 12.")]
    [InlineData("2027-01-01", "This date is in the future.")]
    [InlineData("85-03-04", "Write the year in four digits, like 1985.")]
    [InlineData("-03-04", "The year is missing.")]
    [InlineData("1985-03", "The month and the day are needed too.")]
    [InlineData("1885-03-04", "This date is before 1900.")]
    [InlineData("03/04/1985", "This can be two dates: either number may be the month. Write the month as a word, like 4 March 1985.")]
    public void What_is_wrong_with_this_date_is_said(string text, string words) =>
        Assert.Equal(words, Assert.Single(Read(("birthDate", new RawValue.Typed(text))).Faults).Plain);

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
        Assert.Equal(["/patient/givenName"], Read(("givenName", new RawValue.Typed("")), ("familyName", new RawValue.Null())).Faults.Select(f => f.Pointer));
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
