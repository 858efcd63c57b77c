using KetamineIntake.Core.Patients;

namespace KetamineIntake.Tests.Patients;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+12125550123", "+12125550123")]
    [InlineData("+1 212 555 0123", "+12125550123")]
    [InlineData("(212) 555-0123", "+12125550123")]
    [InlineData("212.555.0123", "+12125550123")]
    [InlineData("1-212-555-0123", "+12125550123")]
    [InlineData("  2125550123 ", "+12125550123")]
    [InlineData("+1 (787) 555-0123", "+17875550123")]
    [InlineData("+44 20 7946 0018", "+442079460018")]
    [InlineData("+44 7400 123456", "+447400123456")]
    [InlineData("+49 30 123456", "+4930123456")]
    [InlineData("+39 06 6982 1234", "+390669821234")]
    [InlineData("+52 55 1234 5678", "+525512345678")]
    [InlineData("+52 1 55 1234 5678", "+525512345678")]
    [InlineData("011 52 1 664 123 4567", "+526641234567")]
    [InlineData("tel:+5215512345678", "+525512345678")]
    [InlineData("+1 500 234 5678", "+15002345678")]
    [InlineData("++12125550123", "+12125550123")]
    [InlineData("+44 (0) 20 7946 0018", "+442079460018")]
    [InlineData("+49 (0)171 1234567", "+491711234567")]
    [InlineData("+490171-1234567", "+491711234567")]
    [InlineData("011 49 171 1234567", "+491711234567")]
    [InlineData("212/555/0123", "+12125550123")]
    [InlineData("[212] 555\u20130123", "+12125550123")]
    [InlineData("212\u2011555\u20120123", "+12125550123")]
    [InlineData("212\u2212555\uFF0D0123", "+12125550123")]
    [InlineData("\uFF0B\uFF11 \uFF12\uFF11\uFF12 \uFF15\uFF15\uFF15 \uFF10\uFF11\uFF12\uFF13", "+12125550123")]
    [InlineData("\u0662\u0661\u0662\u0665\u0665\u0665\u0660\u0661\u0662\u0663", "+12125550123")]
    [InlineData("\u0968\u0967\u0968 \u096B\u096B\u096B \u0966\u0967\u0968\u0969", "+12125550123")]
    [InlineData("\u202A+1 212\u200E-555\u2060-0123\u202C", "+12125550123")]
    [InlineData("\uFEFF2125550123\u200B", "+12125550123")]
    [InlineData("2\uFE0F\u20E3125550123", "+12125550123")]
    [InlineData("tel:+1-212-555-0123", "+12125550123")]
    [InlineData("TEL: (212) 555-0123", "+12125550123")]
    [InlineData("tel:0171-1234567;phone-context=+49", "+491711234567")]
    [InlineData("sms:2125550123", "+12125550123")]
    [InlineData("'2125550123", "+12125550123")]
    [InlineData("212 555 0123                              ()", "+12125550123")]
    public void A_number_that_exists_is_read_as_E164(string text, string e164)
    {
        Assert.True(PhoneNumber.TryParse(text, out var number));
        Assert.Equal(e164, number.E164);
        Assert.Equal(e164, number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("911")]
    [InlineData("988")]
    [InlineData("555-0123")]
    [InlineData("22125550123")]
    [InlineData("+1212555012")]
    [InlineData("+121255501234")]
    [InlineData("+2101234567")]
    [InlineData("+999123456789")]
    [InlineData("+1212555012x")]
    [InlineData("212-555-0123 ext 5")]
    [InlineData("212+5550123")]
    [InlineData("2125550123,2125550124")]
    public void What_is_no_number_or_in_no_numbering_plan_is_refused(string? text) =>
        Assert.False(PhoneNumber.TryParse(text, out _));

    [Theory]
    [InlineData("+18005550199")]
    [InlineData("(888) 555-0123")]
    [InlineData("+19005550123")]
    [InlineData("+448081570000")]
    [InlineData("+80012345678")]
    public void Numbers_that_nobody_can_be_texted_at_are_refused(string text) =>
        Assert.False(PhoneNumber.TryParse(text, out _));

    [Theory]
    [InlineData("+15551234567")]
    [InlineData("+12121550123")]
    [InlineData("+1 700 234 5678")]
    public void A_number_that_only_the_list_of_area_codes_does_not_know_is_taken_and_unconfirmed(string text)
    {
        Assert.True(PhoneNumber.TryParse(text, out var number));
        Assert.False(number.IsConfirmed);
        Assert.False(PhoneNumber.TryParseCallable(text, out _));
    }

    [Theory]
    [InlineData("212-555-0123 ext 5", PhoneFault.Extension)]
    [InlineData("212-555-0123x5", PhoneFault.Extension)]
    [InlineData("+12125550123,5", PhoneFault.Extension)]
    [InlineData("+12125550123#5", PhoneFault.Extension)]
    [InlineData("tel:+12125550123;ext=5", PhoneFault.Extension)]
    [InlineData("1-800-FLOWERS", PhoneFault.Letters)]
    [InlineData("2I2 555 0123", PhoneFault.Letters)]
    [InlineData("call me", PhoneFault.Letters)]
    [InlineData("555-0123", PhoneFault.NoAreaCode)]
    [InlineData("911", PhoneFault.TooShort)]
    [InlineData("0171 12345678", PhoneFault.TooLong)]
    [InlineData("2125550123 2125550124", PhoneFault.TooLong)]
    [InlineData("+999123456789", PhoneFault.UnknownCountry)]
    [InlineData("(800) 555-0199", PhoneFault.NotTextable)]
    [InlineData("", PhoneFault.NotANumber)]
    public void A_refused_number_says_why(string text, PhoneFault fault)
    {
        Assert.Equal((null, fault), PhoneNumber.Read(text));
        Assert.NotEmpty(PhoneFaultWords.Of(fault).English);
    }

    [Theory]
    [InlineData("+12125550123", "+12125550123")]
    [InlineData("+4901711234567", "+491711234567")]
    [InlineData("+378886377", "+3780549886377")]
    [InlineData("12345", "12345")]
    [InlineData("Northside", "Northside")]
    public void Every_writing_of_a_number_has_one_normal_form(string stored, string normal)
    {
        Assert.Equal(normal, PhoneNumber.NormalOf(stored));
        Assert.Equal(normal, PhoneNumber.NormalOf(normal));
    }

    [Fact]
    public void A_number_with_a_trunk_zero_is_another_form_of_the_one_without()
    {
        Assert.Contains("+4901711234567", PhoneNumber.OtherFormsOf("+491711234567"));
        Assert.Empty(PhoneNumber.OtherFormsOf("+12125550123"));
        Assert.Empty(PhoneNumber.OtherFormsOf("12345"));
    }
}
