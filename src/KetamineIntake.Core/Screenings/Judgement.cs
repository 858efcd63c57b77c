namespace KetamineIntake.Core.Screenings;

/// <summary>Adds up what the rules say of one frame.</summary>
internal sealed class Judgement(Frame frame)
{
    // One list per severity keeps catalogue order within each; worst last.
    private readonly List<Finding>?[] findings = new List<Finding>?[(int)Severity.Absolute + 1];
    private readonly Trace trace = new();
    private HashSet<ItemEntry>? missing;

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
        else if (verdict == Verdict.Unknown && rule.OpenSeverity is { } severity)
        {
            StaysOpen(rule, severity);
        }
    }

    /// <summary>Worst first; within one severity in catalogue order.</summary>
    public IReadOnlyList<Finding> Findings()
    {
        var all = new List<Finding>(findings.Sum(f => f?.Count ?? 0));
        for (var severity = Severity.Absolute; severity >= Severity.Info; severity--)
        {
            all.AddRange(findings[(int)severity] ?? []);
        }

        return all;
    }

    /// <summary>In questionnaire order.</summary>
    public IReadOnlyList<string> Missing() => missing is null ? [] : [.. missing.OrderBy(i => i.Position).Select(i => i.LinkId)];

    private void Fired(CompiledRule rule)
    {
        rule.Explain(frame, Verdict.True, trace);
        Add(rule.Fired(trace));
        AtLeast(rule.Rule.Severity switch
        {
            Severity.Absolute => Outcome.Contraindicated,
            Severity.Review => Outcome.NeedsReview,
            _ => Outcome.Eligible,
        });
        Urgency = rule.Rule.Urgency > Urgency ? rule.Rule.Urgency : Urgency;
        AtLeast(Urgency >= Urgency.High ? Outcome.NeedsReview : Outcome.Eligible);
    }

    private void StaysOpen(CompiledRule rule, Severity severity)
    {
        rule.Explain(frame, Verdict.Unknown, trace);
        if (severity < Severity.Review)
        {
            Add(rule.CannotBeRuledOut(severity, trace));
            return;
        }

        foreach (var item in trace.Missing)
        {
            (missing ??= []).Add(item);
            AtLeast(Outcome.Incomplete);
        }

        if (trace.Unsure || ReportMissing)
        {
            Add(rule.CannotBeRuledOut(severity, trace));
            AtLeast(Outcome.NeedsReview);
        }
    }

    private void Add(Finding finding) => (findings[(int)finding.Severity] ??= []).Add(finding);

    private void AtLeast(Outcome outcome) => Outcome = outcome > Outcome ? outcome : Outcome;
}
