namespace KetamineIntake.Core.Screenings;

/// <summary>One rule ready to be judged.</summary>
internal sealed class CompiledRule(Rule rule, Clause when)
{
    public Rule Rule => rule;

    /// <summary>Firing makes the outcome at least needs-review, so not knowing whether it fires matters.</summary>
    public static bool CanHoldBack(Rule rule) => rule.Severity >= Severity.Review || rule.Urgency >= Urgency.High;

    public Verdict Judge(Frame frame) => when.Judge(frame);

    /// <param name="verdict">What <see cref="Judge"/> said of this frame.</param>
    public void Explain(Frame frame, Verdict verdict, Trace trace)
    {
        trace.Clear();
        when.Explain(frame, trace, verdict);
    }

    public Finding Fired(Trace trace) => Found(rule.Severity, Verdict.True, trace);

    public Finding CannotBeRuledOut(Trace trace) => Found(Severity.Review, Verdict.Unknown, trace);

    private Finding Found(Severity severity, Verdict verdict, Trace trace) =>
        new(rule.Id, severity, verdict, rule.Hold, rule.Reason, trace.Inputs, rule.Source);
}
