using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>
/// Takes one answer of the healthy patient away, or makes it "not sure". Whether anybody could mind is found out without the three-valued logic:
/// every legal value of that item is tried in a plain reading of the rules, and somebody minds if one of them is not eligible.
/// </summary>
public sealed class UnknownIsNeverNoTests
{
    private static readonly ReferenceEvaluator Plain = new(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, EmbeddedProtocol.Rules.Rules);

    public static TheoryData<string, bool> Given()
    {
        var given = new TheoryData<string, bool>();
        foreach (var (sex, woman) in new[] { (HealthyPatient.Woman, true), (HealthyPatient.Man, false) })
        {
            foreach (var answer in sex.All)
            {
                given.Add(answer.Key, woman);
            }
        }

        return given;
    }

    [Theory]
    [MemberData(nameof(Given))]
    public void One_answer_less_is_never_eligible_unless_no_rule_could_mind(string item, bool woman)
    {
        var healthy = woman ? HealthyPatient.Woman : HealthyPatient.Man;

        var result = EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(healthy.With(item, null)));

        Assert.Equal(SomebodyMinds(healthy, item) && !IsCautionWhileOpen(item), result.Outcome != Outcome.Eligible);
        Assert.True(!IsCautionWhileOpen(item) || result.Findings.Any(f => f is { Severity: Severity.Caution, Verdict: Verdict.Unknown }));
        Assert.Equal(result.Outcome != Outcome.Eligible, result.Missing.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Given))]
    public void One_answer_not_sure_is_never_eligible_unless_no_rule_could_mind(string item, bool woman)
    {
        var healthy = woman ? HealthyPatient.Woman : HealthyPatient.Man;

        var result = EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(healthy.With(item, Answer.NotSure.Instance)));

        Assert.True(!SomebodyMinds(healthy, item) || result.Outcome != Outcome.Eligible || IsCautionWhileOpen(item));
        Assert.True(!IsCautionWhileOpen(item) || result.Findings.Any(f => f is { Severity: Severity.Caution, Verdict: Verdict.Unknown }));
    }

    [Fact]
    public void The_oracle_itself_minds_what_it_should()
    {
        Assert.True(SomebodyMinds(HealthyPatient.Woman, "cv.avm"));
        Assert.True(SomebodyMinds(HealthyPatient.Woman, "ind.trials"));
        Assert.False(SomebodyMinds(HealthyPatient.Woman, "gad7.1"));
        Assert.False(SomebodyMinds(HealthyPatient.Woman, "pain.intensity"));
        Assert.InRange(HealthyPatient.Woman.All.Count(a => SomebodyMinds(HealthyPatient.Woman, a.Key)), 75, 115);
    }

    // The domain reference has one such question, the way home: a hard stop on the day.
    private static bool IsCautionWhileOpen(string linkId) =>
        EmbeddedProtocol.Rules.Rules.Any(r => r.OpenAs == Severity.Caution && GateCheck.Subjects(r.When).Any(s => s.Name == linkId));

    /// <summary>Follow-ups that a value brings up are left unanswered: asking them is minding.</summary>
    private static bool SomebodyMinds(AnswerSet healthy, string linkId) =>
        LegalValues(EmbeddedProtocol.Questionnaire.Find(linkId)!)
            .Any(value => Plain.Screen(HealthyPatient.Facts(healthy.With(linkId, value))).Outcome != Outcome.Eligible);

    private static IEnumerable<Answer> LegalValues(QuestionnaireItem item) => item.Type switch
    {
        ItemType.Choice => item.Codes.Where(c => c.Code != "not-sure").Select(c => Written.Answer(item, c.Code)),
        ItemType.Integer => Enumerable.Range((int)item.Minimum!, (int)(item.Maximum! - item.Minimum!) + 1).Select(n => new Answer.Number(n)),
        _ => throw new NotSupportedException(item.LinkId),
    };
}
