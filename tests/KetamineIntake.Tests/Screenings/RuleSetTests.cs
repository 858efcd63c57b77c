using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

public sealed class RuleSetTests
{
    [Theory]
    [InlineData("one=yes", Outcome.NeedsReview, "")]
    [InlineData("one=no", Outcome.Eligible, "")]
    [InlineData("one=not-sure", Outcome.NeedsReview, "")]
    [InlineData("", Outcome.Incomplete, "one")]
    public void An_unanswered_question_is_incomplete_and_not_sure_needs_review(string given, Outcome outcome, string missing)
    {
        var result = Screen(Is("one"), given);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(missing, string.Join(' ', result.Missing));
    }

    [Fact]
    public void A_true_absolute_rule_contraindicates()
    {
        var finding = Assert.Single(Screen(Is("one"), "one=yes", Severity.Absolute).Findings);

        Assert.Equal(("R", Severity.Absolute, Verdict.True, "Reason of R", "Source of R"), (finding.Rule, finding.Severity, finding.Verdict, finding.Reason, finding.Source));
        Assert.Equal([new FindingInput("one", "yes")], finding.Inputs);
        Assert.Equal(Outcome.Contraindicated, Screen(Is("one"), "one=yes", Severity.Absolute).Outcome);
    }

    [Fact]
    public void An_absolute_rule_kept_open_by_not_sure_is_reported_as_review()
    {
        var result = Screen(Is("one"), "one=not-sure", Severity.Absolute);

        var finding = Assert.Single(result.Findings);
        Assert.Equal((Outcome.NeedsReview, Severity.Review, Verdict.Unknown), (result.Outcome, finding.Severity, finding.Verdict));
        Assert.Equal([new FindingInput("one", "not-sure")], finding.Inputs);
    }

    [Theory]
    [InlineData(Severity.Caution, 1)]
    [InlineData(Severity.Info, 0)]
    public void Mild_rules_ride_along_and_of_those_that_stay_open_a_caution_is_told(Severity severity, int told)
    {
        Assert.Equal(Outcome.Eligible, Screen(Is("one"), "one=yes", severity).Outcome);
        Assert.Single(Screen(Is("one"), "one=yes", severity).Findings);
        foreach (var given in new[] { "", "one=not-sure" })
        {
            var result = Screen(Is("one"), given, severity);

            Assert.Equal(Outcome.Eligible, result.Outcome);
            Assert.Equal(Enumerable.Repeat((severity, Verdict.Unknown), told), result.Findings.Select(f => (f.Severity, f.Verdict)));
            Assert.Empty(result.Missing);
        }
    }

    [Theory]
    [InlineData("", Outcome.Eligible)]
    [InlineData("one=not-sure", Outcome.Eligible)]
    [InlineData("one=yes", Outcome.NeedsReview)]
    public void A_review_that_is_a_caution_while_it_is_open_holds_nobody_back_until_it_fires(string given, Outcome outcome)
    {
        var result = Compile(Rule("R", Is("one")) with { OpenAs = Severity.Caution }).Screen(Facts(given));

        Assert.Equal((outcome, 0), (result.Outcome, result.Missing.Count));
        Assert.Equal(outcome == Outcome.Eligible ? (Severity.Caution, Verdict.Unknown) : (Severity.Review, Verdict.True), result.Findings.Select(f => (f.Severity, f.Verdict)).Single());
    }

    [Fact]
    public void Findings_stand_worst_first_and_then_in_catalogue_order()
    {
        var rules = Compile(
            Rule("A", Is("one"), Severity.Caution),
            Rule("B", Is("one"), Severity.Review),
            Rule("C", Is("two"), Severity.Absolute),
            Rule("D", Is("one"), Severity.Absolute),
            Rule("E", Is("one"), Severity.Info),
            Rule("F", Is("one"), Severity.Review));

        var result = rules.Screen(Facts("one=yes two=not-sure"));

        Assert.Equal("D B C F A E", string.Join(' ', result.Findings.Select(f => f.Rule)));
        Assert.Equal(Outcome.Contraindicated, result.Outcome);
    }

