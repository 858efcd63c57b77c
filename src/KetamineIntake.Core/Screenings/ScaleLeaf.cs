namespace KetamineIntake.Core.Screenings;

/// <summary>
/// The total of a scale lies between two bounds, both inclusive. Missing items are decided by what the total can still be; where
/// <see cref="CompiledRule.MayEstimate"/> says so, by the prorated total.
/// </summary>
internal sealed class ScaleLeaf(CompiledScale scale, decimal least, decimal most, bool mayEstimate) : Clause
{
    public override Verdict Judge(Frame frame)
    {
        var tally = frame.Tallies[scale.Ordinal];
        if (tally.Low >= least && tally.High <= most)
        {
            return Verdict.True;
        }

        if (tally.High < least || tally.Low > most)
        {
            return Verdict.False;
        }

        return mayEstimate && scale.Total(tally) is { } total
            ? (total >= least && total <= most ? Verdict.True : Verdict.False)
            : Verdict.Unknown;
    }

    public override void Explain(Frame frame, Trace trace, Verdict verdict)
    {
        if (verdict == Verdict.Unknown)
        {
            scale.ExplainMissing(frame, trace);
        }
        else
        {
            scale.ExplainTotal(frame, trace);
        }
    }
}
