using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>Each question earns its place: two answers to it change a verdict, what is missing, an urgency or a score. Those that do not are not asked.</summary>
public sealed class QuestionsEarnTheirPlaceTests
{
    private static readonly IReadOnlyList<QuestionnaireItem> Questions =
        [.. EmbeddedProtocol.Questionnaire.All.Where(i => i is { Identity: false, Type: not ItemType.Group and not ItemType.Display })];

    /// <summary>Who the patient is, and how to reach and text them: used beyond the rules.</summary>
    private static readonly Dictionary<string, string> Identity = new(StringComparer.Ordinal)
    {
        ["dem.givenName"] = "whom staff and pages speak of",
        ["dem.familyName"] = "whom staff and pages speak of",
        ["dem.dob"] = "age; opens the preparation page",
        ["dem.phone"] = "whom to call and text",
        ["dem.email"] = "the other way to reach the patient",
        ["dem.tz"] = "when texts may go",
        ["dem.lang"] = "the language of texts and pages",
        ["dem.smsConsent"] = "whether texts go",
    };

    [Fact]
    public void Those_that_change_nothing_are_not_asked_and_no_other_is_left_out() =>
        Assert.Equal(Questions.Where(i => i.Hidden).Select(i => i.LinkId), Questions.Where(i => !ChangesAnything(i)).Select(i => i.LinkId));

    [Fact]
    public void Those_are_the_ones() => Assert.Equal(
        ["psy.bipolar.type", "psy.maniaLast", "psy.psychosisLast", "preg.lmp", "ket.prior.date", "phq9.difficulty", "pain.intensity"],
        Questions.Where(i => i.Hidden).Select(i => i.LinkId));

    [Fact]
    public void Who_the_patient_is_serves_something_each() => Assert.Equal(
        EmbeddedProtocol.Questionnaire.All.Where(i => i.Identity).Select(i => i.LinkId).Order(StringComparer.Ordinal), Identity.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void None_that_is_not_asked_is_ever_missing()
    {
        var hidden = Questions.Where(i => i.Hidden).Select(i => i.LinkId).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(EmbeddedProtocol.RuleSet.Screen(HealthyPatient.Facts(AnswerSet.Empty)).Missing, hidden.Contains);
        foreach (var changes in Situations(""))
        {
            Assert.DoesNotContain(EmbeddedProtocol.RuleSet.Screen(HealthyPatient.With(changes)).Missing, hidden.Contains);
        }
    }

    private static bool ChangesAnything(QuestionnaireItem item) =>
        Situations(item.LinkId + "=").Any(changes => Values(item).Select(value => Said(item, changes, value)).Distinct(StringComparer.Ordinal).Count() > 1);

    /// <summary>The healthy patient, and whatever the cases of the rules change that touches this question.</summary>
    private static IEnumerable<string> Situations(string about) =>
        RuleCases.Table.Split('\n')
            .SelectMany(l => l.Split('|').Skip(1))
            .SelectMany(c => c.Replace("never:", "", StringComparison.Ordinal).Split(';', StringSplitOptions.TrimEntries))
            .Where(c => c.Contains(about, StringComparison.Ordinal) && !c.Contains(':', StringComparison.Ordinal))
            // A scale without a rule has no case: all its items but one.
            .Append("pcptsd5.trauma=yes pcptsd5.1=no pcptsd5.2=no pcptsd5.3=no pcptsd5.4=no pcptsd5.5=no")
            .Append(".");

    /// <summary>All that a screening says, but for the answers that it repeats.</summary>
    private static string Said(QuestionnaireItem item, string changes, Answer? value)
    {
        var facts = HealthyPatient.With(changes);
        var result = EmbeddedProtocol.RuleSet.Screen(facts with { Answers = facts.Answers.With(item.LinkId, value) });
        return JsonSerializer.Serialize((result.Outcome, result.Urgency, Findings: result.Findings.Select(f => $"{f.Rule} {f.Severity} {f.Verdict}"), result.Missing, result.Scores), Options);
    }

    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };

    private static IEnumerable<Answer?> Values(QuestionnaireItem item) => item.Type switch
    {
        ItemType.Choice => item.Codes.Select(c => (Answer?)Written.Answer(item, c.Code)),
        ItemType.Integer or ItemType.Decimal => [new Answer.Number(item.Minimum!.Value), new Answer.Number(item.Maximum!.Value)],
        ItemType.Date => [new Answer.Date(new PartialDate(2026, 12, 1)), new Answer.Date(new PartialDate(2001))],
        _ => [null, new Answer.Text("pollen"), new Answer.Text("propofol")],
    };
}
