using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>An option that the answered version of the questionnaire did not offer is unknown, not no: nobody was asked.</summary>
public sealed class NotOfferedTests
{
    private static readonly Questionnaire Form = new("urn:small", "1.10.0", "Small", [new(
        "a", ItemType.Group, "a", null, [], false, false, false, false, null, null, null, null, [], false,
        [Item("many", repeats: true), Item("one", repeats: false), Item("behind", repeats: false) with { EnableWhen = [new EnableWhen("many", "new")] }])], default)
    {
        Earlier = ["1.2.0", "1.9.0"],
    };

    [Theory]
    [InlineData("many", "none", "1.2.0", Verdict.Unknown)]
    [InlineData("many", "old", "1.2.0", Verdict.Unknown)]
    [InlineData("many", "new", "1.2.0", Verdict.True)]
    [InlineData("many", "none", "1.9.0", Verdict.Unknown)]
    [InlineData("many", "none", "1.10.0", Verdict.False)]
    [InlineData("many", "old", null, Verdict.False)]
    [InlineData("many", "not-sure", "1.2.0", Verdict.Unknown)]
    [InlineData("one", "old", "1.2.0", Verdict.Unknown)]
    [InlineData("one", "new", "1.2.0", Verdict.True)]
    [InlineData("one", "old", "1.10.0", Verdict.False)]
    public void A_rule_about_a_newer_option_is_open_for_whoever_answered_before(string item, string answer, string? version, Verdict verdict)
    {
        Condition when = item == "many" ? new Condition.Includes(new Subject.Item(item), ["new"]) : new Condition.Is(new Subject.Item(item), ["new"]);
        var facts = Facts($"{item}={answer}", version);

        Assert.Equal(verdict, Compile(when).VerdictOf("R", facts));
        Assert.Equal((Verdict)(Verdict.True - verdict), Compile(new Condition.Not(when)).VerdictOf("R", facts));
    }

    [Fact]
    public void What_was_not_offered_is_asked_again()
    {
        var result = Compile(new Condition.Includes(new Subject.Item("many"), ["new"])).Screen(Facts("many=none", "1.2.0"));

        Assert.Equal((Outcome.Incomplete, "many"), (result.Outcome, string.Join(' ', result.Missing)));
    }

    [Fact]
    public void What_was_offered_all_along_stays_answered() =>
        Assert.Equal(Outcome.Eligible, Compile(new Condition.Includes(new Subject.Item("many"), ["old"])).Screen(Facts("many=none", "1.2.0")).Outcome);

    [Fact]
    public void A_question_that_a_newer_option_shows_is_neither_asked_nor_off() =>
        Assert.Equal("many", string.Join(' ', Compile(new Condition.Is(new Subject.Item("behind"), ["old"])).Screen(Facts("many=none", "1.2.0")).Missing));

    [Theory]
    [InlineData("urn:small|1.2.0", "1.2.0")]
    [InlineData("urn:small|1.9.0", "1.9.0")]
    [InlineData("urn:small|1.10.0", null)]
    [InlineData("urn:small|1.11.0", null)]
    [InlineData("urn:small", null)]
    [InlineData("urn:small|one", null)]
    [InlineData(null, null)]
    public void An_earlier_version_is_told_by_its_numbers(string? canonical, string? version) => Assert.Equal(version, Form.EarlierThanThis(canonical)?.ToString());

    private static QuestionnaireItem Item(string id, bool repeats) => new(
        id, ItemType.Choice, id, null,
        [new("old", "Old", null), new("new", "New", null) { Since = new Version(1, 10, 0) }, new("none", "None", null), new("not-sure", "Not sure", null)],
        repeats, false, false, false, null, null, null, null, [], false, []);

    private static ScreeningFacts Facts(string given, string? version) =>
        new(Written.Answers(Form, given), SmallProtocol.Born, SmallProtocol.Today) { Answered = Form.EarlierThanThis(version is null ? null : $"urn:small|{version}") };

    private static RuleSet Compile(Condition when)
    {
        Rule[] rules = [SmallProtocol.Rule("R", when)];
        return RuleSet.Compile(SmallProtocol.Protocol(rules) with { Questionnaire = Form, Scales = [] }, SmallProtocol.Book(rules));
    }
}
