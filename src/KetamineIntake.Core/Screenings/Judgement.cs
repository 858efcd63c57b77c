namespace KetamineIntake.Core.Screenings;

/// <summary>Adds up what the rules say of one frame.</summary>
internal sealed class Judgement(Frame frame)
{
    private readonly List<Finding> findings = [];
    private readonly HashSet<ItemEntry> missing = [];

    /// <summary>Report rules that only unanswered items keep open as findings too.</summary>
    public bool ReportMissing { get; init; }

    public Outcome Outcome { get; private set; } = Outcome.Eligible;

    public Urgency Urgency { get; private set; } = Urgency.None;

    public void Judge(CompiledRule rule)
    {
        var verdict = rule.Judge(frame);
        if (verdict == Verdict.True)
        {
            Fired(rule);
        }
        else if (verdict == Verdict.Unknown && CompiledRule.CanHoldBack(rule.Rule))
        {
            StaysOpen(rule);
        }
    }

    /// <summary>Worst first; within one severity in catalogue order.</summary>
    public IReadOnlyList<Finding> Findings() => findings.Count == 0 ? [] : [.. findings.OrderByDescending(f => f.Severity)];

    /// <summary>In questionnaire order.</summary>
    public IReadOnlyList<string> Missing() => missing.Count == 0 ? [] : [.. missing.OrderBy(i => i.Position).Select(i => i.LinkId)];

    private void Fired(CompiledRule rule)
    {
        findings.Add(rule.Fired(frame));
        AtLeast(rule.Rule.Severity switch
        {
            Severity.Absolute => Outcome.Contraindicated,
            Severity.Review => Outcome.NeedsReview,
            _ => Outcome.Eligible,
        });
        Urgency = rule.Rule.Urgency > Urgency ? rule.Rule.Urgency : Urgency;
        AtLeast(Urgency >= Urgency.High ? Outcome.NeedsReview : Outcome.Eligible);
    }

    private void StaysOpen(CompiledRule rule)
    {
        var trace = rule.Explain(frame);
        foreach (var item in trace.Missing)
        {
            missing.Add(item);
            AtLeast(Outcome.Incomplete);
        }

        if (trace.Unsure || ReportMissing)
        {
            findings.Add(rule.CannotBeRuledOut(trace));
            AtLeast(Outcome.NeedsReview);
        }
    }

    private void AtLeast(Outcome outcome) => Outcome = outcome > Outcome ? outcome : Outcome;
}
