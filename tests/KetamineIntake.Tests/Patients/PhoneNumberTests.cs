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
    [InlineData("+1 500 234 5678", "+15002345678")]
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
    [InlineData("+15551234567")]
    [InlineData("+11125550123")]
    [InlineData("+12121550123")]
    [InlineData("+2101234567")]
    [InlineData("+999123456789")]
    [InlineData("+1212555012x")]
    [InlineData("212-555-0123 ext 5")]
    [InlineData("++12125550123")]
    [InlineData("212+5550123")]
    [InlineData("+44 (0) 20 7946 0018")]
    [InlineData("+1２１２5550123")]
    [InlineData("2125550123,2125550124")]
    [InlineData("212 555 0123                              ()")]
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

    [Fact]
    public void Every_country_of_the_metadata_can_be_read()
    {
        // Reading a plan compiles its patterns: one that this runtime cannot compile must not wait for a patient from that country.
        for (var code = 1; code <= 999; code++)
        {
            for (var length = 4; length <= 15 - $"{code}".Length; length++)
            {
                NumberingPlans.World.KindOf($"{code}{new string('2', length)}");
            }
        }
    }
}
