using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using static KetamineIntake.Tests.Screenings.EnablementTests;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

/// <summary>A four-item scale, 0-3 each, of which one item may be missing; and a gated one of three yes/no items.</summary>
public sealed class ScaleScoringTests
{
    private static readonly Scale Gated = new("g", "G", ["one", "two"], 0, "gate", "no", [new(0, "none"), new(1, "some"), new(2, "both")], true, "made up");

    [Theory]
    [InlineData("s.1=0 s.2=0 s.3=0 s.4=0", "0", false, "", "low")]
    [InlineData("s.1=3 s.2=1 s.3=0 s.4=0", "4", false, "", "low")]
    [InlineData("s.1=3 s.2=1 s.3=1 s.4=0", "5", false, "", "high")]
    [InlineData("s.1=3 s.2=3 s.3=3 s.4=3", "12", false, "", "high")]
    [InlineData("s.1=3 s.2=1 s.3=0", "5", true, "s.4", "high")]
    [InlineData("s.1=1 s.2=0 s.3=0", "1", true, "s.4", "low")]
    [InlineData("s.1=1 s.2=1 s.3=0", "3", true, "s.4", "low")]
    [InlineData("s.1=2 s.2=1 s.4=not-sure", null, false, "s.3 s.4", null)]
    [InlineData("s.1=2 s.2=1 s.3=1 s.4=not-sure", "5", true, "s.4", "high")]
    [InlineData("s.1=3 s.2=3", null, false, "s.3 s.4", null)]
    [InlineData("", null, false, "s.1 s.2 s.3 s.4", null)]
    public void Few_missing_items_are_prorated_and_flagged_more_leave_no_total(string given, string? total, bool prorated, string missing, string? band)
    {
        var score = ScaleScoring.Score(Four, Answers(given), SmallProtocol.Form);

        Assert.Equal(("s", total, prorated, missing, band), (score.Scale, score.Total?.ToString(), score.Prorated, string.Join(' ', score.Missing), score.Band));
    }

    [Fact]
    public void Halves_are_rounded_up()
    {
        var two = Four with { MaximumMissing = 2, Items = ["s.1", "s.2", "s.3", "s.4", "number"] };
        var questionnaire = new Questionnaire("u", "1", "t", [.. SmallProtocol.Form.All.Where(i => two.Items.Contains(i.LinkId)).Select(i => i with { Minimum = 0, Maximum = 3 })], default);

        Assert.Equal(3, ScaleScoring.Score(two, Answers("s.1=1 s.2=1 s.3=0 s.4=0"), questionnaire).Total);
        Assert.Equal(8, ScaleScoring.Score(two, Answers("s.1=2 s.2=2 s.3=1 s.4=1"), questionnaire).Total);
    }

    [Fact]
    public void Nothing_answered_is_never_prorated()
    {
        var lenient = Four with { MaximumMissing = 4 };

        Assert.Null(ScaleScoring.Score(lenient, AnswerSet.Empty, SmallProtocol.Form).Total);
        Assert.Equal(4, ScaleScoring.Score(lenient, Answers("s.1=1"), SmallProtocol.Form).Total);
    }

    [Theory]
    [InlineData("gate=no", "0", "", "none")]
    [InlineData("gate=no one=yes", null, "two", null)]
    [InlineData("gate=no one=yes two=no", "1", "", "some")]
    [InlineData("gate=yes", null, "one two", null)]
    [InlineData("gate=not-sure", null, "one two", null)]
    [InlineData("", null, "one two", null)]
    [InlineData("gate=yes one=yes two=yes", "2", "", "both")]
    public void The_gate_makes_it_zero_only_where_nothing_contradicts_it(string given, string? total, string missing, string? band)
    {
        var score = ScaleScoring.Score(Gated, Answers(given), SmallProtocol.Form);

        Assert.Equal((total, missing, band), (score.Total?.ToString(), string.Join(' ', score.Missing), score.Band));
    }

    [Fact]
    public void An_item_that_gates_its_own_scale_does_not_contradict_itself() =>
        Assert.Equal(0, ScaleScoring.Score(Gated with { Items = ["gate", "one"] }, Answers("gate=no"), SmallProtocol.Form).Total);

    [Theory]
    [InlineData("gate=no", "0", "")]
    [InlineData("gate=yes behind=yes", "1", "")]
    [InlineData("gate=yes", null, "behind")]
    [InlineData("", null, "behind")]
    public void An_item_that_is_not_asked_adds_nothing_and_is_not_missing(string given, string? total, string missing)
    {
        var score = ScaleScoring.Score(Gated with { Gate = null, Items = ["behind"] }, Answers(given), SmallProtocol.Form);

        Assert.Equal((total, missing), (score.Total?.ToString(), string.Join(' ', score.Missing)));
    }

