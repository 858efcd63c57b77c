using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>Something the patient told that can be an emergency now. It is said before anything else: a form that asks on would look as if it could wait.</summary>
/// <param name="Advice">What to do.</param>
/// <param name="Reasons">What was told, each in a sentence of its own.</param>
public sealed record Emergency(string Advice, IReadOnlyList<string> Reasons)
{
    /// <summary>
    /// The rules that say so: fired, or kept open by a "not sure" or by a date of which only the year or month is known, neither of which means no. An open one that is merely blank
    /// says nothing.
    /// </summary>
    public static IReadOnlyList<Finding> FindingsIn(ScreeningResult result, RuleBook book)
    {
        var rules = book.Rules.Where(r => r.Emergency is not null).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return [.. result.Findings.Where(f => rules.Contains(f.Rule) && (f.Verdict == Verdict.True || f.Inputs.Any(i => i.Value == AnswerText.NotSure) || f.Inputs.All(i => i.Value is not null)))];
    }

    /// <summary>In the patient's words, of one rule that says so.</summary>
    public static Emergency Of(Rule rule, ProtocolTexts texts) => new(texts.Emergencies[rule.Emergency!], [texts.EmergencyReasons[rule.Id]]);

    /// <summary>In the patient's words: one for each advice, in the order of the findings.</summary>
    public static IReadOnlyList<Emergency> Of(IEnumerable<Finding> findings, RuleBook book, ProtocolTexts texts) => Of(findings.Select(f => f.Rule), book, texts);

    /// <summary>The same, of the ids of rules.</summary>
    public static IReadOnlyList<Emergency> Of(IEnumerable<string> rules, RuleBook book, ProtocolTexts texts)
    {
        var named = book.Rules.ToDictionary(r => r.Id, r => r.Emergency, StringComparer.Ordinal);
        return [.. rules
            .Where(r => named.GetValueOrDefault(r) is not null)
            .GroupBy(r => named[r]!, StringComparer.Ordinal)
            .Select(g => new Emergency(texts.Emergencies[g.Key], [.. g.Select(r => texts.EmergencyReasons[r]).Distinct(StringComparer.Ordinal)]))];
    }

    /// <summary>Whether an answer to a question that was not called for can be one. Of a choice of grades it takes a rule to say which is.</summary>
    public static bool CanBeOne(Answer? said) => said is Answer.Choice { Code: "yes" or AnswerText.NotSure } or Answer.NotSure;
}
