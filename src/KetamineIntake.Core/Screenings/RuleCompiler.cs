using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>Turns condition trees into clauses over the slots of one item table.</summary>
internal sealed class RuleCompiler(ItemTable items, IReadOnlyDictionary<string, CompiledScale?> scales, int semantics)
{
    /// <exception cref="ArgumentException">The rule names an item, scale or value that the protocol does not have.</exception>
    public CompiledRule Compile(Rule rule)
    {
        return new CompiledRule(rule, Compile(rule.When, CompiledRule.MayEstimate(rule, semantics)), semantics);
    }

    private Clause Compile(Condition condition, bool mayEstimate) => condition switch
    {
        Condition.All all => new AllClause(all.Of.Select(c => Compile(c, mayEstimate))),
        Condition.Any any => new AnyClause(any.Of.Select(c => Compile(c, mayEstimate))),
        Condition.Not not => new NotClause(Compile(not.Of, mayEstimate)),
        Condition.Is { Subject: not Subject.Scale } leaf => new CodeLeaf(Operand(leaf.Subject), leaf.Codes),
        Condition.Includes { Subject: not Subject.Scale } leaf => new CodeLeaf(Operand(leaf.Subject), leaf.Codes),
        Condition.AtLeast leaf => Between(leaf.Subject, leaf.Value, decimal.MaxValue, mayEstimate),
        Condition.AtMost leaf => Between(leaf.Subject, decimal.MinValue, leaf.Value, mayEstimate),
        Condition.Within { Subject: not Subject.Scale } leaf => new WithinLeaf(Operand(leaf.Subject), leaf.Period),
        Condition.SaysMore { Subject: not Subject.Scale } leaf => new WordsLeaf(Operand(leaf.Subject), leaf.List),
        Condition.Unanswered { Subject: not Subject.Scale } leaf => new UnansweredLeaf(Operand(leaf.Subject), leaf.Expected),
        _ => throw new ArgumentException($"{condition} cannot be asked of a scale.", nameof(condition)),
    };

    private Clause Between(Subject subject, decimal least, decimal most, bool mayEstimate)
    {
        if (subject is not Subject.Scale scale)
        {
            return new NumberLeaf(Operand(subject), least, most);
        }

        return !scales.TryGetValue(scale.Id, out var compiled) ? throw new ArgumentException($"There is no scale {scale.Id}.", nameof(subject))
            : compiled is null ? new NotAvailableLeaf(scale.Id)
            : new ScaleLeaf(compiled, least, most, mayEstimate);
    }

    private Operand Operand(Subject subject) => subject switch
    {
        Subject.Item item => new ItemOperand(items.Need(item.LinkId)),
        Subject.Lab lab => new LabOperand(lab.Code),
        Subject.Reading reading => new ReadingOperand(reading.Code),
        Subject.Derived { Value: DerivedValues.Age } => new AgeOperand(),
        Subject.Derived { Value: DerivedValues.BodyMassIndex } => new BodyMassIndexOperand(items.Need(DerivedValues.Weight), items.Need(DerivedValues.Height)),
        _ => throw new ArgumentException($"There is no value {subject.Name}.", nameof(subject)),
    };
}
