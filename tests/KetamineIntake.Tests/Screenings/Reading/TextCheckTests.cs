using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class TextCheckTests
{
    [Theory]
    [InlineData(0x0009, true)]
    [InlineData(0x000A, true)]
    [InlineData(0x000D, true)]
    [InlineData(0x0000, false)]
    [InlineData(0x0007, false)]
    [InlineData(0x001B, false)]
    [InlineData(0x007F, false)]
    [InlineData(0x0085, false)]
    [InlineData(0x00E9, true)]
    [InlineData(0x2028, false)]
    [InlineData(0x2029, false)]
    [InlineData(0x202A, false)]
    [InlineData(0x202B, false)]
    [InlineData(0x202D, false)]
    [InlineData(0x202E, false)]
    [InlineData(0x202F, true)]
    [InlineData(0x200D, true)]
    [InlineData(0x2064, true)]
    [InlineData(0x2066, false)]
    [InlineData(0x2067, false)]
    [InlineData(0x2068, false)]
    [InlineData(0x2069, false)]
    [InlineData(0x206A, true)]
    [InlineData(0xE000, false)]
    [InlineData(0xFFFC, true)]
    [InlineData(0xFFFD, false)]
    [InlineData(0xFFFE, false)]
    [InlineData(0x1F600, true)]
    [InlineData(0xF0000, false)]
    [InlineData(0x10FFFF, false)]
    public void Text_holds_what_people_write_and_nothing_that_a_screen_obeys(int character, bool isPlain) =>
        Assert.Equal(isPlain, TextCheck.IsPlain($"a{char.ConvertFromUtf32(character)}b", 10));

    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Half_a_character_is_no_text(char half) => Assert.False(TextCheck.IsPlain($"a{half}b", 10));

    [Theory]
    [InlineData("", false)]
    [InlineData(" \t\n", false)]
    [InlineData("a", true)]
    [InlineData("abcde", true)]
    [InlineData("abcdef", false)]
    public void Text_is_not_blank_and_not_too_long(string text, bool isPlain)
    {
        Assert.Equal(isPlain, TextCheck.IsPlain(text, 5));
        Assert.Equal(isPlain, TextCheck.IsOneLine(text, 5));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\tb")]
    public void A_line_is_one_line(string text)
    {
        Assert.True(TextCheck.IsPlain(text, 5));
        Assert.False(TextCheck.IsOneLine(text, 5));
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public void Text_without_a_limit_of_its_own_has_2000_characters_at_most(int length, bool isRight)
    {
        var item = TestProtocol.Questionnaire.Find("med.list")! with { MaximumLength = null };
        var reading = ItemCheck.Parse(item, new RawValue.Word(new string('x', length)), Sent.Today);

        Assert.Equal(isRight, reading.Answer is not null);
        Assert.Equal(isRight ? null : "must be text of 1 to 2000 characters without control characters; leave an unanswered question out", reading.Fault);
    }

    [Fact]
    public void Lines_end_alike_and_nothing_stands_around_the_text()
    {
        var reading = ItemCheck.Parse(TestProtocol.Questionnaire.Find("med.list")!, new RawValue.Typed(" a\r\nb\rc\n"), Sent.Today);

        Assert.Equal(new Answer.Text("a\nb\nc"), reading.Answer);
    }
}
