using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>Each rule of the embedded protocol fires, does not fire and stays open where its line in <see cref="RuleCases"/> says so.</summary>
public sealed class EmbeddedRuleTests
{
    public static TheoryData<string, string> Fires() => Cases(1);

    public static TheoryData<string, string> DoesNotFire() => Cases(2);

    public static TheoryData<string, string> IsUnknown() => Cases(3, never: false);

    public static TheoryData<string, string> IsNeverUnknown() => Cases(3, never: true);

    [Theory]
    [MemberData(nameof(Fires))]
    public void Rule_fires(string id, string changes)
    {
        var finding = Assert.Single(Alone(id).Screen(HealthyPatient.With(changes)).Findings);

        Assert.Equal((id, Verdict.True), (finding.Rule, finding.Verdict));
        Assert.NotEmpty(finding.Inputs);
        Assert.True(UsesSlot(id) || InPlace(id, changes).Any(f => f.Rule == id && f.Verdict == Verdict.True && f.Severity == EmbeddedProtocol.Rule(id).Severity));
    }

    [Theory]
    [MemberData(nameof(DoesNotFire))]
    [MemberData(nameof(IsNeverUnknown))]
    public void Rule_does_not_fire(string id, string changes)
    {
        var result = Alone(id).Screen(HealthyPatient.With(changes));

        Assert.Equal((Outcome.Eligible, 0, 0), (result.Outcome, result.Findings.Count, result.Missing.Count));
        Assert.DoesNotContain(InPlace(id, changes), f => f.Rule == id);
    }

    [Theory]
    [MemberData(nameof(IsUnknown))]
    public void Rule_is_unknown(string id, string changes)
    {
        var result = Alone(id).Screen(HealthyPatient.With(changes));

        Assert.True(result.Outcome is Outcome.NeedsReview or Outcome.Incomplete);
        Assert.DoesNotContain(result.Findings, f => f.Verdict == Verdict.True);
        Assert.True(result.Missing.Count > 0 || result.Findings.Count > 0);
        Assert.Equal(result.Findings.Count > 0, result.Outcome == Outcome.NeedsReview);
    }

    [Fact]
    public void Every_rule_has_its_cases_and_every_case_its_rule() =>
        Assert.Equal(EmbeddedProtocol.Rules.Rules.Select(r => r.Id).Order(StringComparer.Ordinal), Lines().Select(l => l[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_case_of_a_rule_says_something() =>
        Assert.All(Lines(), l => Assert.True(l.Length == 4 && l[1..].All(c => c.Length > 0), l[0]));

    [Fact]
    public void Every_input_of_a_rule_fires_or_opens_it_in_some_case() =>
        Assert.All(EmbeddedProtocol.Rules.Rules, rule =>
        {
            var line = Lines().Single(l => l[0] == rule.Id);
            var written = string.Join(' ', line);
            Assert.All(Subjects(rule.When).Where(s => s is Subject.Lab or Subject.Reading), s => Assert.Contains($"{s.Name}=", line[1], StringComparison.Ordinal));
            Assert.All(Subjects(rule.When).OfType<Subject.Item>(), s => Assert.Contains($"{s.Name}=", written, StringComparison.Ordinal));
        });

    [Fact]
    public void Slots_that_are_not_loaded_fire_nothing()
    {
        var slots = EmbeddedProtocol.Rules.Rules.Where(r => UsesSlot(r.Id)).ToList();
        var rules = RuleSet.Compile(EmbeddedProtocol.Protocol, EmbeddedProtocol.Rules with { Rules = slots });

        Assert.Equal(["PSY-03b", "PSY-06"], slots.Select(r => r.Id));
        Assert.Equal(Outcome.Eligible, rules.Screen(HealthyPatient.With("gad7.1=3 gad7.2=3 gad7.3=3")).Outcome);
        Assert.Equal(Outcome.Eligible, rules.Screen(HealthyPatient.Facts(AnswerSet.Empty)).Outcome);
    }

    /// <summary>The rule by itself, asked at intake with severity review, so that every verdict shows in the outcome. Slots are filled with the GAD-7 items.</summary>
    private static RuleSet Alone(string id)
    {
        var rule = EmbeddedProtocol.Rule(id) with { Severity = Severity.Review, Stage = Stage.Intake, Urgency = Urgency.None, OpenAs = null };
        var stand = EmbeddedProtocol.Protocol.Scales.Single(s => s.Id == "gad7");
        var scales = EmbeddedProtocol.Protocol.Scales.Select(s => s.Loaded ? s : s with { Loaded = true, Items = stand.Items }).ToList();
        return RuleSet.Compile(EmbeddedProtocol.Protocol with { Scales = scales }, EmbeddedProtocol.Rules with { Rules = [rule] });
    }

    private static IReadOnlyList<Finding> InPlace(string id, string changes) =>
        EmbeddedProtocol.RuleSet.Judge(EmbeddedProtocol.Rule(id).Stage, HealthyPatient.With(changes));

    private static bool UsesSlot(string id) =>
        Subjects(EmbeddedProtocol.Rule(id).When).OfType<Subject.Scale>().Any(s => !EmbeddedProtocol.Protocol.Scales.Single(x => x.Id == s.Id).Loaded);

    private static IEnumerable<Subject> Subjects(Condition condition) => condition switch
    {
        Condition.All all => all.Of.SelectMany(Subjects),
        Condition.Any any => any.Of.SelectMany(Subjects),
        Condition.Not not => Subjects(not.Of),
        Condition.Is c => [c.Subject],
        Condition.Includes c => [c.Subject],
        Condition.AtLeast c => [c.Subject],
        Condition.AtMost c => [c.Subject],
        Condition.Within c => [c.Subject],
        Condition.SaysMore c => [c.Subject],
        Condition.Unanswered c => [c.Subject],
        _ => throw new NotSupportedException(),
    };

    private static TheoryData<string, string> Cases(int column, bool never = false)
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in Lines().Where(l => l[column].StartsWith("never:", StringComparison.Ordinal) == never))
        {
            foreach (var changes in line[column].Replace("never:", "", StringComparison.Ordinal).Split(';', StringSplitOptions.TrimEntries))
            {
                cases.Add(line[0], changes);
            }
        }

        return cases;
    }

    private static IEnumerable<string[]> Lines() => RuleCases.Table.Split('\n').Select(l => l.Split('|', StringSplitOptions.TrimEntries));
}
