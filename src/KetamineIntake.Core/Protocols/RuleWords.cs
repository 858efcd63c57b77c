using System.Globalization;
using System.Text;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Protocols;

/// <summary>Says a rule in words, for a clinician who signs it and for the approved list of all rules.</summary>
public static class RuleWords
{
    /// <summary>The whole rule, several lines, ended by a line feed.</summary>
    public static string Describe(Rule rule, Questionnaire questionnaire)
    {
        var text = new StringBuilder();
        Line(text, $"{rule.Id}  {string.Join(", ", Marks(rule))}");
        Line(text, $"  {rule.Reason}");
        Write(text, rule.When, questionnaire, "  When ", "    ", negated: false);
        Line(text, rule.PatientText is null ? "  The patient is not told." : $"  To the patient: {rule.PatientText}");
        Line(text, $"  Source: {rule.Source}");
        return text.ToString();
    }

    /// <summary>Every rule in catalogue order, a blank line between two.</summary>
    public static string Describe(RuleBook book, Questionnaire questionnaire) =>
        string.Join('\n', book.Rules.Select(r => Describe(r, questionnaire)));

    private static IEnumerable<string> Marks(Rule rule)
    {
        yield return Lower(rule.Severity.ToString()) + (rule.Hold ? " (hold: the reason may clear)" : "");
        yield return rule.Stage switch { Stage.DayOf => "on the day", Stage.Labs => "once tests are known", _ => "at intake" };
        if (rule.Urgency != Urgency.None)
        {
            yield return $"urgency {Lower(rule.Urgency.ToString())}";
        }

        if (rule.Floor)
        {
            yield return "no clinic may lower it";
        }

        if (rule.Emergency is { } emergency)
        {
            yield return $"emergency sentence {emergency}";
        }

        if (rule.OpenAs is { } open)
        {
            yield return $"while it is open a {Lower(open.ToString())}";
        }

        if (rule.CallFirst)
        {
            yield return "call first: no fasting times without a plan" + (rule.CallFirstFor == CallFirstReason.Alcohol ? ", and no words about alcohol" : "");
        }
    }

    private static void Write(StringBuilder text, Condition condition, Questionnaire questionnaire, string lead, string indent, bool negated)
    {
        switch (condition)
        {
            case Condition.Not not:
                Write(text, not.Of, questionnaire, lead, indent, !negated);
                break;
            case Condition.All all:
                Line(text, lead + (negated ? "not all of these hold:" : "all of these hold:"));
                WriteEach(text, all.Of, questionnaire, indent);
                break;
            case Condition.Any any:
                Line(text, lead + (negated ? "none of these holds:" : "any of these holds:"));
                WriteEach(text, any.Of, questionnaire, indent);
                break;
            default:
                Line(text, lead + (negated ? "it is not so that " : "") + Leaf(condition, questionnaire));
                break;
        }
    }

    private static void WriteEach(StringBuilder text, IReadOnlyList<Condition> conditions, Questionnaire questionnaire, string indent)
    {
        foreach (var condition in conditions)
        {
            Write(text, condition, questionnaire, indent + "- ", indent + "    ", negated: false);
        }
    }

    private static string Leaf(Condition condition, Questionnaire questionnaire) => condition switch
    {
        Condition.Is leaf => $"{Name(leaf.Subject, questionnaire)} is {Either(leaf.Codes)}",
        Condition.Includes leaf => $"{Name(leaf.Subject, questionnaire)} includes {Either(leaf.Codes)}",
        Condition.AtLeast leaf => $"{Name(leaf.Subject, questionnaire)} is {Number(leaf.Value)} or more",
        Condition.AtMost leaf => $"{Name(leaf.Subject, questionnaire)} is {Number(leaf.Value)} or less",
        Condition.Within leaf => $"{Name(leaf.Subject, questionnaire)} lies within the past {Span(leaf.Period)}",
        Condition.SaysMore leaf => $"{Name(leaf.Subject, questionnaire)} says more than these words ({leaf.List.Name}: {string.Join(" ", leaf.List.Words)}), with these between ({string.Join(" ", leaf.List.Between)})",
        Condition.Unanswered leaf => $"{Name(leaf.Subject, questionnaire)} {(leaf.Expected ? "is asked and left unanswered" : "has an answer")}",
        _ => throw new InvalidOperationException($"No words are known for {condition.GetType().Name}."),
    };

    private static string Name(Subject subject, Questionnaire questionnaire) => subject switch
    {
        Subject.Item item => $"{item.LinkId} \"{questionnaire.Find(item.LinkId)?.Text}\"",
        Subject.Scale scale => $"the total of {scale.Id}",
        Subject.Lab lab => $"the laboratory value {lab.Code}",
        Subject.Reading reading => $"today's {reading.Code}",
        _ => $"the patient's {subject.Name}",
    };

    private static string Span(Period period)
    {
        (int Count, string Unit)[] parts = [(period.Years, "year"), (period.Months, "month"), (period.Weeks, "week"), (period.Days, "day")];
        return string.Join(" and ", parts.Where(p => p.Count > 0).Select(p => $"{Number(p.Count)} {p.Unit}{(p.Count == 1 ? "" : "s")}"));
    }

    private static string Either(IReadOnlyList<string> codes) =>
        codes.Count == 1 ? codes[0] : $"{string.Join(", ", codes.Take(codes.Count - 1))} or {codes[^1]}";

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Lower(string word) => word.ToLowerInvariant();

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
