using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>One rule ready to be judged.</summary>
internal sealed class CompiledRule(Rule rule, Clause when, int semantics)
{
    public Rule Rule => rule;

    /// <summary>The severity of the finding while the rule is not ruled out; null: it is not told then.</summary>
    public Severity? OpenSeverity { get; } =
        rule.OpenAs
        ?? (CanHoldBack(rule) ? Severity.Review
            : rule.Severity == Severity.Caution && semantics >= Semantics.OpenCautions ? Severity.Caution
            : null);

    /// <summary>Firing makes the outcome at least needs-review, so not knowing whether it fires matters.</summary>
    public static bool CanHoldBack(Rule rule) => rule.Severity >= Severity.Review || rule.Urgency >= Urgency.High;

    /// <summary>
    /// Only a rule that may stay silent while it is open goes by the prorated total of a scale: silence is the worse estimate for a mere note, and for anything
    /// else saying that it is open is the better one.
    /// </summary>
    public static bool MayEstimate(Rule rule, int semantics) =>
        !CanHoldBack(rule) && (rule.Severity == Severity.Info || semantics < Semantics.OpenCautions);

    public Verdict Judge(Frame frame) => when.Judge(frame);

    /// <param name="verdict">What <see cref="Judge"/> said of this frame.</param>
    public void Explain(Frame frame, Verdict verdict, Trace trace)
    {
        trace.Clear();
        when.Explain(frame, trace, verdict);
    }

    public Finding Fired(Trace trace) => Found(rule.Severity, Verdict.True, trace);

    public Finding CannotBeRuledOut(Severity severity, Trace trace) => Found(severity, Verdict.Unknown, trace);

    private Finding Found(Severity severity, Verdict verdict, Trace trace) =>
        new(rule.Id, severity, verdict, rule.Hold, rule.Reason, trace.Inputs, rule.Source);
}
