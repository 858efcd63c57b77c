namespace KetamineIntake.Core.Screenings;

/// <summary>A compiled condition. Immutable; all state is in the frame.</summary>
internal abstract class Clause
{
    public abstract Verdict Judge(Frame frame);

    /// <summary>Notes the leaves that made the verdict what it is: those that, had they been different, could have changed it.</summary>
    /// <param name="verdict">Its own, already known to the caller.</param>
    public abstract void Explain(Frame frame, Trace trace, Verdict verdict);

    /// <summary>Null for no conditions at all.</summary>
    public static Clause? AllOf(IReadOnlyList<Clause> clauses) => clauses.Count switch { 0 => null, 1 => clauses[0], _ => new AllClause(clauses) };

    public static Clause? AnyOf(IReadOnlyList<Clause> clauses) => clauses.Count switch { 0 => null, 1 => clauses[0], _ => new AnyClause(clauses) };
}

/// <summary>The least of its parts: one false part makes it false, whatever is unknown.</summary>
internal sealed class AllClause(IEnumerable<Clause> of) : Clause
{
    private readonly Clause[] of = [.. of];

    public override Verdict Judge(Frame frame)
    {
        var worst = Verdict.True;
        foreach (var clause in of)
        {
            var verdict = clause.Judge(frame);
            if (verdict == Verdict.False)
            {
                return Verdict.False;
            }

            worst = verdict < worst ? verdict : worst;
        }

        return worst;
    }

    public override void Explain(Frame frame, Trace trace, Verdict verdict) => trace.AddThose(of, verdict, alike: verdict == Verdict.True, frame);
}

/// <summary>The greatest of its parts: one true part makes it true, whatever is unknown.</summary>
internal sealed class AnyClause(IEnumerable<Clause> of) : Clause
{
    private readonly Clause[] of = [.. of];

    public override Verdict Judge(Frame frame)
    {
        var best = Verdict.False;
        foreach (var clause in of)
        {
            var verdict = clause.Judge(frame);
            if (verdict == Verdict.True)
            {
                return Verdict.True;
            }

            best = verdict > best ? verdict : best;
        }

        return best;
    }

    public override void Explain(Frame frame, Trace trace, Verdict verdict) => trace.AddThose(of, verdict, alike: verdict == Verdict.False, frame);
}

internal sealed class NotClause(Clause of) : Clause
{
    public override Verdict Judge(Frame frame) => Turned(of.Judge(frame));

    public override void Explain(Frame frame, Trace trace, Verdict verdict) => of.Explain(frame, trace, Turned(verdict));

    private static Verdict Turned(Verdict verdict) => (Verdict)(Verdict.True - verdict);
}
