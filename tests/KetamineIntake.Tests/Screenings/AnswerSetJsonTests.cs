using System.Text.Json;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings;

/// <summary>Stored answers stay readable for years, so their form is pinned to the byte.</summary>
public sealed class AnswerSetJsonTests
{
    private const string Stored =
        """{"B":{"notSure":true},"a":{"choice":"yes"},"b":{"choices":["x","y"]},"c":{"number":72.5},"d":{"date":"2020-05-07"},"e":{"date":"2020-05"},"f":{"date":"0987"},"g":{"text":"a\nb"}}""";

    private static readonly JsonSerializerOptions Options = new() { Converters = { new AnswerSetJson() } };

    private static readonly AnswerSet Answers = TestClinic.Answers(
        ("g", new Answer.Text("a\nb")),
        ("f", new Answer.Date(new PartialDate(987))),
        ("e", new Answer.Date(new PartialDate(2020, 5))),
        ("d", new Answer.Date(new PartialDate(2020, 5, 7))),
        ("c", new Answer.Number(72.5m)),
        ("b", new Answer.Choices(["x", "y"])),
        ("a", "yes"),
        ("B", "not-sure"));

    [Fact]
    public void Each_kind_of_answer_is_written_under_its_name_in_order_of_link_id() => Assert.Equal(Stored, JsonSerializer.Serialize(Answers, Options));

    [Fact]
    public void What_was_written_is_read_again() => Assert.Equal(Answers.All, Read(Stored).All);

    [Fact]
    public void No_answers_are_an_empty_object()
    {
        Assert.Equal("{}", JsonSerializer.Serialize(AnswerSet.Empty, Options));
        Assert.Equal(0, Read("{}").Count);
    }

    [Fact]
    public void An_answer_of_an_unknown_kind_is_not_passed_over()
    {
        var failure = Assert.Throws<JsonException>(() => Read("""{"a":{"photo":"x"}}"""));

        Assert.Equal("A stored answer has the unknown kind photo.", failure.Message);
    }

    [Fact]
    public void A_date_that_nobody_can_read_is_not_passed_over_and_not_repeated()
    {
        var failure = Assert.Throws<JsonException>(() => Read("""{"a":{"date":"2020-02-30"}}"""));

        Assert.Equal("A stored date is unreadable.", failure.Message);
    }

    [Theory]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":{"choice":"yes","text":"no"}}""")]
    public void An_answer_has_exactly_one_kind(string stored) => Assert.Throws<InvalidOperationException>(() => Read(stored));

    [Theory]
    [InlineData("""{"a":{"choice":5}}""")]
    [InlineData("""{"a":{"choices":"x"}}""")]
    [InlineData("""{"a":{"number":"5"}}""")]
    [InlineData("""{"a":"yes"}""")]
    public void An_answer_has_the_value_of_its_kind(string stored) => Assert.Throws<JsonException>(() => Read(stored));

    [Theory]
    [InlineData("0001", 1, null, null)]
    [InlineData("2026", 2026, null, null)]
    [InlineData("9999", 9999, null, null)]
    [InlineData("2026-01", 2026, 1, null)]
    [InlineData("2026-12", 2026, 12, null)]
    [InlineData("2024-02-29", 2024, 2, 29)]
    [InlineData("0001-01-01", 1, 1, 1)]
    public void A_date_is_read_as_far_as_it_is_known_and_written_alike(string text, int year, int? month, int? day)
    {
        Assert.Equal(new PartialDate(year, month, day), PartialDateText.Parse(text));
        Assert.Equal(text, PartialDateText.Format(new PartialDate(year, month, day)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("-001")]
    [InlineData("026")]
    [InlineData("02026")]
    [InlineData("2026-")]
    [InlineData("2026-1")]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("2026/12")]
    [InlineData("2026-1-1")]
    [InlineData("2026-02-29")]
    [InlineData("2026-04-31")]
    [InlineData("2026-04-00")]
    [InlineData("01-04-2026")]
    [InlineData("0000-01-01")]
    [InlineData("2026-04-01Z")]
    [InlineData(" 2026-04")]
    public void What_is_no_such_date_is_null(string text) => Assert.Null(PartialDateText.Parse(text));

    private static AnswerSet Read(string stored) => JsonSerializer.Deserialize<AnswerSet>(stored, Options)!;
}