    [Fact]
    public void A_slot_has_no_score() =>
        Assert.Equal(new ScaleScore("slot", null, false, [], null), ScaleScoring.Score(Slot, AnswerSet.Empty, SmallProtocol.Form));

    [Fact]
    public void A_screening_carries_the_scores_of_loaded_scales()
    {
        var score = Assert.Single(Screen(Is("one"), "s.1=1 s.2=0 s.3=0 s.4=0").Scores);

        Assert.Equal(("s", 1m), (score.Scale, score.Total));
    }

    [Fact]
    public void An_item_without_a_range_is_refused() =>
        Assert.Throws<ArgumentException>(() => ScaleScoring.Score(Four with { Items = ["number"] }, AnswerSet.Empty, SmallProtocol.Form));

    [Theory]
    [InlineData("number", null, 3)]
    [InlineData("number", 0, null)]
    public void Half_a_range_is_refused_too(string item, int? least, int? most)
    {
        var half = new Questionnaire("u", "1", "t", [SmallProtocol.Form.Find(item)! with { Minimum = least, Maximum = most }], default);

        Assert.Throws<ArgumentException>(() => ScaleScoring.Score(Four with { Items = [item] }, AnswerSet.Empty, half));
    }

    [Theory]
    [InlineData("s.1=3 s.2=2 s.3=0 s.4=0", "NeedsReview", "", "s=5")]
    [InlineData("s.1=3 s.2=1 s.3=0 s.4=0", "Eligible", "", "")]
    [InlineData("s.1=3 s.2=2", "NeedsReview", "", "s= s.1=3 s.2=2")]
    [InlineData("s.1=3 s.2=2 s.3=0", "NeedsReview", "", "s=7")]
    [InlineData("s.1=1 s.2=0 s.3=0", "Eligible", "", "")]
    [InlineData("s.1=1 s.2=1 s.3=0", "Incomplete", "s.4", "")]
    [InlineData("s.1=1 s.2=1 s.3=0 s.4=not-sure", "NeedsReview", "", "s.4=not-sure")]
    [InlineData("s.1=1 s.2=1 s.3=not-sure", "NeedsReview", "s.4", "s.3=not-sure s.4=")]
    [InlineData("", "Incomplete", "s.1 s.2 s.3 s.4", "")]
    public void What_the_total_can_still_be_decides_a_rule_that_can_hold_somebody_back(string given, string outcome, string missing, string inputs)
    {
        var result = Screen(new Condition.AtLeast(new Subject.Scale("s"), 5), given);

        Assert.Equal((outcome, missing, inputs), (result.Outcome.ToString(), string.Join(' ', result.Missing), Inputs(result)));
    }

    [Theory]
    [InlineData("s.1=0 s.2=1 s.3=0 s.4=0", "NeedsReview")]
    [InlineData("s.1=0 s.2=1 s.3=1 s.4=0", "Eligible")]
    [InlineData("s.1=0 s.2=0 s.3=0", "Incomplete")]
    [InlineData("s.1=2", "Eligible")]
    public void At_most_goes_by_the_same_bounds(string given, string outcome) =>
        Assert.Equal(outcome, Screen(new Condition.AtMost(new Subject.Scale("s"), 1), given).Outcome.ToString());

    [Theory]
    [InlineData(Urgency.None, "s.1=3 s.2=1 s.3=0", 1)]
    [InlineData(Urgency.None, "s.1=2 s.2=1 s.3=0", 0)]
    [InlineData(Urgency.Elevated, "s.1=3 s.2=1 s.3=0", 1)]
    [InlineData(Urgency.None, "s.1=2 s.2=1", 0)]
    public void A_mere_note_may_go_by_the_prorated_total(Urgency urgency, string given, int findings)
    {
        var result = Compile(Rule("R", new Condition.AtLeast(new Subject.Scale("s"), 5), Severity.Info, urgency: urgency)).Screen(Facts(given));

        Assert.Equal((Outcome.Eligible, findings), (result.Outcome, result.Findings.Count));
    }

    [Theory]
    [InlineData("s.1=3 s.2=1 s.3=0")]
    [InlineData("s.1=2 s.2=1 s.3=0")]
    [InlineData("")]
    public void A_caution_is_open_as_long_as_the_total_can_still_reach_it(string given)
    {
        var result = Compile(Rule("R", new Condition.AtLeast(new Subject.Scale("s"), 5), Severity.Caution)).Screen(Facts(given));

        Assert.Equal((Severity.Caution, Verdict.Unknown), result.Findings.Select(f => (f.Severity, f.Verdict)).Single());
        Assert.Equal((Outcome.Eligible, 0), (result.Outcome, result.Missing.Count));
    }

