using System.Text;
using System.Text.Json;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData(" 5 ")]
    [InlineData("\"\\ud83d\\ude00\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("1e999")]
    public void JSON_is_parsed(string body)
    {
        using var document = JsonBody.TryParse(Encoding.UTF8.GetBytes(body));

        Assert.Equal(body.Trim(), document!.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{} // comment")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("\"line\nbreak\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("{\"a\":[{\"b\":\"x\\ud83d\"}]}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"\\ud800\\ud800\":1}")]
    public void What_is_no_JSON_is_null(string body) => Assert.Null(JsonBody.TryParse(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{\"a\":\"*\"}")]
    [InlineData("{\"*\":1}")]
    [InlineData("*{}")]
    public void Bytes_that_are_no_UTF8_are_no_JSON(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        bytes[Array.IndexOf(bytes, (byte)'*')] = 0xFF;

        Assert.Null(JsonBody.TryParse(bytes));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Sixty_four_levels_are_deep_enough(int levels, bool isRead)
    {
        using var document = JsonBody.TryParse(Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels)));

        Assert.Equal(isRead, document is not null);
    }

    [Fact]
    public void Every_kind_of_value_is_told_from_the_others()
    {
        using var document = JsonDocument.Parse("""["word", 72.50, 1e999, true, false, null, {}, ["a", 1]]""");

        var sequence = Assert.IsType<RawValue.Sequence>(JsonValues.Of(document.RootElement));

        Assert.Equal(
            [
                new RawValue.Word("word"), new RawValue.Number(72.5m), new RawValue.Number(null), new RawValue.Flag(true), new RawValue.Flag(false),
                new RawValue.Null(), new RawValue.Composite(),
            ],
            sequence.Values.Take(7));
        Assert.Equal([new RawValue.Word("a"), new RawValue.Number(1)], Assert.IsType<RawValue.Sequence>(sequence.Values[7]).Values);
    }

    [Fact]
    public void A_boolean_is_no_answer_in_JSON()
    {
        using var document = JsonDocument.Parse("""{"a":true,"b":false,"c":"yes"}""");

        var answers = JsonValues.Answers(document.RootElement, "/answers", []);

        Assert.Equal(
            [
                new RawAnswer("a", "/answers/a", new RawValue.Composite()), new RawAnswer("b", "/answers/b", new RawValue.Composite()),
                new RawAnswer("c", "/answers/c", new RawValue.Word("yes")),
            ],
            answers);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("cv.any", true)]
    [InlineData(" ", true)]
    [InlineData("", false)]
    [InlineData("\n", false)]
    [InlineData("a\u0000", false)]
    [InlineData("\u001fa", false)]
    [InlineData("a\u007fb", false)]
    [InlineData("a\u0085b", false)]
    public void A_name_can_be_repeated_unless_it_is_empty_or_steers_a_screen(string name, bool isNameable) =>
        Assert.Equal(isNameable, JsonPointer.IsNameable(name));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_name_of_64_characters_is_still_a_name(int length, bool isNameable) =>
        Assert.Equal(isNameable, JsonPointer.IsNameable(new string('n', length)));

    [Fact]
    public void A_place_in_a_list_is_its_number() => Assert.Equal("/item/12", JsonPointer.Append("/item", 12));
}
