using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Protocols;

public sealed class RuleWordsTests
{
    private static readonly Protocol Shipped = EmbeddedProtocols.Load("iv-ketamine");

    /// <summary>Whoever changes a rule reads it here in words, and a clinician signs that.</summary>
    [Fact]
    public void Every_rule_in_words_is_as_approved()
    {
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Protocols", "Rules.approved.txt")).Split('\n');
        var received = RuleWords.Describe(Shipped.Rules, Shipped.Questionnaire).Split('\n');

        var gone = approved.Except(received, StringComparer.Ordinal).Select(l => $"- {l}");
        var come = received.Except(approved, StringComparer.Ordinal).Select(l => $"+ {l}");
        Assert.True(
            approved.SequenceEqual(received, StringComparer.Ordinal),
            $"""
            The rules no longer read as approved (- approved, + now; lines in another order show nothing):
            {string.Join('\n', gone.Concat(come))}
            If this is meant, copy the text below into tests/KetamineIntake.Tests/Protocols/Rules.approved.txt.
            {string.Join('\n', received)}
            """);
    }

    [Fact]
    public void A_condition_reads_as_a_tree()
    {
        var rule = new Rule(
            "CV-99", Severity.Absolute, true, Stage.DayOf, Urgency.None, true,
            new Condition.All([
                new Condition.Not(new Condition.Is(new Subject.Item("cv.any"), ["no", "not-sure"])),
                new Condition.Not(new Condition.Any([new Condition.AtMost(new Subject.Reading("spo2"), 93.50m), new Condition.AtLeast(new Subject.Lab("egfr"), 1)])),
                new Condition.Within(new Subject.Item("cv.mi.date"), Period.FromMonths(1) + Period.FromDays(2)),
                new Condition.Unanswered(new Subject.Item("asq.5")),
                new Condition.Unanswered(new Subject.Item("med.list"), Expected: false),
                new Condition.AtLeast(new Subject.Scale("gad7"), 15),
                new Condition.Includes(new Subject.Item("med.classes"), ["maoi"]),
                new Condition.AtMost(new Subject.Derived("age"), 17),
            ]),
            "Why.", null, "Whence");

        Assert.Equal(
            """
            CV-99  absolute (hold: the reason may clear), on the day, no clinic may lower it
              Why.
              When all of these hold:
                - it is not so that cv.any "Any other problem with your heart, blood pressure or blood vessels" is no or not-sure
                - none of these holds:
                    - today's spo2 is 93.5 or less
                    - the laboratory value egfr is 1 or more
                - cv.mi.date "When was your last heart attack?" lies within the past 1 month and 2 days
                - asq.5 "Are you having thoughts of killing yourself right now?" is asked and left unanswered
                - med.list "Any other medicines, vitamins or herbs?" has an answer
                - the total of gad7 is 15 or more
                - med.classes "Which of these do you take? Choose all that fit." includes maoi
                - the patient's age is 17 or less
              The patient is not told.
              Source: Whence

            """.ReplaceLineEndings("\n"),
            RuleWords.Describe(rule, Shipped.Questionnaire));
    }
}