    [Fact]
    public void Missing_stands_in_questionnaire_order_once_each()
    {
        var rules = Compile(Rule("A", Any(Is("two"), Is("s.1", "3"))), Rule("B", Is("two")), Rule("C", Is("one")), Rule("D", Is("either")));

        Assert.Equal("one two gate s.1", string.Join(' ', rules.Screen(Facts()).Missing));
    }

    [Fact]
    public void A_rule_unknown_for_both_reasons_does_both()
    {
        var result = Screen(Any(Is("one"), Is("two")), "one=not-sure");

        Assert.Equal((Outcome.NeedsReview, "two"), (result.Outcome, string.Join(' ', result.Missing)));
        Assert.Equal([new("one", "not-sure"), new("two", null)], Assert.Single(result.Findings).Inputs);
    }

    [Theory]
    [InlineData(Urgency.None, Outcome.Eligible)]
    [InlineData(Urgency.Elevated, Outcome.Eligible)]
    [InlineData(Urgency.High, Outcome.NeedsReview)]
    [InlineData(Urgency.Imminent, Outcome.NeedsReview)]
    public void High_urgency_needs_review_and_makes_nobody_ineligible(Urgency urgency, Outcome outcome)
    {
        var result = Compile(Rule("R", Is("one"), Severity.Info, urgency: urgency)).Screen(Facts("one=yes"));

        Assert.Equal((outcome, urgency), (result.Outcome, result.Urgency));
    }

    [Fact]
    public void The_worst_urgency_wins_and_only_rules_that_fire_have_a_say()
    {
        var rules = Compile(
            Rule("A", Is("one"), Severity.Info, urgency: Urgency.Elevated),
            Rule("B", Is("two"), Severity.Info, urgency: Urgency.High),
            Rule("C", Is("one"), Severity.Info),
            Rule("D", Is("gate"), Severity.Info, urgency: Urgency.Imminent));

        Assert.Equal(Urgency.High, rules.Screen(Facts("one=yes two=yes gate=no")).Urgency);
        Assert.Equal(Urgency.Elevated, rules.Screen(Facts("one=yes two=no gate=no")).Urgency);
        Assert.Equal(Urgency.High, Compile([.. new[] { Rule("B", Is("two"), Severity.Info, urgency: Urgency.High), Rule("A", Is("one"), Severity.Info, urgency: Urgency.Elevated) }]).Screen(Facts("one=yes two=yes")).Urgency);
    }

    [Theory]
    [InlineData(Urgency.High, Outcome.Incomplete, "one")]
    [InlineData(Urgency.Elevated, Outcome.Eligible, "")]
    public void A_rule_that_could_raise_an_alarm_is_never_quietly_unknown(Urgency urgency, Outcome outcome, string missing)
    {
        var result = Compile(Rule("R", Is("one"), Severity.Info, urgency: urgency)).Screen(Facts());

        Assert.Equal((outcome, missing), (result.Outcome, string.Join(' ', result.Missing)));
    }

    [Fact]
    public void Only_intake_rules_decide_the_outcome()
    {
        var rules = Compile(Rule("L", Is("one"), Severity.Absolute, Stage.Labs), Rule("D", Is("one"), Severity.Absolute, Stage.DayOf), Rule("I", Is("one"), Severity.Caution));

        var result = rules.Screen(Facts("one=yes"));

        Assert.Equal((Outcome.Eligible, "I"), (result.Outcome, Assert.Single(result.Findings).Rule));
        Assert.Equal("L", Assert.Single(rules.Judge(Stage.Labs, Facts("one=yes"))).Rule);
        Assert.Equal("D", Assert.Single(rules.Judge(Stage.DayOf, Facts("one=yes"))).Rule);
        Assert.Equal("I", Assert.Single(rules.Judge(Stage.Intake, Facts("one=yes"))).Rule);
        Assert.Throws<ArgumentOutOfRangeException>(() => rules.Judge((Stage)9, Facts()));
    }

