using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>What the user asked for, in the user's words, on the embedded protocol.</summary>
public sealed class ScreeningTests
{
    [Fact]
    public void The_healthy_patient_is_eligible()
    {
        foreach (var answers in new[] { HealthyPatient.Woman, HealthyPatient.Man })
        {
            var result = EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(answers));

            Assert.Equal((Outcome.Eligible, Urgency.None), (result.Outcome, result.Urgency));
            Assert.Empty(result.Findings);
            Assert.Empty(result.Missing);
        }
    }

    [Theory]
    [InlineData("psy.schiz=yes")]
    [InlineData("psy.schizoaffective=yes")]
    public void Schizophrenia_is_contraindicated(string changes) => Assert.Equal(Outcome.Contraindicated, Screen(changes).Outcome);

    [Theory]
    [InlineData("psy.maniaNow=yes")]
    [InlineData("psy.maniaNow=yes psy.bipolar=yes")]
    [InlineData("psy.maniaNow=yes psy.bipolar=not-sure")]
    [InlineData("psy.maniaNow=yes psy.bipolar=-")]
    public void Active_mania_is_contraindicated(string changes) => Assert.Equal(Outcome.Contraindicated, Screen(changes).Outcome);

    [Theory]
    [InlineData("psy.hallucinationsNow=yes")]
    [InlineData("psy.hallucinationsNow=yes psy.paranoiaNow=yes")]
    [InlineData("psy.delusional=yes")]
    public void Active_psychosis_is_contraindicated(string changes) => Assert.Equal(Outcome.Contraindicated, Screen(changes).Outcome);

    [Theory]
    [InlineData("psy.bipolar=yes psy.bipolar.type=bipolar-1 psy.maniaLast=2019")]
    [InlineData("psy.bipolar=yes psy.bipolar.type=bipolar-2 psy.maniaLast=not-sure ind.primary=bipolarDep")]
    [InlineData("psy.bipolar=yes psy.maniaNow=-")]
    public void Bipolar_without_mania_needs_review(string changes)
    {
        var result = Screen(changes);

        Assert.Equal(Outcome.NeedsReview, result.Outcome);
        Assert.Contains(result.Findings, f => f is { Rule: "PSY-05", Verdict: Verdict.True });
    }

    public static TheoryData<string> CardiovascularItems() => [.. EmbeddedProtocol.Questionnaire.All
        .Where(i => i.LinkId.StartsWith("cv.", StringComparison.Ordinal) && i.EnableWhen.Count == 0 && i.Codes.Any(c => c.Code == "yes")).Select(i => i.LinkId)];

    [Theory]
    [MemberData(nameof(CardiovascularItems))]
    public void Any_cardiovascular_history_at_least_needs_review(string item)
    {
        Assert.True(Screen($"{item}=yes").Outcome >= Outcome.NeedsReview);
        Assert.True(Screen($"{item}=not-sure").Outcome >= Outcome.NeedsReview);
        Assert.Equal(Outcome.Incomplete, Screen($"{item}=-").Outcome);
        Assert.Contains(Screen($"{item}=yes").Findings, f => f is { Rule: "CV-01", Verdict: Verdict.True });
    }

    [Fact]
    public void Every_cardiovascular_history_item_is_among_them() =>
        Assert.Equal(18, CardiovascularItems().Count);

    [Theory]
    [InlineData("cv.aorticAneurysm=yes")]
    [InlineData("cv.otherAneurysm=yes")]
    [InlineData("neu.brainAneurysm=yes")]
    public void Aneurysmal_disease_is_contraindicated(string changes) => Assert.Equal(Outcome.Contraindicated, Screen(changes).Outcome);

    [Theory]
    [InlineData("psy.schiz")]
    [InlineData("psy.schizoaffective")]
    [InlineData("psy.maniaNow")]
    [InlineData("psy.hallucinationsNow")]
    [InlineData("psy.paranoiaNow")]
    [InlineData("psy.delusional")]
    [InlineData("psy.bipolar")]
    [InlineData("cv.aorticAneurysm")]
    [InlineData("cv.otherAneurysm")]
    [InlineData("neu.brainAneurysm")]
    public void Not_sure_to_any_of_them_is_never_eligible(string item)
    {
        var result = Screen($"{item}=not-sure");

        Assert.Equal(Outcome.NeedsReview, result.Outcome);
        Assert.Contains(result.Findings, f => f.Verdict == Verdict.Unknown && f.Inputs.Contains(new FindingInput(item, "not-sure")));
        Assert.Equal([item], Screen($"{item}=-").Missing.Intersect([item]));
    }

    [Theory]
    [InlineData("asq.1=yes asq.5=no", Urgency.High)]
    [InlineData("asq.1=yes asq.5=yes", Urgency.Imminent)]
    [InlineData("asq.4=declined", Urgency.Imminent)]
    [InlineData("phq9.9=1", Urgency.Elevated)]
    [InlineData("phq9.9=2", Urgency.High)]
    [InlineData("asq.2=-", Urgency.None)]
    [InlineData("phq9.9=-", Urgency.None)]
    public void Suicide_risk_is_urgent_and_makes_nobody_ineligible(string changes, Urgency urgency)
    {
        var result = Screen(changes);

        Assert.Equal(urgency, result.Urgency);
        Assert.Equal(urgency == Urgency.Elevated ? Outcome.Eligible : Outcome.NeedsReview, result.Outcome);
    }

    [Fact]
    public void The_same_answers_give_the_same_bytes_in_whatever_order_they_came()
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 7);
        for (var i = 0; i < 200; i++)
        {
            var answers = made.Answers(0.8);
            var turned = new AnswerSet(answers.All.Reverse().ToDictionary(a => a.Key, a => a.Value));
            var again = RuleSet.Compile(EmbeddedProtocol.Protocol, EmbeddedProtocol.Rules);

            Assert.Equal(Bytes(EmbeddedProtocol.RuleSet, answers), Bytes(again, turned));
            Assert.Equal(EmbeddedProtocol.RuleSet.Hash, again.Hash);
        }
    }

    [Fact]
    public async Task One_rule_set_serves_many_threads()
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 8);
        var answers = Enumerable.Range(0, 100).Select(_ => made.Answers(0.9)).ToList();
        var alone = answers.Select(a => Bytes(EmbeddedProtocol.RuleSet, a)).ToList();

        var together = await Task.WhenAll(answers.Select(a => Task.Run(() => Bytes(EmbeddedProtocol.RuleSet, a))));

        Assert.Equal(alone, together);
    }

    private static ScreeningResult Screen(string changes) => EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With(changes));

    private static string Bytes(RuleSet rules, AnswerSet answers) => JsonSerializer.Serialize(rules.Screen(HealthyPatient.Facts(answers)));
}
