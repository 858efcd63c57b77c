namespace KetamineIntake.Core.Screenings;

/// <summary>One rule ready to be judged.</summary>
internal sealed class CompiledRule(Rule rule, Clause when)
{
    public Rule Rule => rule;

    /// <summary>Firing makes the outcome at least needs-review, so not knowing whether it fires matters.</summary>
    public static bool CanHoldBack(Rule rule) => rule.Severity >= Severity.Review || rule.Urgency >= Urgency.High;

    public Verdict Judge(Frame frame) => when.Judge(frame);

    public Trace Explain(Frame frame)
    {
        var trace = new Trace();
        when.Explain(frame, trace);
        return trace;
    }

    public Finding Fired(Frame frame) => Found(rule.Severity, Verdict.True, Explain(frame));

    public Finding CannotBeRuledOut(Trace trace) => Found(Severity.Review, Verdict.Unknown, trace);

    private Finding Found(Severity severity, Verdict verdict, Trace trace) =>
        new(rule.Id, severity, verdict, rule.Hold, rule.Reason, trace.Inputs, rule.Source);
}
