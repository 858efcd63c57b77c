using KetamineIntake.Core.Screenings;
using NodaTime;
using static KetamineIntake.Tests.Screenings.EnablementTests;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("one=yes", "NeedsReview", "", "one=yes")]
    [InlineData("one=yes two=not-sure", "NeedsReview", "", "one=yes")]
    [InlineData("one=yes two=yes", "NeedsReview", "", "one=yes two=yes")]
    [InlineData("one=no", "Incomplete", "two", "")]
    [InlineData("one=not-sure", "NeedsReview", "two", "one=not-sure two=")]
    [InlineData("one=no two=no", "Eligible", "", "")]
    public void Any_needs_one(string given, string outcome, string missing, string inputs) => Check(Any(Is("one"), Is("two")), given, outcome, missing, inputs);

    [Theory]
    [InlineData("one=yes", "Incomplete", "two", "")]
    [InlineData("one=no", "Eligible", "", "")]
    [InlineData("one=no two=not-sure", "Eligible", "", "")]
    [InlineData("two=no", "Eligible", "", "")]
    [InlineData("one=not-sure two=no", "Eligible", "", "")]
    [InlineData("one=not-sure two=yes", "NeedsReview", "", "one=not-sure")]
    [InlineData("one=yes two=yes", "NeedsReview", "", "one=yes two=yes")]
    [InlineData("", "Incomplete", "one two", "")]
    public void All_needs_every_one(string given, string outcome, string missing, string inputs) => Check(All(Is("one"), Is("two")), given, outcome, missing, inputs);

    [Theory]
    [InlineData("one=yes", "Eligible", "", "")]
    [InlineData("one=no", "NeedsReview", "", "one=no")]
    [InlineData("one=not-sure", "NeedsReview", "", "one=not-sure")]
    [InlineData("", "Incomplete", "one", "")]
    public void Not_turns_round_what_is_known_and_leaves_the_unknown_unknown(string given, string outcome, string missing, string inputs) =>
        Check(Not(Is("one")), given, outcome, missing, inputs);

    [Theory]
    [InlineData("one=no two=yes", "one=no")]
    [InlineData("one=no two=no", "one=no two=no")]
    public void A_false_all_under_not_shows_its_false_parts(string given, string inputs) => Check(Not(All(Is("one"), Is("two"))), given, "NeedsReview", "", inputs);

    [Fact]
    public void A_false_any_under_not_shows_every_part() => Check(Not(Any(Is("one"), Is("two"))), "one=no two=no", "NeedsReview", "", "one=no two=no");

    [Theory]
    [InlineData("one=no two=yes", "Incomplete", "gate", "")]
    [InlineData("two=no", "Incomplete", "one", "")]
    [InlineData("one=not-sure gate=yes", "NeedsReview", "two", "one=not-sure two=")]
    [InlineData("one=yes", "NeedsReview", "", "one=yes")]
    public void Only_leaves_that_can_still_change_the_verdict_are_causes(string given, string outcome, string missing, string inputs) =>
        Check(Any(Is("one"), All(Is("two"), Is("gate"))), given, outcome, missing, inputs);

    [Theory]
    [InlineData("one=not-sure", "NeedsReview", "one=not-sure")]
    [InlineData("one=yes", "NeedsReview", "one=yes")]
    [InlineData("one=no", "Eligible", "")]
    public void Listed_not_sure_is_true(string given, string outcome, string inputs)
    {
        Check(Is("one", "yes", "not-sure"), given, outcome, "", inputs);
        Assert.All(Screen(Is("one", "yes", "not-sure"), given).Findings, f => Assert.Equal(Verdict.True, f.Verdict));
    }

    [Theory]
    [InlineData("many=x", true)]
    [InlineData("many=y,z", true)]
    [InlineData("many=none", false)]
    [InlineData("many=y", false)]
    public void Includes_needs_one_of_its_codes(string given, bool fires) =>
        Assert.Equal(fires ? Outcome.NeedsReview : Outcome.Eligible, Screen(new Condition.Includes(Item("many"), ["x", "z"]), given).Outcome);

    [Fact]
    public void Several_codes_are_shown_together() => Check(new Condition.Includes(Item("many"), ["x"]), "many=y,x", "NeedsReview", "", "many=x,y");

    [Theory]
    [InlineData("number=4", "Eligible", "Eligible")]
    [InlineData("number=5", "NeedsReview", "NeedsReview")]
    [InlineData("number=6", "NeedsReview", "Eligible")]
    [InlineData("number=not-sure", "NeedsReview", "NeedsReview")]
    [InlineData("", "Incomplete", "Incomplete")]
    public void Bounds_are_inclusive(string given, string atLeast, string exactly)
    {
        var least = new Condition.AtLeast(Item("number"), 5);
        Assert.Equal(atLeast, Screen(least, given).Outcome.ToString());
        Assert.Equal(exactly, Screen(All(least, new Condition.AtMost(Item("number"), 5)), given).Outcome.ToString());
        Assert.Equal(exactly, Screen(Is("number", "4.9", "5"), given).Outcome.ToString());
    }

    [Theory]
    [InlineData("reading=not-sure")]
    [InlineData("")]
    public void An_optional_reading_that_nobody_has_fires_nothing(string given) => Check(new Condition.AtLeast(Item("reading"), 160), given, "Eligible", "", "");

    [Fact]
    public void An_optional_not_sure_that_is_listed_fires() => Check(Is("reading", "not-sure"), "reading=not-sure", "NeedsReview", "", "reading=not-sure");

    [Fact]
    public void A_value_that_is_not_available_is_shown_as_such() => Check(Not(new Condition.AtLeast(Item("reading"), 160)), "", "NeedsReview", "", "reading=");

    [Theory]
    [InlineData("2026-06-01", "NeedsReview")]
    [InlineData("2026-05-31", "Eligible")]
    [InlineData("2026-12-01", "NeedsReview")]
    [InlineData("2026-06", "NeedsReview")]
    [InlineData("2026-05", "Eligible")]
    [InlineData("2026-12", "NeedsReview")]
    [InlineData("2025", "Eligible")]
    [InlineData("2027-01-01", "NeedsReview")]
    public void Six_months_include_their_first_and_last_day(string date, string outcome) =>
        Check(new Condition.Within(Item("date"), Period.FromMonths(6)), $"date={date}", outcome, "", outcome == "Eligible" ? "" : $"date={date}");

    [Fact]
    public void A_date_too_vague_to_judge_needs_review_as_not_sure_does()
    {
        var result = Screen(new Condition.Within(Item("date"), Period.FromMonths(6)), "date=2026");

        Assert.Equal((Outcome.NeedsReview, "date=2026"), (result.Outcome, Inputs(result)));
        Assert.Equal(Verdict.Unknown, Assert.Single(result.Findings).Verdict);
    }

    [Theory]
    [InlineData("2026-10", "NeedsReview")]
    [InlineData("2026-10-20", "NeedsReview")]
    [InlineData("2026-10-19", "Eligible")]
    public void Weeks_are_counted_in_days(string date, string outcome) =>
        Check(new Condition.Within(Item("date"), Period.FromWeeks(6)), $"date={date}", outcome, "", outcome == "Eligible" ? "" : $"date={date}");

    [Fact]
    public void A_missing_date_is_missing() => Check(new Condition.Within(Item("date"), Period.FromWeeks(6)), "", "Incomplete", "date", "");

    [Theory]
    [InlineData("one")]
    [InlineData("date")]
    [InlineData("number")]
    public void An_answer_of_the_wrong_kind_is_never_no(string item)
    {
        var facts = Facts() with { Answers = new AnswerSet(new Dictionary<string, Answer> { [item] = new Answer.Text("?") }) };
        Condition when = item switch { "one" => Is("one"), "date" => new Condition.Within(Item(item), Period.FromDays(1)), _ => new Condition.AtLeast(Item(item), 1) };

        var result = Compile(Rule("R", when)).Screen(facts);

        Assert.Equal((Outcome.NeedsReview, $"{item}=?"), (result.Outcome, Inputs(result)));
    }

    [Theory]
    [InlineData("yes", Outcome.NeedsReview)]
    [InlineData("no", Outcome.Eligible)]
    [InlineData("declined", Outcome.NeedsReview)]
    public void A_word_counts_as_one_or_zero_where_a_number_is_asked_for(string word, Outcome outcome)
    {
        var facts = Facts() with { Answers = new AnswerSet(new Dictionary<string, Answer> { ["one"] = new Answer.Choice(word) }) };

        Assert.Equal(outcome, Compile(Rule("R", new Condition.AtLeast(Item("one"), 1))).Screen(facts).Outcome);
    }

    private static void Check(Condition when, string given, string outcome, string missing, string inputs)
    {
        var result = Screen(when, given);

        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Equal(missing, string.Join(' ', result.Missing));
        Assert.Equal(inputs, Inputs(result));
    }
}