    [Theory]
    [InlineData("s.1=3 s.2=1 s.3=0", 1)]
    [InlineData("s.1=2 s.2=1 s.3=0", 0)]
    [InlineData("s.1=2 s.2=1", 0)]
    public void By_the_first_meaning_a_caution_went_by_the_prorated_total_and_was_silent_when_open(string given, int findings)
    {
        Rule[] rules = [Rule("R", new Condition.AtLeast(new Subject.Scale("s"), 5), Severity.Caution)];
        var book = Book(rules) with { Semantics = Semantics.First };

        Assert.Equal(findings, RuleSet.Compile(Protocol(rules), book).Screen(Facts(given)).Findings.Count(f => f.Verdict == Verdict.True));
        Assert.DoesNotContain(RuleSet.Compile(Protocol(rules), book).Screen(Facts(given)).Findings, f => f.Verdict == Verdict.Unknown);
    }

    [Fact]
    public void An_alarm_never_goes_by_the_prorated_total()
    {
        var alarm = Rule("R", new Condition.AtLeast(new Subject.Scale("s"), 5), Severity.Info, urgency: Urgency.High);

        Assert.Equal(["s.4"], Compile(alarm).Screen(Facts("s.1=3 s.2=1 s.3=0")).Missing);
    }

    [Fact]
    public void A_prorated_total_that_falls_short_still_shows_what_it_is()
    {
        var below = new Condition.Not(new Condition.AtLeast(new Subject.Scale("s"), 5));

        Assert.Equal("s=4", Inputs(Screen(below, "s.1=2 s.2=1 s.3=0", Severity.Info)));
    }

    [Fact]
    public void A_slot_is_not_available_and_fires_nothing()
    {
        var positive = new Condition.AtLeast(new Subject.Scale("slot"), 1);

        Assert.Equal(Outcome.Eligible, Screen(positive).Outcome);
        Assert.Equal("slot=", Inputs(Screen(Not(positive))));
    }

    [Fact]
    public void The_gate_is_the_cause_where_it_decides_whether_items_are_asked()
    {
        var scale = Gated with { Gate = null, Items = ["behind", "one"] };
        var protocol = Protocol(Rule("R", new Condition.AtLeast(new Subject.Scale("g"), 2))) with { Scales = [scale] };

        Assert.Equal(["gate"], RuleSet.Compile(protocol, protocol.Rules).Screen(Facts("one=yes")).Missing);
        Assert.Equal(["one", "gate"], RuleSet.Compile(protocol, protocol.Rules).Screen(Facts()).Missing);
    }

    [Fact]
    public void An_optional_item_left_blank_counts_as_its_least_and_is_nobodys_fault()
    {
        var reading = SmallProtocol.Form.Find("reading")! with { Minimum = 0, Maximum = 3 };
        var questionnaire = new Questionnaire("u", "1", "t", [reading, SmallProtocol.Form.Find("s.1")!], default);
        var protocol = Protocol(Rule("R", new Condition.AtLeast(new Subject.Scale("s"), 3))) with { Questionnaire = questionnaire, Scales = [Four with { Items = ["reading", "s.1"] }] };
        var rules = RuleSet.Compile(protocol, protocol.Rules);

        Assert.Equal(Outcome.Eligible, rules.Screen(Facts("s.1=2")).Outcome);
        Assert.Equal(Outcome.NeedsReview, rules.Screen(Facts("s.1=3")).Outcome);
        Assert.Equal(["s.1"], rules.Screen(Facts()).Missing);
        Assert.Equal(["s.1"], rules.Screen(Facts("reading=not-sure")).Missing);
        Assert.Equal(Outcome.NeedsReview, RuleSet.Compile(protocol, Book(Rule("R", Not(new Condition.AtLeast(new Subject.Scale("s"), 3))))).Screen(Facts("s.1=2")).Outcome);
    }

    [Fact]
    public void An_item_that_starts_above_zero_counts_its_least_while_it_is_missing()
    {
        var pain = SmallProtocol.Form.Find("number")! with { Minimum = 1, Maximum = 3 };
        var questionnaire = new Questionnaire("u", "1", "t", [pain, SmallProtocol.Form.Find("s.1")!], default);
        var protocol = Protocol() with { Questionnaire = questionnaire, Scales = [Four with { Items = ["number", "s.1"], MaximumMissing = 0 }] };
        RuleSet AtLeast(int points) => RuleSet.Compile(protocol, Book(Rule("R", new Condition.AtLeast(new Subject.Scale("s"), points))));

        Assert.Equal(Outcome.NeedsReview, AtLeast(3).Screen(Facts("s.1=2")).Outcome);
        Assert.Equal(Outcome.Incomplete, AtLeast(4).Screen(Facts("s.1=2")).Outcome);
        Assert.Equal(Outcome.Incomplete, AtLeast(5).Screen(Facts("s.1=2")).Outcome);
        Assert.Equal(Outcome.Eligible, AtLeast(6).Screen(Facts("s.1=2")).Outcome);
    }
}
