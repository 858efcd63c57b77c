using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>Laws that hold for any answers to the embedded questionnaire, tried on seeded random ones.</summary>
public sealed class EmbeddedLawsTests
{
    private static readonly QuestionnaireItem[] Items = [.. EmbeddedProtocol.Questionnaire.All.Where(i => i is { Identity: false, Type: not ItemType.Group and not ItemType.Display })];

    [Theory]
    [InlineData(11, 0.5)]
    [InlineData(12, 0.8)]
    [InlineData(13, 0.95)]
    [InlineData(14, 1.0)]
    public void The_compiled_catalogue_agrees_with_a_plain_reading(int seed, double density)
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, seed);
        var plain = new ReferenceEvaluator(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, EmbeddedProtocol.Rules.Rules);
        for (var i = 0; i < 500; i++)
        {
            var facts = HealthyPatient.Facts(i % 2 == 0 ? made.Answers(density) : Disturbed(made, 8));

            Assert.Equal(JsonSerializer.Serialize(plain.Screen(facts)), JsonSerializer.Serialize(EmbeddedProtocol.RuleSet.Screen(facts)));
        }
    }

    [Fact]
    public void Taking_a_required_answer_away_never_makes_anybody_eligible()
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 21);
        for (var i = 0; i < 2000; i++)
        {
            var answers = Disturbed(made, 2);
            var before = OutcomeOf(answers);
            var item = Items.Where(x => !x.Optional).ElementAt(i % Items.Count(x => !x.Optional));

            var after = OutcomeOf(answers.With(item.LinkId, null));

            Assert.True(before == Outcome.Eligible || after != Outcome.Eligible, item.LinkId);
        }
    }

    [Fact]
    public void Somebody_eligible_stays_so_whatever_is_answered_to_what_was_left_open()
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 22);
        var open = Items.Where(i => !i.Optional && i.EnableWhen.Count == 0 && i.LinkId != "log.escort").ToList();
        for (var i = 0; i < 3000; i++)
        {
            var item = open[i % open.Count];
            var answers = HealthyPatient.Woman.With(item.LinkId, null);
            if (OutcomeOf(answers) == Outcome.Eligible)
            {
                var answer = made.Answer(item);
                Assert.True(answer is Answer.NotSure || OutcomeOf(answers.With(item.LinkId, answer)) == Outcome.Eligible, item.LinkId);
            }
        }
    }

    [Fact]
    public void A_positive_heart_answer_never_improves_the_outcome()
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 23);
        var heart = Items.Where(i => i.LinkId.StartsWith("cv.", StringComparison.Ordinal) && i.EnableWhen.Count == 0 && i.Codes.Any(c => c.Code == "yes")).ToList();
        for (var i = 0; i < 3000; i++)
        {
            var answers = Disturbed(made, 3).With(heart[i % heart.Count].LinkId, new Answer.Choice("no"));

            var positive = OutcomeOf(answers.With(heart[i % heart.Count].LinkId, new Answer.Choice("yes")));

            Assert.True(positive >= OutcomeOf(answers) && positive >= Outcome.NeedsReview);
        }
    }

    [Fact]
    public void Nobody_is_eligible_with_something_missing_or_something_to_review()
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 24);
        var seen = new HashSet<Outcome>();
        for (var i = 0; i < 3000; i++)
        {
            var result = EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(Disturbed(made, i % 4)));

            seen.Add(result.Outcome);
            Assert.True(result.Outcome != Outcome.Eligible || (result.Missing.Count == 0 && result.Findings.All(f => f.Severity < Severity.Review)));
            Assert.True(result.Urgency < Urgency.High || result.Outcome >= Outcome.NeedsReview);
            Assert.True(result.Outcome == Outcome.Contraindicated == result.Findings.Any(f => f.Severity == Severity.Absolute));
        }

        Assert.Equal(4, seen.Count);
    }

    /// <summary>The healthy patient with a few answers changed or taken away: near enough to eligible for the laws to bite.</summary>
    private static AnswerSet Disturbed(RandomScreenings made, int changes)
    {
        var answers = HealthyPatient.Woman;
        for (var i = 0; i < changes; i++)
        {
            var item = made.Pick(Items);
            answers = answers.With(item.LinkId, made.Flip() ? null : made.Answer(item));
        }

        return answers;
    }

    private static Outcome OutcomeOf(AnswerSet answers) => EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(answers)).Outcome;
}
