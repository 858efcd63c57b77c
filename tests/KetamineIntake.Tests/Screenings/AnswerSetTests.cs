using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

public sealed class AnswerSetTests
{
    [Fact]
    public void Answers_stand_in_ordinal_order_of_link_id()
    {
        var answers = AnswerSet.Empty.With("b", Answer.NotSure.Instance).With("B", Answer.NotSure.Instance).With("a.2", Answer.NotSure.Instance).With("a.10", Answer.NotSure.Instance);

        Assert.Equal(["B", "a.10", "a.2", "b"], answers.All.Select(a => a.Key));
        Assert.Equal(4, answers.Count);
    }

    [Fact]
    public void A_changed_copy_leaves_the_original_alone()
    {
        var before = AnswerSet.Empty.With("a", new Answer.Choice("yes"));

        Assert.Null(before.With("a", null).Find("a"));
        Assert.Equal(new Answer.Choice("no"), before.With("a", new Answer.Choice("no")).Find("a"));
        Assert.Equal(new Answer.Choice("yes"), before.Find("a"));
        Assert.Equal(0, AnswerSet.Empty.Count);
    }

    [Fact]
    public void Several_codes_are_equal_by_what_they_hold()
    {
        var one = new Answer.Choices(["a", "b"]);

        Assert.Equal(one, new Answer.Choices(["a", "b"]));
        Assert.Equal(one.GetHashCode(), new Answer.Choices(["a", "b"]).GetHashCode());
        Assert.NotEqual(one, new Answer.Choices(["a"]));
        Assert.False(one.Equals(null));
    }

    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2026-12", "2026-12-01", "2026-12-31")]
    [InlineData("2026-05-07", "2026-05-07", "2026-05-07")]
    public void A_partial_date_spans_every_day_it_can_mean(string date, string first, string last)
    {
        var spanned = Written.Date(date);

        Assert.Equal((Day(first), Day(last)), (spanned.Earliest, spanned.Latest));
    }

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