    [Fact]
    public void Labs_and_readings_are_judged_where_they_are_known_and_fire_nothing_where_not()
    {
        var rules = Compile(
            Rule("L", new Condition.AtLeast(new Subject.Lab("alt"), 120), stage: Stage.Labs),
            Rule("E", new Condition.Is(new Subject.Lab("ecg"), ["abnormal"]), stage: Stage.Labs),
            Rule("D", new Condition.AtLeast(new Subject.Reading("systolic"), 160), stage: Stage.DayOf),
            Rule("I", new Condition.AtLeast(new Subject.Lab("alt"), 120)));
        var known = Facts() with
        {
            Labs = new Dictionary<string, Answer> { ["alt"] = new Answer.Number(120), ["ecg"] = new Answer.Choice("abnormal") },
            Readings = new Dictionary<string, Answer> { ["systolic"] = new Answer.Number(160) },
        };

        Assert.Equal([new("alt", "120")], rules.Judge(Stage.Labs, known)[0].Inputs);
        Assert.Equal([new("ecg", "abnormal")], rules.Judge(Stage.Labs, known)[1].Inputs);
        Assert.Equal([new("systolic", "160")], Assert.Single(rules.Judge(Stage.DayOf, known)).Inputs);
        Assert.Empty(rules.Judge(Stage.Labs, Facts()));
        Assert.Empty(rules.Judge(Stage.DayOf, Facts() with { Readings = new Dictionary<string, Answer>() }));
        Assert.Equal(Outcome.Eligible, rules.Screen(Facts()).Outcome);
        Assert.Empty(rules.Screen(Facts()).Missing);
    }

    [Fact]
    public void Not_sure_on_the_day_cannot_be_ruled_out()
    {
        var rules = Compile(Rule("D", new Condition.Is(new Subject.Reading("ate"), ["yes"]), Severity.Absolute, Stage.DayOf));
        var facts = Facts() with { Readings = new Dictionary<string, Answer> { ["ate"] = Answer.NotSure.Instance } };

        var finding = Assert.Single(rules.Judge(Stage.DayOf, facts));

        Assert.Equal((Verdict.Unknown, Severity.Review), (finding.Verdict, finding.Severity));
        Assert.Equal([new("ate", "not-sure")], finding.Inputs);
    }

    [Fact]
    public void A_stage_without_a_list_of_missing_items_reports_what_it_cannot_rule_out()
    {
        var rules = Compile(Rule("D", Is("one"), Severity.Absolute, Stage.DayOf), Rule("C", Is("one"), Severity.Caution, Stage.DayOf));

        var findings = rules.Judge(Stage.DayOf, Facts());

        Assert.Equal([("D", Verdict.Unknown, Severity.Review), ("C", Verdict.Unknown, Severity.Caution)], findings.Select(f => (f.Rule, f.Verdict, f.Severity)));
        Assert.All(findings, f => Assert.Equal([new("one", null)], f.Inputs));
    }

    [Fact]
    public void A_hold_is_passed_on() => Assert.True(Assert.Single(Compile(Rule("R", Is("one")) with { Hold = true }).Screen(Facts("one=yes")).Findings).Hold);

    [Theory]
    [MemberData(nameof(Unknowns))]
    public void A_rule_about_something_that_does_not_exist_is_refused(Condition when)
    {
        var error = Assert.Throws<ArgumentException>(() => Compile(Rule("R", when)));

        Assert.Contains(when is Condition.AtLeast or Condition.Is { Subject: Subject.Item } ? "There is no" : "cannot be asked of a scale", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Condition> Unknowns() =>
    [
        Is("nothing"),
        new Condition.AtLeast(new Subject.Scale("nothing"), 1),
        new Condition.AtLeast(new Subject.Derived("nothing"), 1),
        new Condition.Is(new Subject.Scale("s"), ["1"]),
        new Condition.Includes(new Subject.Scale("s"), ["1"]),
        new Condition.Unanswered(new Subject.Scale("s")),
        new Condition.Within(new Subject.Scale("s"), NodaTime.Period.FromDays(1)),
    ];
}
