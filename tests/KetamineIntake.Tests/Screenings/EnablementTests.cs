using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

public sealed class EnablementTests
{
    [Theory]
    [InlineData("behind", "gate=no", Outcome.Eligible, "", "")]
    [InlineData("behind", "", Outcome.Incomplete, "gate", "")]
    [InlineData("behind", "gate=not-sure", Outcome.NeedsReview, "", "gate=not-sure")]
    [InlineData("behind", "gate=yes", Outcome.Incomplete, "behind", "")]
    [InlineData("behind", "gate=yes behind=yes", Outcome.NeedsReview, "", "behind=yes")]
    [InlineData("behind", "gate=yes behind=no", Outcome.Eligible, "", "")]
    [InlineData("behind", "gate=no behind=yes", Outcome.Eligible, "", "")]
    [InlineData("behind", "behind=yes", Outcome.NeedsReview, "", "behind=yes")]
    [InlineData("behind", "behind=no", Outcome.Eligible, "", "")]
    [InlineData("behind", "gate=not-sure behind=not-sure", Outcome.NeedsReview, "", "behind=not-sure")]
    [InlineData("deep", "", Outcome.Incomplete, "gate", "")]
    [InlineData("deep", "gate=yes", Outcome.Incomplete, "behind", "")]
    [InlineData("deep", "gate=yes behind=not-sure", Outcome.NeedsReview, "", "behind=not-sure")]
    [InlineData("deep", "gate=not-sure", Outcome.NeedsReview, "", "gate=not-sure")]
    [InlineData("deep", "gate=no", Outcome.Eligible, "", "")]
    [InlineData("either", "gate=not-sure", Outcome.Incomplete, "either", "")]
    [InlineData("either", "gate=no", Outcome.Eligible, "", "")]
    [InlineData("either", "", Outcome.Incomplete, "gate", "")]
    [InlineData("both", "", Outcome.Incomplete, "two gate", "")]
    [InlineData("both", "gate=yes", Outcome.Incomplete, "two", "")]
    [InlineData("both", "gate=no", Outcome.Eligible, "", "")]
    [InlineData("both", "gate=not-sure", Outcome.NeedsReview, "two", "gate=not-sure two=")]
    [InlineData("both", "gate=yes two=yes", Outcome.Incomplete, "both", "")]
    [InlineData("grouped", "", Outcome.Incomplete, "gate", "")]
    [InlineData("grouped", "gate=no", Outcome.Eligible, "", "")]
    [InlineData("grouped", "gate=yes", Outcome.Incomplete, "grouped", "")]
    [InlineData("groupedOptional", "", Outcome.Eligible, "", "")]
    [InlineData("groupedOptional", "gate=not-sure", Outcome.Eligible, "", "")]
    [InlineData("groupedOptional", "gate=yes", Outcome.Eligible, "", "")]
    [InlineData("groupedOptional", "gate=yes groupedOptional=yes", Outcome.NeedsReview, "", "groupedOptional=yes")]
    public void What_keeps_a_question_from_being_asked_is_what_is_missing(string item, string given, Outcome outcome, string missing, string inputs)
    {
        var result = Screen(Is(item), given);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(missing, string.Join(' ', result.Missing));
        Assert.Equal(inputs, Inputs(result));
    }

    [Theory]
    [InlineData("one", "", true)]
    [InlineData("one", "one=not-sure", false)]
    [InlineData("one", "one=no", false)]
    [InlineData("behind", "", false)]
    [InlineData("behind", "gate=not-sure", false)]
    [InlineData("behind", "gate=no", false)]
    [InlineData("behind", "gate=yes", true)]
    [InlineData("reading", "", true)]
    [InlineData("groupedOptional", "", false)]
    [InlineData("groupedOptional", "gate=yes", true)]
    public void Unanswered_means_asked_and_left_empty(string item, string given, bool fires)
    {
        var result = Screen(new Condition.Unanswered(Item(item)), given);

        Assert.Equal(fires ? Outcome.NeedsReview : Outcome.Eligible, result.Outcome);
        Assert.Equal(fires ? $"{item}=" : "", Inputs(result));
        Assert.Empty(result.Missing);
    }

    [Theory]
    [InlineData("text", "", false)]
    [InlineData("text", "text=aspirin", true)]
    [InlineData("text", "text=not-sure", true)]
    [InlineData("behind", "gate=no behind=yes", false)]
    [InlineData("behind", "behind=yes", true)]
    public void Answered_means_that_an_answer_was_given(string item, string given, bool fires) =>
        Assert.Equal(fires ? Outcome.NeedsReview : Outcome.Eligible, Screen(new Condition.Unanswered(Item(item), false), given).Outcome);

    [Fact]
    public void What_was_answered_is_shown() =>
        Assert.Equal("text=aspirin", Inputs(Screen(new Condition.Unanswered(Item("text"), false), "text=aspirin")));

    [Fact]
    public void An_item_that_enables_itself_is_refused()
    {
        var one = SmallProtocol.Form.Find("one")!;
        QuestionnaireItem[] circle = [one with { EnableWhen = [new("two", "yes")] }, one with { LinkId = "two", EnableWhen = [new("one", "yes")] }];
        var circular = Protocol(Rule("R", Is("one"))) with { Questionnaire = new("u", "1", "t", circle, default), Scales = [] };

        var error = Assert.Throws<ArgumentException>(() => RuleSet.Compile(circular, circular.Rules));
        Assert.Contains("one", error.Message, StringComparison.Ordinal);
    }

    internal static string Inputs(ScreeningResult result) => string.Join(' ', result.Findings.SelectMany(f => f.Inputs).Select(i => $"{i.Name}={i.Value}"));
}
