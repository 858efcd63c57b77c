using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Tests.Screenings;

/// <summary>A caution is never lost: it fired, or it is listed as open, or no answer that is still out could make it fire. And it changes nothing else.</summary>
public sealed class OpenCautionTests
{
    private static readonly QuestionnaireItem[] Items =
        [.. EmbeddedProtocol.Questionnaire.All.Where(i => i is { Identity: false, Type: not ItemType.Group and not ItemType.Display })];

    private static readonly Gates Gates = new(EmbeddedProtocol.Questionnaire);

    private static readonly HashSet<string> Cautions = [.. EmbeddedProtocol.Rules.Rules.Where(r => r is { Severity: Severity.Caution, Stage: Stage.Intake }).Select(r => r.Id)];

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void Whatever_an_open_question_could_still_make_fire_was_listed_before(int seed)
    {
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 400; i++)
        {
            var answers = Disturbed(made, i % 6);
            var listed = Screen(answers).Findings.Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);
            foreach (var item in Items.Where(x => !x.Optional && Gates.ClosedBy(x, answers.Find) is null && answers.Find(x.LinkId) is null or Answer.NotSure))
            {
                var fired = Values(item).SelectMany(v => Screen(answers.With(item.LinkId, v)).Findings).Where(f => f.Verdict == Verdict.True && Cautions.Contains(f.Rule)).Select(f => f.Rule).ToHashSet();
                seen.UnionWith(fired);
                Assert.True(fired.IsSubsetOf(listed), $"{item.LinkId}: {string.Join(' ', fired.Except(listed))}");
            }
        }

        Assert.True(seen.Count > 10, $"Only {seen.Count} cautions were tried.");
    }

    [Fact]
    public void Cautions_change_no_outcome_and_add_nothing_to_what_is_missing()
    {
        var without = RuleSet.Compile(EmbeddedProtocol.Protocol, EmbeddedProtocol.Rules with { Rules = [.. EmbeddedProtocol.Rules.Rules.Where(r => r.Severity != Severity.Caution)] });
        var made = new RandomScreenings(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, 34);
        for (var i = 0; i < 1000; i++)
        {
            var facts = HealthyPatient.Facts(Disturbed(made, i % 5));
            var (all, rest) = (EmbeddedProtocol.RuleSet.Screen(facts), without.Screen(facts));

            Assert.Equal((rest.Outcome, string.Join(' ', rest.Missing)), (all.Outcome, string.Join(' ', all.Missing)));
        }
    }

    [Theory]
    [InlineData("-")]
    [InlineData("not-sure")]
    public void Each_way_to_leave_a_caution_open_lists_it_with_what_keeps_it_open(string answer)
    {
        foreach (var (rule, item) in new[] { ("NV-01", "anes.motion"), ("SUB-06", "sub.cannabis"), ("LOG-01", "log.escort"), ("LOG-01b", "log.drives"), ("DDI-20", "med.tricyclic"), ("ALG-03", "alg.other") })
        {
            var finding = Assert.Single(EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With($"{item}={answer}")).Findings, f => f.Rule == rule);

            Assert.Equal((Severity.Caution, Verdict.Unknown), (finding.Severity, finding.Verdict));
            Assert.Equal([new FindingInput(item, answer == "-" ? null : answer)], finding.Inputs);
        }
    }

    [Fact]
    public void An_info_that_is_not_ruled_out_says_nothing() =>
        Assert.DoesNotContain(EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With("med.bupropion=not-sure endo.thyroidMeds=- resp.uri=not-sure")).Findings, f => f.Severity == Severity.Info);

    private static ScreeningResult Screen(AnswerSet answers) => EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(answers));

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

    private static IEnumerable<Answer> Values(QuestionnaireItem item) => item.Type switch
    {
        ItemType.Choice => item.Codes.Where(c => c.Code != "not-sure").Select(c => Written.Answer(item, c.Code)),
        ItemType.Date => [new Answer.Date(new PartialDate(2026, 12, 1)), new Answer.Date(new PartialDate(2001))],
        ItemType.Text => [new Answer.Text("propofol")],
        _ => [new Answer.Number(item.Minimum!.Value), new Answer.Number(item.Maximum!.Value)],
    };
}
