namespace KetamineIntake.Core.Screenings;

/// <summary>What a leaf looks at.</summary>
internal abstract class Operand(string name)
{
    public string Name { get; } = name;

    /// <summary>"Not sure" is as good as empty: nobody must have this value.</summary>
    public virtual bool Optional => false;

    /// <param name="answer">Null unless the state is known.</param>
    public abstract ItemState Read(Frame frame, out Answer? answer);

    public virtual decimal? Number(Answer answer) => (answer as Answer.Number)?.Value;

    public virtual FindingInput Input(Frame frame)
    {
        Read(frame, out var answer);
        return new FindingInput(Name, AnswerText.Of(answer));
    }

    /// <summary>Notes why this is unknown.</summary>
    public virtual void ExplainUnknown(Frame frame, Trace trace) => trace.AddUnsure(Input(frame));
}

internal sealed class ItemOperand(ItemEntry item) : Operand(item.LinkId)
{
    public override bool Optional => item.Optional;

    public override ItemState Read(Frame frame, out Answer? answer)
    {
        answer = frame.Answer(item.Ordinal);
        return frame.State(item.Ordinal);
    }

    public override FindingInput Input(Frame frame) => frame.Input(item);

    public override decimal? Number(Answer answer) => item.Number(answer);

    public override void ExplainUnknown(Frame frame, Trace trace) => Explain(item, frame, trace);

    /// <summary>The item itself, or, where nobody can say whether it should be asked, the items that decide that.</summary>
    public static void Explain(ItemEntry item, Frame frame, Trace trace)
    {
        switch (frame.State(item.Ordinal))
        {
            case ItemState.Gated:
                item.Enabled!.Explain(frame, trace, Verdict.Unknown);
                break;
            case ItemState.Missing:
                trace.AddMissing(item, frame.Input(item));
                break;
            default:
                trace.AddUnsure(frame.Input(item));
                break;
        }
    }
}

internal sealed class AgeOperand() : Operand("age")
{
    public override ItemState Read(Frame frame, out Answer? answer)
    {
        answer = frame.Age;
        return ItemState.Known;
    }
}

internal sealed class LabOperand(string code) : Operand(code)
{
    public override ItemState Read(Frame frame, out Answer? answer) => Valued(frame.Facts.Labs, Name, out answer);

    public static ItemState Valued(IReadOnlyDictionary<string, Answer>? values, string code, out Answer? answer)
    {
        answer = values?.GetValueOrDefault(code);
        return answer is null ? ItemState.Blank : ItemState.Known;
    }
}

internal sealed class ReadingOperand(string code) : Operand(code)
{
    public override ItemState Read(Frame frame, out Answer? answer) => LabOperand.Valued(frame.Facts.Readings, Name, out answer);
}
