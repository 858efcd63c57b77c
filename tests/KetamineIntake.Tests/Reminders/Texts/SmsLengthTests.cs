using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Tests.Reminders.Texts;

public class SmsLengthTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    [InlineData(459, 3)]
    [InlineData(460, 4)]
    public void Plain_letters_make_160_alone_and_153_in_each_part(int letters, int segments) =>
        Assert.Equal(new SmsLength(SmsEncoding.Gsm7, letters, segments), SmsLength.Of(new string('a', letters)));

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void One_letter_outside_the_alphabet_makes_70_alone_and_67_in_each_part(int letters, int segments) =>
        Assert.Equal(new SmsLength(SmsEncoding.Ucs2, letters, segments), SmsLength.Of("á" + new string('a', letters - 1)));

    [Theory]
    [InlineData("é")]
    [InlineData("ñ")]
    [InlineData("ü")]
    [InlineData("¿")]
    [InlineData("¡")]
    [InlineData("Ç")]
    [InlineData("£")]
    [InlineData("@")]
    [InlineData("\n")]
    [InlineData("'")]
    [InlineData("_")]
    public void These_count_one(string text) => Assert.Equal(new SmsLength(SmsEncoding.Gsm7, 1, 1), SmsLength.Of(text));

    [Theory]
    [InlineData("^")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("\\")]
    [InlineData("[")]
    [InlineData("~")]
    [InlineData("]")]
    [InlineData("|")]
    [InlineData("€")]
    [InlineData("\f")]
    public void Extension_characters_count_two(string text) => Assert.Equal(new SmsLength(SmsEncoding.Gsm7, 2, 1), SmsLength.Of(text));

    [Theory]
    [InlineData("á")]
    [InlineData("í")]
    [InlineData("ó")]
    [InlineData("ú")]
    [InlineData("ç")]
    [InlineData("`")]
    [InlineData("\u2019")]
    [InlineData("\u201C")]
    [InlineData("\u2013")]
    [InlineData("\t")]
    [InlineData("\u001B")]
    public void These_are_not_in_the_alphabet(string text) => Assert.Equal(SmsEncoding.Ucs2, SmsLength.Of(text).Encoding);

    [Fact]
    public void An_extension_character_counts_one_once_the_text_is_in_the_other_alphabet() =>
        Assert.Equal(new SmsLength(SmsEncoding.Ucs2, 2, 1), SmsLength.Of("€á"));

    [Theory]
    [InlineData(158, 160, 1)]
    [InlineData(159, 161, 2)]
    public void Eighty_pairs_fit_alone(int letters, int units, int segments) =>
        Assert.Equal(new SmsLength(SmsEncoding.Gsm7, units, segments), SmsLength.Of(new string('a', letters) + "€"));

    [Theory]
    [InlineData(152, 3)]
    [InlineData(151, 2)]
    public void An_escape_is_never_parted_from_its_character(int before, int segments) =>
        Assert.Equal(segments, SmsLength.Of(new string('a', before) + "€" + new string('b', 304 - before)).Segments);

    [Theory]
    [InlineData(66, 3)]
    [InlineData(65, 2)]
    public void A_picture_is_never_parted_in_two(int before, int segments) =>
        Assert.Equal(segments, SmsLength.Of(new string('á', before) + "😀" + new string('á', 132 - before)).Segments);

    [Fact]
    public void Pictures_count_their_utf16_units() => Assert.Equal(new SmsLength(SmsEncoding.Ucs2, 70, 1), SmsLength.Of(string.Concat(Enumerable.Repeat("😀", 35))));

    [Fact]
    public void The_alphabet_has_127_characters_and_ten_more() =>
        Assert.Equal(127 + 10, Enumerable.Range(0, char.MaxValue + 1).Count(c => SmsLength.IsGsm((char)c)));
}
